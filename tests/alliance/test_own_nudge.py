"""The yearly question "is this still right?", in time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django import app

from alliance import tasks
from alliance.actions import own_nudge as actions
from alliance.actions import withdraw
from alliance.models import JointInvitation, Membership, Signature
from tests import factories
from tests.database import at_once
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, page_template, shown

pytestmark = pytest.mark.django_db


def later(**terms):
    """The clock stands still, this much later."""
    return time_machine.travel(timezone.now() + timedelta(**terms), tick=False)


def run() -> None:
    """What the task of the morning does."""
    tasks.ask_still_right(timestamp=0)


@pytest.fixture
def signature(db):
    """Published today, with one representative."""
    signature = factories.SignatureFactory(published=True)
    factories.MembershipFactory(organisation=signature.organisation, user__email="vera@a.example")
    return signature


def path_of(mail_kind: str) -> str:
    return "/" + links_in(newest(mail_kind))[0].split("/", 3)[3]


def now_is(signature) -> Signature:
    return Signature.objects.get(pk=signature.pk)


def test_task_runs_every_morning():
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert (periodic["alliance.ask_still_right"], periodic["alliance.erase_access"]) == (
        "10 8 * * *",
        "50 3 * * *",
    )


@pytest.mark.parametrize(("days", "asked"), [(364, 0), (366, 1)])
def test_question_is_asked_after_a_year_once(signature, days, asked):
    with later(days=days):
        run()
        run()
        assert queued() == [("alliance/still_right", "vera@a.example", "nl")] * asked


def test_question_counts_from_the_last_confirmation(signature):
    Signature.objects.update(checked_on=timezone.localdate() + timedelta(days=200))
    with later(days=400):
        run()
    assert queued() == []


@pytest.mark.parametrize(
    "status", ["unconfirmed", "submitted", "rejected", "on_hold", "withdrawn", "expired"]
)
def test_only_what_is_published_is_asked_about(status):
    factories.signature_at(status)
    with later(days=800):
        run()
    assert queued() == []


def test_question_is_about_the_newest_version_only(signature):
    newer = factories.SignatureFactory(
        published=True,
        organisation=signature.organisation,
        declaration=factories.DeclarationFactory(version=2),
    )
    with later(days=366):
        assert actions.ask_all() == 1
    assert (now_is(signature).nudged_at, now_is(newer).nudged_at is None) == (None, False)


def test_question_goes_to_the_signer_when_nobody_represents(signature):
    Membership.objects.all().delete()
    with later(days=366):
        run()
    assert queued() == [("alliance/still_right", signature.signer_email, "nl")]


def test_question_goes_to_every_representative_in_their_language(signature):
    factories.MembershipFactory(
        organisation=signature.organisation, user__email="rob@a.example", user__language="en"
    )
    factories.MembershipFactory(organisation=signature.organisation, role="editor")
    factories.MembershipFactory(organisation=signature.organisation, user__is_active=False)
    with later(days=366):
        run()
    assert queued() == [
        ("alliance/still_right", "vera@a.example", "nl"),
        ("alliance/still_right", "rob@a.example", "en"),
    ]


def test_link_asks_and_one_press_answers(visitor, signature):
    with later(days=370):
        run()
        path = path_of("alliance/still_right")
        assert page_template(visitor.get(path)) == "alliance/still_right.html"
        assert now_is(signature).checked_on is None
        assert page_template(visitor.post(path)) == "alliance/still_right_done.html"
        answered = now_is(signature)
        assert (answered.checked_on, answered.nudged_at, answered.status) == (
            timezone.localdate(),
            None,
            "published",
        )
        assert [visitor.get(path).status_code, visitor.post(path).status_code] == [410, 410]


@pytest.mark.parametrize("token", ["x", "WzEsIngiXQ:1abcde:forged", "a:b:c"])
def test_forged_link_is_dead(visitor, signature, token):
    assert visitor.get(f"/klopt-nog/{token}/").status_code == 410
    assert visitor.post(f"/klopt-nog/{token}/").status_code == 410
    assert visitor.delete(f"/klopt-nog/{token}/").status_code == 405


def test_link_of_last_year_is_dead_this_year(visitor, signature):
    with later(days=366):
        run()
        old = path_of("alliance/still_right")
        actions.still_right(signature=signature)
    with later(days=740):
        run()
        assert visitor.get(old).status_code == 410
        assert visitor.get(path_of("alliance/still_right")).status_code == 200


def test_link_of_a_withdrawn_signature_is_dead(visitor, signature, representative):
    with later(days=366):
        run()
        path = path_of("alliance/still_right")
        withdraw(signature=signature, by=representative.user)
        assert visitor.post(path).status_code == 410


@pytest.mark.parametrize(("days", "words"), [(29, False), (31, True)])
def test_unanswered_is_shown_after_a_month(visitor, signature, days, words):
    published = timezone.localdate(signature.published_at)
    with later(days=366):
        run()
    with later(days=366 + days):
        run()
        assert now_is(signature).not_confirmed_since == (published if words else None)
        page = visitor.get(english("organisation_detail", signature.organisation.slug))
        assert ("Not confirmed since" in shown(page)) is words
        assert now_is(signature).status == "published"


@pytest.mark.parametrize(("days", "status"), [(119, "published"), (121, "on_hold")])
def test_unanswered_is_on_hold_after_four_months(signature, days, status):
    with later(days=366):
        run()
    with later(days=366 + days):
        run()
        run()
    assert now_is(signature).status == status
    assert queued()[1:] == (
        [("alliance/held_unanswered", "vera@a.example", "nl")] if status == "on_hold" else []
    )


def test_late_answer_puts_it_back(visitor, signature):
    with later(days=366):
        run()
    with later(days=500):
        run()
        assert visitor.post(path_of("alliance/held_unanswered")).status_code == 200
        assert (now_is(signature).status, now_is(signature).checked_on) == ("published", timezone.localdate())
        assert now_is(signature).not_confirmed_since is None


def test_answer_does_not_undo_a_hold_of_the_secretariat(signature, secretariat):
    with later(days=366):
        run()
    held = now_is(signature)
    held.become("on_hold")
    held.decided_by = secretariat.user
    held.save()
    actions.still_right(signature=held)
    assert now_is(signature).status == "on_hold"


def test_representative_answers_on_the_own_page(representative):
    answer = representative.post(english("alliance:own_still_right", representative.organisation.slug))
    assert messages_of(answer) == [("success", "Thank you. It now says that this was confirmed today.")]
    assert Signature.objects.get().checked_on == timezone.localdate()


def test_saying_yes_is_for_representatives(stranger, editor, secretariat):
    address = english("alliance:own_still_right", editor.organisation.slug)
    assert [client.post(address).status_code for client in (stranger, editor, secretariat)] == [403, 403, 403]


def test_asking_is_undone_when_its_mail_fails(signature, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("alliance.emails.still_right", fail)
    with later(days=366), pytest.raises(RuntimeError):
        run()
    assert now_is(signature).nudged_at is None


@pytest.mark.django_db(transaction=True)
def test_link_pressed_twice_at_once_answers_once():
    signature = factories.SignatureFactory(published=True, nudged_at=timezone.now())
    token = actions.token_for(signature)
    results = at_once(*[lambda: actions.answer_yes(token=token)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["DeadLink", "Signature"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_once():
    signature = factories.SignatureFactory(published=True)
    Signature.objects.update(published_at=timezone.now() - timedelta(days=400))
    assert sorted(at_once(actions.ask_all, actions.ask_all)) == [0, 1]
    assert queued() == [("alliance/still_right", signature.signer_email, "nl")]


def test_invitations_to_sign_together_end_with_the_signature(signature, representative):
    other = factories.OrganisationFactory()
    JointInvitation.objects.create(
        signature=signature, organisation=other, email="b@b.example", token_hash="x"
    )
    withdraw(signature=signature, by=representative.user)
    assert JointInvitation.objects.count() == 0
