"""What people may type in the knowledge base."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from knowledgebase.forms.adoption import AdoptionForm
from knowledgebase.forms.practice import PracticeForm, RemarkForm
from knowledgebase.models import Adoption
from tests import factories

pytestmark = pytest.mark.django_db
CHOICES = {
    "phase": "pilot",
    "language": "nl",
    "dpia": "unknown",
    "effort": "unknown",
    "cost_once": "unknown",
    "cost_yearly": "unknown",
}
DRAFT = {"title": "Laadpalen", "summary": "Kort.", **CHOICES}


def errors(form) -> dict[str, list[str]]:
    """The English errors of `form`."""
    with override("en"):
        return {name: list(words) for name, words in form.errors.items()}


def test_practice_form_keeps_a_practice_half_done():
    form = PracticeForm(DRAFT)
    assert errors(form) == {}


@pytest.mark.parametrize("name", ["title", "summary", "phase", "language"])
def test_practice_form_needs(name):
    assert errors(PracticeForm(DRAFT | {name: ""})) == {name: ["This field is required."]}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"phase": "stopped"}, ["__all__"]),
        ({"phase": "stopped", "stop_reason": "Te duur."}, []),
        ({"title": "x" * 81}, ["title"]),
        ({"summary": "x" * 301}, ["summary"]),
        ({"contact_email": "niemand"}, ["contact_email"]),
        ({"building_blocks": ["money"]}, ["building_blocks"]),
        ({"source_url": "javascript:alert(1)"}, ["source_url"]),
        ({"cost_once": "much"}, ["cost_once"]),
    ],
)
def test_practice_form_refuses_what_cannot_be(changed, wrong):
    assert list(errors(PracticeForm(DRAFT | changed))) == wrong


def test_practice_form_takes_an_address_without_https_as_https():
    form = PracticeForm(DRAFT | {"source_url": "github.example/ede", "building_blocks": ["process"]})
    assert errors(form) == {}
    assert (form.cleaned_data["source_url"], form.cleaned_data["building_blocks"]) == (
        "https://github.example/ede",
        ["process"],
    )


@pytest.mark.parametrize(("remark", "fine"), [("Noem de kosten.", True), ("", False), ("x" * 2001, False)])
def test_remark_is_needed(remark, fine):
    assert RemarkForm({"remark": remark}).is_valid() is fine


@pytest.fixture
def adopt(practice):
    """The errors of an adoption by Epe with some answers changed."""
    epe = factories.OrganisationFactory(name="Epe")
    mine = type(epe).objects.filter(pk=epe.pk)

    def ask(**changed) -> dict[str, list[str]]:
        form = AdoptionForm(
            {"organisation": epe.pk, "stage": "in_use"} | changed, organisations=mine, practice=practice
        )
        return errors(form)

    ask.organisation = epe
    return ask


def test_adoption_form_accepts_a_stage_alone(adopt):
    assert adopt() == {}


@pytest.mark.parametrize("name", ["organisation", "stage"])
def test_adoption_form_needs(adopt, name):
    assert adopt(**{name: ""}) == {name: ["This field is required."]}


def test_adoption_form_asks_why_it_stopped(adopt):
    why = ["Say why you stopped: that is what others learn from."]
    assert list(adopt(stage="stopped").values()) == [why]
    assert adopt(stage="stopped", stop_reason="Te duur.") == {}


@pytest.mark.parametrize(("days", "fine"), [(0, True), (1, False)])
def test_adoption_form_takes_a_day_until_now(adopt, days, fine):
    wrong = {} if fine else {"reached_on": ["Fill in a day from 1990 up to today."]}
    assert adopt(reached_on=(timezone.localdate() + timedelta(days=days)).isoformat()) == wrong


def test_adoption_form_takes_a_day_since_1990(adopt):
    assert (adopt(reached_on="1990-01-01"), list(adopt(reached_on="1989-12-31"))) == ({}, ["reached_on"])


def test_adoption_form_tells_the_history_in_order(adopt, practice):
    step = factories.AdoptionStepFactory(
        adoption__practice=practice, adoption__organisation=adopt.organisation, stage="piloting"
    )
    before = (step.reached_on - timedelta(days=1)).isoformat()
    assert adopt(stage="in_use", reached_on=before) == {
        "reached_on": ["This is before the day of your last stage."]
    }
    assert adopt(stage="piloting", reached_on=before) == {}  # nothing new is told


def test_adoption_form_lets_one_learn_from_who_has_it(adopt, ede, practice):
    adopter = factories.AdoptionFactory(practice=practice).organisation
    assert [adopt(learned_from=organisation.pk) for organisation in (ede, adopter)] == [{}, {}]
    assert list(adopt(learned_from=factories.OrganisationFactory().pk)) == ["learned_from"]


def test_adoption_form_lets_nobody_learn_from_itself(adopt, practice):
    factories.AdoptionFactory(practice=practice, organisation=adopt.organisation)
    known = Adoption.objects.get()
    form = AdoptionForm(
        {"organisation": adopt.organisation.pk, "stage": "in_use", "learned_from": adopt.organisation.pk},
        instance=known,
        organisations=type(adopt.organisation).objects.all(),
        practice=practice,
    )
    assert errors(form) == {"learned_from": ["Choose another organisation than your own."]}


def test_adoption_form_offers_the_own_organisations(adopt, ede):
    assert list(adopt(organisation=ede.pk)) == ["organisation"]
