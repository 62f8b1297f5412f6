"""Follow-ups: asked, accepted, reminded, carried over, settled."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fieldlabs import actions, tasks
from fieldlabs.actions import followup as module
from fieldlabs.models import CarriedOver, FollowUp
from smartsociety.core.states import InvalidTransition
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.database import accepts, refused_by
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, page_template, shown

pytestmark = pytest.mark.django_db
LIFE = {
    "asked": {"accepted", "done", "dropped"},
    "accepted": {"done", "dropped"},
    "done": {"accepted"},
    "dropped": set(),
}
ACTIONS = {
    "accepted": actions.accept_followup,
    "done": actions.finish_followup,
    "dropped": lambda **given: actions.drop_followup(reason="Geen tijd", **given),
}


def standing(**fields):
    return factories.FollowUpFactory(**{"token_hash": hash_token("token")} | fields)


def made(status, **fields):
    reason = "Geen tijd" if status == "dropped" else ""
    return factories.FollowUpFactory(status=status, reason=reason, **fields)


@pytest.mark.parametrize("here", LIFE)
@pytest.mark.parametrize("there", LIFE)
def test_followup_moves_only_along_its_table(here, there):
    followup = made(here)
    assert followup.can_become(there) is (there in LIFE[here])
    settled = timezone.now() if there in ("done", "dropped") else None
    change = {"status": there, "settled_at": settled, "reason": "Geen tijd"}
    if here != there:
        moved = accepts(lambda: FollowUp.objects.filter(pk=followup.pk).update(**change))
        assert moved is (there in LIFE[here])


@pytest.mark.parametrize("here", LIFE)
@pytest.mark.parametrize("there", ACTIONS)
def test_action_obeys_the_table(here, there):
    followup = made(here)
    if there in LIFE[here] or here == there == "accepted":
        assert ACTIONS[there](followup=followup, by=None).status == there
    else:
        with pytest.raises(InvalidTransition):
            ACTIONS[there](followup=followup, by=None)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("status_is_known", {"status": "lost", "settled_at": timezone.now()}),
        ("has_one_term", {"due_on": None}),
        ("stands_with_an_owner", {"owner_email": ""}),
        ("settled_has_its_date", {"status": "accepted", "settled_at": timezone.now()}),
        ("dropped_has_its_reason", {"status": "dropped"}),
    ],
)
def test_followup_that_cannot_be(constraint, fields):
    with refused_by(f"fieldlabs_followup_{constraint}"):
        factories.FollowUpFactory(**fields)


def test_owner_is_asked_by_a_link_that_only_the_mail_knows():
    followup = factories.FollowUpFactory.build(
        fieldlab=factories.FieldlabFactory(held=True), owner_email="bas@ede.example"
    )
    actions.ask_followup(followup=followup, by=None)
    assert queued() == [("fieldlabs/followup_asked", "bas@ede.example", "nl")]
    token = links_in(newest("fieldlabs/followup_asked"))[0].split("/")[-2]
    followup.refresh_from_db()
    assert (module.find(token), token in followup.token_hash) == (followup, False)
    assert module.find("other") is None


# Behind the link


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"action": "accept"}, "accepted"),
        ({"action": "done"}, "done"),
        ({"action": "drop", "reason": "Ik ga weg"}, "dropped"),
    ],
)
def test_owner_answers_without_signing_in(visitor, given, status):
    standing(owner_name="Bas Bakker")
    page = visitor.get("/fieldlabs/vervolgafspraak/token/")
    assert (page.status_code, page_template(page)) == (200, "fieldlabs/followup_answer.html")
    assert "Bas Bakker" not in shown(page)
    answer = visitor.post(english("fieldlabs:followup_answer", "token"), given)
    assert (answer.status_code, messages_of(answer)) == (
        302,
        [("success", "Thank you. Your answer is noted.")],
    )
    assert FollowUp.objects.get().status == status


def test_owner_who_cannot_tells_why_and_staff_hear(visitor, settings):
    settings.COORDINATOR_EMAIL = "coordinator@vng.example"
    standing()
    page = visitor.post("/fieldlabs/vervolgafspraak/token/", {"action": "drop", "reason": ""})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["reason"])
    visitor.post("/fieldlabs/vervolgafspraak/token/", {"action": "drop", "reason": "Ik ga weg"})
    assert queued() == [("fieldlabs/followup_dropped", "coordinator@vng.example", "nl")]


def test_answer_to_what_is_settled_changes_nothing(visitor):
    standing(status="dropped", reason="Geen tijd")
    answer = visitor.post(english("fieldlabs:followup_answer", "token"), {"action": "accept"})
    assert messages_of(answer) == [("info", "This was settled already. Nothing was changed.")]


def test_old_link_is_dead_and_says_so(visitor):
    page = visitor.get("/fieldlabs/vervolgafspraak/oud/")
    assert (page.status_code, page_template(page)) == (404, "fieldlabs/followup_dead.html")
    assert visitor.delete("/fieldlabs/vervolgafspraak/oud/").status_code == 405


# In time


def test_owner_is_reminded_a_week_before_and_each_fortnight_after():
    start = timezone.now()
    followup = factories.FollowUpFactory(due_on=timezone.localdate() + timedelta(days=20), status="accepted")
    sent = []
    for day in range(45):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            if module.remind_all():
                sent.append(day)
    assert sent == [13, 27, 41]
    assert queued() == [("fieldlabs/followup_reminder", followup.owner_email, "nl")] * 3
    assert module.find(links_in(newest("fieldlabs/followup_reminder"))[0].split("/")[-2]) == followup


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_settled_followup_is_not_reminded(status):
    made(
        status, due_on=timezone.localdate() - timedelta(days=3), created_at=timezone.now() - timedelta(days=9)
    )
    tasks.remind_followups(timestamp=0)
    assert queued() == []


@pytest.mark.parametrize(
    ("status", "days", "erased"), [("done", 366, True), ("done", 364, False), ("accepted", 900, False)]
)
def test_owner_is_forgotten_a_year_after_it_was_settled(status, days, erased):
    followup = made(status)
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        tasks.erase_record(timestamp=0)
    followup.refresh_from_db()
    assert (followup.owner_email, followup.owner_name) == (
        ("", "") if erased else ("bas@organisation.example", "Bas Bakker")
    )


# On to the next fieldlab


def test_carrying_over_keeps_the_history_and_tells_the_owner():
    now = factories.FieldlabFactory(held=True)
    later = factories.FieldlabFactory(starts_at=timezone.now() + timedelta(days=60))
    due_on = timezone.localdate() - timedelta(days=2)
    followup = factories.FollowUpFactory(fieldlab=now, due_on=due_on)
    actions.carry_over(followup=followup, to=later, note="Ziek", by=None)
    followup.refresh_from_db()
    step = CarriedOver.objects.get()
    assert (followup.due_fieldlab, followup.due_on, followup.is_overdue) == (later, None, False)
    assert (step.was_due_on, step.to_fieldlab, step.note) == (due_on, later, "Ziek")
    assert queued() == [("fieldlabs/followup_carried_over", followup.owner_email, "nl")]
    with pytest.raises(InvalidTransition):
        actions.carry_over(followup=followup, to=later, by=None)


def test_next_fieldlab_is_the_first_that_is_not_cancelled():
    now = factories.FieldlabFactory(held=True)
    for days, status in ((20, "cancelled"), (40, "draft"), (90, "open")):
        factories.FieldlabFactory(
            starts_at=timezone.now() + timedelta(days=days), status=status, slug=f"d{days}"
        )
    assert (module.next_fieldlab(now).slug, module.next_fieldlab(factories.FieldlabFactory(
        starts_at=timezone.now() + timedelta(days=400)))) == ("d40", None)  # fmt: skip


def test_opening_walks_through_what_is_due_overdue_first(visitor):
    earlier = factories.FieldlabFactory(held=True)
    coming = factories.FieldlabFactory(slug="winter", starts_at=timezone.now() + timedelta(days=10))
    by_fieldlab = factories.FollowUpFactory(fieldlab=earlier, due_fieldlab=coming, what="Voor het fieldlab")
    overdue = factories.FollowUpFactory(
        fieldlab=earlier,
        due_on=timezone.localdate() - timedelta(days=1),
        what="Te laat",
        owner_name="Bas Geheim",
    )
    made("done", fieldlab=earlier)
    factories.FollowUpFactory(fieldlab=earlier, due_on=timezone.localdate() + timedelta(days=99))
    factories.FollowUpFactory(fieldlab=coming)
    assert list(FollowUp.objects.to_walk_through(coming)) == [overdue, by_fieldlab]
    page = visitor.get("/en/fieldlabs/winter/")
    assert ("Te laat" in shown(page), "Overdue" in shown(page), "Bas Geheim" in shown(page)) == (
        True,
        True,
        False,
    )


# The list of staff and of the team


NEW = {"what": "Plek zoeken", "owner_name": "Bas", "owner_email": "bas@ede.example", "language": "nl"}


def test_staff_note_a_followup_and_see_the_name(programme):
    fieldlab = factories.FieldlabFactory(slug="najaar", held=True)
    day = timezone.localdate() + timedelta(days=9)
    address = "/beheer/fieldlabs/najaar/vervolgafspraken/"
    answer = programme.post(address, NEW | {"due_on": day.isoformat()})
    made_now = FollowUp.objects.get()
    assert (answer.status_code, made_now.fieldlab, made_now.due_on, made_now.created_by) == (
        302, fieldlab, day, programme.user,
    )  # fmt: skip
    assert "Bas" in shown(programme.get(address))


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "due_on"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "2999-01-01", "due_fieldlab": "coming"}, "due_on"),
        ({"due_on": "2999-01-01", "owner_email": ""}, "owner_email"),
        ({"due_on": "2999-01-01", "what": ""}, "what"),
    ],
)
def test_followup_with_a_mistake_keeps_what_was_typed(programme, given, wrong):
    factories.FieldlabFactory(slug="najaar", held=True)
    coming = factories.FieldlabFactory()
    given = {name: coming.pk if value == "coming" else value for name, value in given.items()}
    page = programme.post("/beheer/fieldlabs/najaar/vervolgafspraken/", NEW | given)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [wrong])
    assert (page.context["form"]["language"].value(), FollowUp.objects.count()) == ("nl", 0)


@pytest.mark.parametrize(
    ("given", "level", "status"),
    [
        ({"action": "done"}, "success", "done"),
        ({"action": "drop", "note": "Hoeft niet meer"}, "success", "dropped"),
        ({"action": "drop"}, "error", "asked"),
        ({"action": "carry_over"}, "success", "asked"),
        ({"action": "burn"}, "error", "asked"),
    ],
)
def test_staff_settle_a_followup(programme, given, level, status):
    fieldlab = factories.FieldlabFactory(slug="najaar", held=True)
    followup = factories.FollowUpFactory(fieldlab=fieldlab)
    factories.FieldlabFactory()
    answer = programme.post(f"/beheer/fieldlabs/najaar/vervolgafspraken/{followup.pk}/", given)
    followup.refresh_from_db()
    assert (answer.status_code, [kind for kind, _words in messages_of(answer)]) == (302, [level])
    assert (followup.status, followup.carried.count()) == (status, int(given["action"] == "carry_over"))


def test_without_a_later_fieldlab_nothing_is_carried_over(programme):
    followup = factories.FollowUpFactory(fieldlab__slug="najaar")
    answer = programme.post(
        f"/beheer/fieldlabs/najaar/vervolgafspraken/{followup.pk}/", {"action": "carry_over"}
    )
    assert [kind for kind, _words in messages_of(answer)] == ["error"]


def test_list_is_for_programme_staff(visitor, stranger, programme):
    followup = factories.FollowUpFactory(fieldlab__slug="najaar")
    address = "/beheer/fieldlabs/najaar/vervolgafspraken/"
    done = f"{address}{followup.pk}/"
    assert [client.get(address).status_code for client in (visitor, stranger, programme)] == [302, 403, 200]
    assert [client.post(done, {"action": "done"}).status_code for client in (visitor, stranger)] == [302, 403]
    assert (programme.get(done).status_code, programme.delete(address).status_code) == (405, 405)
    assert programme.get("/beheer/fieldlabs/x/vervolgafspraken/").status_code == 404
    assert programme.post(f"{address}0/", {"action": "done"}).status_code == 404


def test_team_agrees_on_a_followup_of_its_outcome(programme):
    outcome = factories.OutcomeFactory(slug="sensoren", fieldlab__slug="najaar")
    address = "/fieldlabs/najaar/opbrengst/sensoren/vervolgafspraken/"
    programme.post(address, NEW | {"due_on": "2999-01-01"})
    assert FollowUp.objects.get().outcome == outcome
    assert programme.post(address, NEW).status_code == 200
    assert "Plek zoeken" in shown(programme.get(outcome.get_absolute_url()))
