"""Background work of the alliance."""

from django.db import transaction
from procrastinate.contrib.django import app

from alliance import actions
from alliance.actions import declaration, own_access, own_nudge, own_people
from alliance.actions.consent import erase_withdrawn
from alliance.actions.draft import erase_drafts
from alliance.actions.enquiry import erase_handled
from alliance.actions.news import queue_batch
from alliance.actions.parties import erase_invited
from smartsociety.core.tasks import BACKOFF


@app.periodic(cron="40 3 * * *")
@app.task(name="alliance.erase_personal_data", queueing_lock="alliance.erase_personal_data")
def erase_personal_data(timestamp: int) -> None:
    """Forget signers who never confirmed or were rejected, old drafts, invitations without an answer."""
    actions.expire_unconfirmed()
    actions.erase_rejected()
    erase_handled()
    erase_drafts()
    erase_invited()
    erase_withdrawn()


@app.task(name="alliance.send_news", retry=BACKOFF)
def send_news(*, news_id: int, after: int = 0) -> None:
    """Queue the next batch of a news message; it and the job for the one after it are stored together or not at all."""
    with transaction.atomic():
        last = queue_batch(news_id=news_id, after=after)
        if last is not None:
            send_news.defer(news_id=news_id, after=last)


@app.periodic(cron="50 3 * * *")
@app.task(name="alliance.erase_access", queueing_lock="alliance.erase_access")
def erase_access(timestamp: int) -> None:
    """Forget the addresses of old invitations and the requests for access that have served."""
    own_people.erase_invitations()
    own_access.erase_requests()


@app.periodic(cron="10 8 * * *")
@app.task(name="alliance.ask_still_right", queueing_lock="alliance.ask_still_right")
def ask_still_right(timestamp: int) -> None:
    """The yearly question to representatives; and on hold what nobody answered for."""
    own_nudge.hold_all()
    own_nudge.ask_all()


@app.periodic(cron="*/15 * * * *")
@app.task(name="alliance.invite_to_renew", queueing_lock="alliance.invite_to_renew")
def invite_to_renew(timestamp: int) -> None:
    """Once a new version of the declaration is in force: ask signatories of an earlier one to sign it, each once."""
    declaration.invite_to_renew()
