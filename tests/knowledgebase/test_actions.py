"""What happens to practices and adoptions: rows and mail together or not at all."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from knowledgebase import actions
from knowledgebase.models import Adoption, Practice
from knowledgebase.models.practice import CORE_FIELDS
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import at_once, refused_by, refused_saying
from tests.factories import practice_at
from tests.mailbox import links_in, newest, queued

pytestmark = pytest.mark.django_db
STATUSES = Practice.Status.values


@pytest.fixture
def writer():
    """Who sends in; English."""
    return factories.UserFactory(email="writer@ede.example", language="en")


@pytest.fixture
def editor():
    """Who reviews."""
    return factories.UserFactory(is_staff=True, roles=["editor"])


# From outcome to draft


@pytest.fixture
def outcome(ede):
    """Of a fieldlab in Amsterdam's new year, with four themes; Ede goes on with it."""
    outcome = factories.OutcomeFactory(
        title="Sensoren",
        language="en",
        organisation=ede,
        made="Een kastje.",
        learned="Meten is weten.",
        failed="De batterij.",
        fieldlab__held=True,
        fieldlab__starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    )
    outcome.fieldlab.themes.set(factories.ThemeFactory.create_batch(4))
    return outcome


def test_start_takes_over_what_the_outcome_knows(outcome, ede, writer):
    practice = actions.start_from_outcome(outcome=outcome, by=writer)
    kept = Practice.objects.values(
        "title",
        "slug",
        "language",
        "outcome",
        "approach",
        "result",
        "shortfall",
        "started_year",
        "created_by",
        "status",
        "summary",
        "phase",
    ).get()
    assert kept == {
        "title": "Sensoren",
        "slug": "sensoren",
        "language": "en",
        "outcome": outcome.pk,
        "approach": "Een kastje.",
        "result": "Meten is weten.",
        "shortfall": "De batterij.",
        "started_year": 2027,
        "created_by": writer.pk,
        "status": "draft",
        "summary": "",
        "phase": "",
    }
    assert list(practice.themes.all()) == list(outcome.fieldlab.themes.all()[:3])
    assert (list(practice.owning_organisations()), queued()) == ([], [])  # nobody of Ede can say yes yet


def test_start_asks_the_organisation_of_the_outcome_unless_its_own_people_begin(outcome, ede):
    begins = factories.MembershipFactory(organisation=ede, role="representative").user
    asked = actions.start_from_outcome(outcome=outcome, by=factories.UserFactory())
    assert list(asked.part_invitations.values_list("organisation", "role")) == [(ede.pk, "owner")]
    assert asked.parts.count() == 0
    asked.delete()
    own = actions.start_from_outcome(outcome=outcome, by=begins)
    assert (list(own.owning_organisations()), own.part_invitations.count()) == ([ede], 0)


def test_start_cuts_what_is_longer_than_a_practice_may_be(outcome, writer):
    outcome.title, outcome.made, outcome.learned, outcome.failed = (
        "t" * 100,
        "m" * 2000,
        "l" * 2000,
        "f" * 2000,
    )
    outcome.save()
    practice = actions.start_from_outcome(outcome=outcome, by=writer)
    practice.full_clean(exclude=["summary"])
    assert [
        len(text) for text in (practice.title, practice.approach, practice.result, practice.shortfall)
    ] == [80, 1200, 900, 900]


def test_start_invites_the_people_of_the_owner(outcome, ede, writer):
    for role in ("representative", "editor"):
        factories.MembershipFactory(
            organisation=ede, role=role, user__email=f"{role}@ede.example", user__language="en"
        )
    factories.MembershipFactory(organisation=ede, user__is_active=False)
    factories.MembershipFactory()
    actions.start_from_outcome(outcome=outcome, by=writer)
    kind = "knowledgebase/outcome_became_practice"
    assert sorted(queued()) == [
        (kind, "editor@ede.example", "en"),
        (kind, "representative@ede.example", "en"),
    ]
    asked = Practice.objects.get().part_invitations.get()
    assert links_in(newest(kind))[0].endswith(f"/en/kennisbank/sensoren/meedoen/{asked.pk}/")


def test_start_without_an_owner_waits_for_one(outcome, writer):
    outcome.organisation = None
    assert list(actions.start_from_outcome(outcome=outcome, by=writer).owning_organisations()) == []


