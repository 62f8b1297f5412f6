"""What a practice rests on: earned and ending steps, judgements, and the yearly question."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from knowledgebase import actions
from knowledgebase.actions import evidence, freshness
from knowledgebase.models import Practice
from knowledgebase.models.evidence import STANDS_FOR
from knowledgebase.models.practice import ASKED_AFTER, HIDDEN_AFTER, UNCONFIRMED_AFTER
from smartsociety.core.models import Mail
from tests import factories
from tests.database import refused_by
from tests.mailbox import newest, queued
from tests.pages import messages_of, shown

pytestmark = pytest.mark.django_db
LADDER = "/en/beheer/praktijkvoorbeelden/laadpalen/bewijs/"


def earn(practice, level="measured", days_ago=0, **fields):
    """Record a step."""
    words = {"note": "Gemeten.", "url": "", "by": factories.UserFactory()} | fields
    day = timezone.localdate() - timedelta(days=days_ago)
    return evidence.earn(practice=practice, level=level, earned_on=day, **words)


def test_step_carries_its_day_and_ends(practice):
    earn(practice, days_ago=10)
    practice.refresh_from_db()
    earned = timezone.localdate() - timedelta(days=10)
    assert (practice.evidence, practice.evidence_earned_on, practice.evidence_ends_on) == (
        "measured",
        earned,
        earned + STANDS_FOR,
    )


def test_readers_see_what_the_evidence_in_force_rests_on(visitor, practice):
    earn(practice, days_ago=500, note="Eerste telling.")
    earn(practice, days_ago=10, note="Tweede telling.", url="https://www.example.org/verslag")
    page = visitor.get(practice.get_absolute_url()).text
    assert ("Tweede telling." in page, "Eerste telling." in page) == (True, False)
    assert 'href="https://www.example.org/verslag"' in page
    with time_machine.travel(timezone.now() + STANDS_FOR):
        evidence.expire_all()
    assert "Tweede telling." not in visitor.get(practice.get_absolute_url()).text


def test_step_that_nobody_confirms_ends_and_the_contact_is_told(practice):
    earn(practice, level="evaluated", days_ago=400)
    earn(practice, level="measured")
    practice.refresh_from_db()
    assert (practice.evidence, evidence.expire_all()) == ("evaluated", 0)
    with time_machine.travel(timezone.now() + STANDS_FOR - timedelta(days=400)):
        assert evidence.expire_all() == 1
        practice.refresh_from_db()
        assert (practice.evidence, evidence.expire_all()) == ("measured", 0)
    assert [kind for kind, _to, _language in queued()] == ["knowledgebase/evidence_ended"]
    earn(practice)  # confirmed
    with time_machine.travel(timezone.now() + STANDS_FOR):
        evidence.expire_all()
        practice.refresh_from_db()
        assert (practice.evidence, practice.evidence_ends_on) == ("described", None)


def test_step_of_what_is_in_the_archive_ends_without_a_mail(practice):
    earn(practice)
    actions.archive(practice=practice, by=None)
    with time_machine.travel(timezone.now() + STANDS_FOR):
        assert evidence.expire_all() == 1
    practice.refresh_from_db()
    assert (practice.evidence, queued()) == ("described", [])


def test_reproduced_takes_two_municipalities(practice):
    with pytest.raises(evidence.NotReproduced):
        earn(practice, level="reproduced")
    factories.AdoptionFactory(practice=practice, stage="interested")
    factories.AdoptionFactory(practice=practice, organisation__kind="university")
    assert evidence.municipalities_using(practice) == 1
    factories.AdoptionFactory(practice=practice, stage="adapted")
    assert earn(practice, level="reproduced").level == "reproduced"


def test_owner_hears_that_the_next_step_is_within_reach_once(practice):
    first, second = factories.OrganisationFactory.create_batch(2)
    by = factories.UserFactory()
    for organisation, stage in [
        (first, "exploring"),
        (first, "in_use"),
        (first, "in_use"),
        (second, "in_use"),
    ]:
        actions.adopt(practice=practice, organisation=organisation, stage=stage, by=by)
    told = Mail.objects.filter(kind="knowledgebase/practice_adopted").order_by("pk")
    asked = f"/kennisbank/{practice.slug}/bewijs/"
    assert [asked in mail.text for mail in told] == [False, True, False]


def test_owner_of_what_is_reproduced_already_is_not_asked_to_show_it(practice):
    Practice.objects.update(
        evidence="evaluated", evidence_earned_on="2026-01-01", evidence_ends_on="2027-01-01"
    )
    ede, by = factories.OrganisationFactory(), factories.UserFactory()
    actions.adopt(practice=practice, organisation=ede, stage="in_use", by=by)
    assert "/bewijs/" not in newest("knowledgebase/practice_adopted").text


def test_owners_count_for_one_municipality_together_and_adopters_each(practice, ede):
    factories.PracticeOrganisationFactory(practice=practice)
    assert evidence.municipalities_using(practice) == 1
    factories.AdoptionFactory(practice=practice, stage="in_use")
    assert evidence.municipalities_using(practice) == 2


@pytest.mark.parametrize("days_ago", [-1, STANDS_FOR.days])
def test_step_is_of_the_last_two_years(practice, days_ago):
    with pytest.raises(evidence.NotNow):
        earn(practice, days_ago=days_ago)


def test_editor_records_a_step_and_sees_what_is_wrong(reviewer, practice):
    today = timezone.localdate()
    typed = {"level": "reproduced", "note": "Ook in Epe.", "earned_on": today}
    page = reviewer.post(LADDER, typed)
    assert page.context["form"].errors == {
        "level": ["Fewer than two municipalities use it, the owner included."]
    }
    late = reviewer.post(LADDER, typed | {"level": "measured", "earned_on": today + timedelta(days=1)})
    assert list(late.context["form"].errors) == ["earned_on"]
    assert reviewer.post(LADDER, typed | {"level": "described"}).context["form"].errors.keys() == {"level"}
    assert reviewer.post(LADDER, typed | {"level": "measured"}).status_code == 302
    assert practice.evidence_steps.get().created_by == reviewer.user


def test_judgement_is_shown_to_everybody(reviewer, visitor, practice):
    typed = {"expert": "Jurist", "verdict": "cautious", "text": "Mits met DPIA.", "given_on": "2026-01-02"}
    address = "/en/beheer/praktijkvoorbeelden/laadpalen/oordeel/"
    assert list(reviewer.post(address, typed | {"text": ""}).context["form"].errors) == ["text"]
    later = reviewer.post(address, typed | {"given_on": "2099-01-02"}).context["form"]
    assert later.errors == {"given_on": ["Fill in a day from 1990 up to today."]}
    assert reviewer.post(address, typed).status_code == 302
    assert "Mits met DPIA." in shown(visitor.get("/kennisbank/laadpalen/"))


def test_judgement_that_was_a_mistake_is_taken_away_by_an_editor(reviewer, editor, visitor, practice):
    judgement = factories.JudgementFactory(practice=practice, text="Vergissing.")
    address = f"/en/beheer/praktijkvoorbeelden/laadpalen/oordeel/{judgement.pk}/verwijderen/"
    assert address in reviewer.get("/en/beheer/praktijkvoorbeelden/laadpalen/oordeel/").content.decode()
    assert (editor.post(address).status_code, practice.judgements.count()) == (403, 1)
    assert messages_of(reviewer.post(address)) == [("success", "The judgement is taken away.")]
    assert "Vergissing." not in shown(visitor.get("/kennisbank/laadpalen/"))
    assert reviewer.post(address).status_code == 404


@pytest.mark.parametrize(
    ("constraint", "factory", "fields"),
    [
        ("knowledgebase_evidencestep_level_is_earned", factories.EvidenceStepFactory, {"level": "described"}),
        (
            "knowledgebase_evidencestep_ends_after_it_began",
            factories.EvidenceStepFactory,
            {"earned_on": "2026-01-01", "ends_on": "2026-01-01"},
        ),
        ("knowledgebase_judgement_verdict_is_known", factories.JudgementFactory, {"verdict": "great"}),
    ],
)
def test_database_refuses(constraint, factory, fields):
    with refused_by(constraint):
        factory(**fields)


# Is this still right?


@pytest.fixture
def due(ede):
    """Confirmed a year ago, of Ede, which has a representative."""
    factories.MembershipFactory(organisation=ede, role="representative", user__email="baas@ede.example")
    return factories.PracticeFactory(
        slug="laadpalen",
        owner=ede,
        checked_on=timezone.localdate() - ASKED_AFTER,
        contact_email="mail@ede.example",
    )


def asked(due) -> str:
    """The address in the mail that was just sent."""
    freshness.ask_all()
    due.refresh_from_db()
    return f"/kennisbank/klopt-dit-nog/{freshness.token_for(due)}/"


def test_contact_is_asked_once_a_year(due):
    factories.PracticeFactory(checked_on=timezone.localdate() - ASKED_AFTER + timedelta(days=1))
    factories.PracticeFactory(external=True, checked_on=timezone.localdate() - ASKED_AFTER)
    factories.PracticeFactory(archived=True, checked_on=timezone.localdate() - ASKED_AFTER)
    assert (freshness.ask_all(), freshness.ask_all()) == (1, 0)
    assert queued() == [("knowledgebase/still_right", "mail@ede.example", "nl")]


def test_yes_needs_no_sign_in_and_counts_once(visitor, due):
    address = asked(due)
    assert visitor.get(address).status_code == 200
    due.refresh_from_db()
    assert due.asked_at is not None  # a link alone answers nothing
    assert visitor.post(address).status_code == 200
    due.refresh_from_db()
    assert (due.checked_on, due.asked_at) == (timezone.localdate(), None)
    assert (visitor.get(address).status_code, visitor.post(address).status_code) == (404, 404)


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1abc:def"])
def test_link_that_is_not_ours_is_dead(visitor, token):
    assert visitor.get(f"/kennisbank/klopt-dit-nog/{token}/").status_code == 404


def test_contact_that_left_makes_us_ask_the_representatives(visitor, due):
    address = asked(due)
    visitor.post(address, {"gone": "1"}), visitor.post(address, {"gone": "1"})
    assert [to for _kind, to, _language in queued()] == ["mail@ede.example", "baas@ede.example"]
    assert visitor.post(address).status_code == 200  # and their yes counts


def test_silence_asks_others_then_shows_and_then_hides(visitor, due):
    asked(due)
    due.refresh_from_db()
    assert (due.not_confirmed_since, freshness.ask_others_all()) == (None, 0)
    with time_machine.travel(timezone.now() + UNCONFIRMED_AFTER + timedelta(minutes=1)):
        assert (freshness.ask_others_all(), freshness.ask_others_all()) == (1, 0)
        assert due.not_confirmed_since == due.checked_on
        assert list(Practice.objects.confirmed_lately()) == [due]
        assert "Lang niet bevestigd" in shown(visitor.get("/kennisbank/laadpalen/"))
    with time_machine.travel(timezone.now() + HIDDEN_AFTER + timedelta(minutes=1)):
        assert list(Practice.objects.confirmed_lately()) == []


def test_archived_practice_is_confirmed_by_nobody(visitor, due):
    address = asked(due)
    Practice.objects.filter(pk=due.pk).update(status="archived")
    assert visitor.post(address).status_code == 404
    with pytest.raises(freshness.DeadLink):
        freshness.confirm(practice=due)
