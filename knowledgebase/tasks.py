"""Background work of the knowledge base."""

from procrastinate.contrib.django import app

from knowledgebase.actions import evidence, freshness, people


@app.periodic(cron="20 8 * * *")
@app.task(name="knowledgebase.ask_still_right", queueing_lock="knowledgebase.ask_still_right")
def ask_still_right(timestamp: int) -> None:
    """The yearly question to contacts, and to representatives where nobody answered."""
    freshness.ask_others_all()
    freshness.ask_all()


@app.periodic(cron="15 4 * * *")
@app.task(name="knowledgebase.end_evidence", queueing_lock="knowledgebase.end_evidence")
def end_evidence(timestamp: int) -> None:
    """Steps of evidence that nobody confirmed in time end."""
    evidence.expire_all()


@app.periodic(cron="25 4 * * *")
@app.task(name="knowledgebase.erase_invitations", queueing_lock="knowledgebase.erase_invitations")
def erase_invitations(timestamp: int) -> None:
    """Forget the addresses of old invitations to write along."""
    people.erase_author_invitations()