def test_start_twice_leads_to_the_practice_that_is_there(outcome, ede, writer):
    factories.MembershipFactory(organisation=ede)
    first = actions.start_from_outcome(outcome=outcome, by=writer)
    with pytest.raises(actions.StartedAlready) as refusal:
        actions.start_from_outcome(outcome=outcome, by=writer)
    assert (refusal.value.args[0], list(outcome.practices.all()), len(queued())) == (first, [first], 1)


def test_start_again_once_it_is_published_gives_each_an_address(outcome, writer):
    factories.PracticeFactory(outcome=outcome, slug="sensoren")
    assert actions.start_from_outcome(outcome=outcome, by=writer).slug == "sensoren-2"


@pytest.mark.django_db(transaction=True)
def test_start_by_two_at_once_makes_one_practice(outcome, writer):
    def start():
        return actions.start_from_outcome(outcome=outcome, by=writer)

    kinds = {type(each) for each in at_once(start, start)}
    assert (kinds, outcome.practices.count()) == ({Practice, actions.StartedAlready}, 1)


# Review


def test_submit_remembers_who_sent_it_in(writer):
    practice = actions.submit(practice=practice_at("draft"), by=writer)
    practice.refresh_from_db()
    assert (practice.status, practice.submitted_by, queued()) == ("submitted", writer, [])


@pytest.mark.parametrize("name", CORE_FIELDS)
def test_submit_waits_for_every_core_field(writer, name):
    practice = practice_at("draft", **{name: ""})
    with pytest.raises(actions.NotComplete):
        actions.submit(practice=practice, by=writer)
    practice.refresh_from_db()
    assert (practice.status, practice.submitted_by) == ("draft", None)


def test_submit_waits_for_a_theme(writer):
    practice = factories.PracticeFactory(draft=True)
    with pytest.raises(actions.NotComplete):
        actions.submit(practice=practice, by=writer)
    with override("en"):
        assert practice.missing_core_fields == ["themes"]
    practice.themes.add(factories.ThemeFactory())
    assert actions.submit(practice=practice, by=writer).status == "submitted"


@pytest.mark.parametrize("count", [0, 4])
def test_database_takes_one_to_three_themes_with_what_is_sent_in(count):
    practice = factories.PracticeFactory(draft=True)
    practice.themes.set(factories.ThemeFactory.create_batch(count))
    practice.status = "submitted"
    with refused_saying("this practice has no theme, or too many"):
        practice.save()


def test_practice_from_elsewhere_and_what_was_published_may_have_no_theme():
    external = factories.PracticeFactory(draft=True, external=True)
    for status in ("submitted", "in_review", "published"):
        external.status = status
        external.published_at = timezone.now()
        external.save()
    archived = factories.PracticeFactory(archived=True)
    assert actions.bring_back(practice=archived, by=factories.UserFactory()).missing_core_fields == []


def test_submit_waits_for_an_owner(writer):
    practice = practice_at("draft", owner=False)
    factories.PracticeOrganisationFactory(practice=practice, role="partner")
    with pytest.raises(actions.NotComplete):
        actions.submit(practice=practice, by=writer)


def test_review_begins_with_taking_it(editor):
    practice = actions.start_review(practice=practice_at("submitted"), by=editor)
    practice.refresh_from_db()
    assert practice.status == "in_review"


@pytest.mark.parametrize("status", ["submitted", "in_review"])
def test_sending_back_mails_the_remark_to_who_sent_it_in(editor, writer, status):
    practice = actions.send_back(
        practice=practice_at(status, submitted_by=writer), remarks={"shortfall": "Noem de kosten."}, by=editor
    )
    practice.refresh_from_db()
    assert (practice.status, practice.submitted_by) == ("draft", None)
    assert queued() == [("knowledgebase/practice_returned", "writer@ede.example", "en")]
    assert "Noem de kosten." in newest("knowledgebase/practice_returned").text.split("\n")


def test_sending_back_what_a_forgotten_person_sent_in_mails_nobody(editor):
    actions.send_back(
        practice=practice_at("submitted", submitted_by=None), remarks={"": "Kosten."}, by=editor
    )
    assert queued() == []


def test_publishing_puts_it_in_the_knowledge_base(editor):
    practice = practice_at(
        "in_review",
        contact_email="contact@ede.example",
        language="en",
        submitted_by__email="contact@ede.example",
    )
    actions.publish(practice=practice, by=editor)
    practice.refresh_from_db()
    assert (practice.status, practice.published_by, practice.checked_on) == (
        "published",
        editor,
        timezone.localdate(),
    )
    assert list(Practice.objects.published()) == [practice]
    assert queued() == [("knowledgebase/practice_published", "contact@ede.example", "en")]


def test_publishing_takes_four_eyes(editor):
    practice = practice_at("in_review", submitted_by=editor)
    with refused_by("knowledgebase_practice_four_eyes"):
        actions.publish(practice=practice, by=editor)
    practice.refresh_from_db()
    assert (practice.status, queued()) == ("in_review", [])


DECISIONS = {
    "submit": (actions.submit, {"draft"}),
    "start_review": (actions.start_review, {"submitted"}),
    "send_back": (partial(actions.send_back, remarks={"": "Nee."}), {"submitted", "in_review"}),
    "publish": (actions.publish, {"in_review", "archived"}),
}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        (name, status)
        for name, (_action, fine) in DECISIONS.items()
        for status in STATUSES
        if status not in fine
    ],
)
def test_decision_that_comes_too_late_or_too_early_changes_nothing(editor, name, status):
    practice_at(status)
    before = Practice.objects.values().get()
    with pytest.raises(InvalidTransition):
        DECISIONS[name][0](practice=Practice.objects.get(), by=editor)
    assert (Practice.objects.values().get(), queued()) == (before, [])


@pytest.mark.django_db(transaction=True)
def test_decisions_of_two_editors_at_once_are_one_decision():
    practice = practice_at("in_review")
    editors = factories.UserFactory.create_batch(2, is_staff=True, roles=["editor"])
    results = at_once(
        partial(actions.publish, practice=practice, by=editors[0]),
        partial(actions.send_back, practice=practice, by=editors[1], remarks={"": "Nee."}),
    )
    assert sorted(type(result).__name__ for result in results) == ["InvalidTransition", "Practice"]
    assert len({kind for kind, _to, _language in queued()}) == 1


# Adoption


@pytest.fixture
def epe():
    """The representative of Epe."""
    return factories.MembershipFactory(organisation__name="Epe")


def test_adopting_is_kept_and_told_to_the_owner(practice, ede, epe):
    adoption = actions.adopt(
        practice=practice,
        organisation=epe.organisation,
        stage="in_use",
        by=epe.user,
        reached_on=date(2025, 3, 1),
        changes="Kleiner.",
        scaling="out",
        learned_from=ede,
    )
    kept = Adoption.objects.values_list(
        "practice", "organisation", "stage", "since_year", "changes", "scaling", "learned_from", "claimed_by"
    ).get()
    assert kept == (practice.pk, epe.organisation_id, "in_use", 2025, "Kleiner.", "out", ede.pk, epe.user_id)
    assert (list(Adoption.objects.adopted()), queued()) == (
        [adoption],
        [("knowledgebase/practice_adopted", practice.contact_email, "nl")],
    )


def test_adopting_again_moves_the_stage_on_and_tells_nobody_twice(practice, epe):
    first = actions.adopt(practice=practice, organisation=epe.organisation, stage="exploring", by=epe.user)
    again = actions.adopt(
        practice=practice, organisation=epe.organisation, stage="stopped", stop_reason="Te duur.", by=epe.user
    )
    assert (again.pk, again.stage, again.claimed_at) == (first.pk, "stopped", first.claimed_at)
    assert len(queued()) == 1


@pytest.mark.django_db(transaction=True)
def test_adopting_twice_at_once_is_one_adoption():
    practice, membership = factories.PracticeFactory(), factories.MembershipFactory()
    claim = partial(
        actions.adopt, practice=practice, organisation=membership.organisation, by=membership.user
    )
    results = at_once(partial(claim, stage="exploring"), partial(claim, stage="piloting"))
    assert [type(result).__name__ for result in results] == ["Adoption", "Adoption"]
    assert (Adoption.objects.count(), len(queued())) == (1, 1)


def test_rollback_leaves_no_adoption_and_no_mail(practice, epe):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.adopt(practice=practice, organisation=epe.organisation, stage="stopped", by=epe.user)
    assert (Adoption.objects.count(), queued()) == (0, [])
