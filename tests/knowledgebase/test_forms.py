"""What people may type in the knowledge base."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from knowledgebase.forms.adoption import AdoptionForm
from knowledgebase.forms.practice import PracticeForm, section_form
from knowledgebase.forms.review import RemarksForm
from knowledgebase.models import Adoption, Practice
from knowledgebase.models.sections import SECTIONS
from smartsociety.core.templatetags.components.forms import not_required
from tests import factories

pytestmark = pytest.mark.django_db
DRAFT = {"title": "Laadpalen", "summary": "Kort.", "phase": "pilot", "language": "nl", "revision": 0}


def errors(form) -> dict[str, list[str]]:
    """The English errors of `form`."""
    with override("en"):
        return {name: list(words) for name, words in form.errors.items()}


def core(**changed) -> PracticeForm:
    """The first page of a draft, with some answers changed."""
    return PracticeForm(DRAFT | changed, revision=0)


def test_practice_form_keeps_a_practice_half_done():
    assert errors(core()) == {}


def test_phase_of_a_draft_begins_unknown_and_once_published_it_is_one():
    """Nothing is chosen before its author does."""
    started, published = Practice(title="Laadpalen"), factories.PracticeFactory()
    with override("en"):
        first = [
            PracticeForm(instance=each, revision=0).fields["phase"].choices[0]
            for each in (started, published)
        ]
        assert (started.phase, first) == ("", [("", "We do not know this yet"), ("idea", "Idea")])
    assert errors(PracticeForm(DRAFT | {"phase": ""}, instance=published, revision=0))["phase"] == [
        "This field is required."
    ]
    draft = core(phase="")
    assert (draft.is_valid(), draft.values["phase"]) == (True, "")


@pytest.mark.parametrize("name", ["title", "summary", "language"])
def test_practice_form_needs(name):
    assert errors(core(**{name: ""})) == {name: ["This field is required."]}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"phase": "stopped"}, ["stop_reason"]),
        ({"phase": "stopped", "stop_reason": "Te duur."}, []),
        ({"title": "x" * 81}, ["title"]),
        ({"summary": "x" * 301}, ["summary"]),
        ({"problem": "onzichtbaar \u202e"}, ["problem"]),
        *(({name: "regel\x0bregel"}, [name]) for name in ("title", "summary", "contact_role", "video_title")),
        *(({name: "regel\rregel"}, [name]) for name in ("title", "contact_role", "stop_reason")),
        ({"title": "Kijk op www.bron.example"}, ["title"]),
        ({"contact_email": "niemand"}, ["contact_email"]),
        ({"video_url": "javascript:alert(1)"}, ["video_url"]),
        ({"started_year": 1989}, ["started_year"]),
        ({"started_year": 1990}, []),
        ({"started_year": timezone.localdate().year + 1}, []),
        ({"started_year": timezone.localdate().year + 2}, ["started_year"]),
        ({"tags": ", ".join("abcdefghi")}, ["tags"]),
        ({"tags": "x" * 61}, ["tags"]),
        ({"tags": "www.bron.example"}, ["tags"]),
    ],
)
def test_practice_form_refuses_what_cannot_be(changed, wrong):
    assert list(errors(core(**changed))) == wrong


def test_practice_form_takes_three_themes_at_most():
    themes = [theme.pk for theme in factories.ThemeFactory.create_batch(4)]
    assert errors(core(themes=themes[:3])) == {}
    assert errors(core(themes=themes)) == {"themes": ["Choose at most 3 themes."]}


def test_tags_are_each_there_once_whatever_the_case_and_space():
    form = core(tags=" Licht ,licht,  lage   kosten,, ")
    assert (errors(form), form.cleaned_data["tags"]) == ({}, ["licht", "lage kosten"])


def test_practice_form_keeps_what_is_published_complete():
    published = factories.PracticeFactory()
    wrong = errors(PracticeForm(DRAFT, revision=0, instance=published))
    assert set(wrong) == {"problem", "approach", "result", "shortfall", "contact_role", "contact_email"}


def section(name: str, **answers):
    """A part of what a follower wants to know, with its choices filled in."""
    form = section_form(name)
    known = {field: "unknown" for field, made in form.base_fields.items() if hasattr(made, "choices")}
    several = {"funding", "building_blocks", "fits_sizes", "fits_areas", "wanted"}
    return form(
        {name: value for name, value in known.items() if name not in several} | {"revision": 0} | answers,
        revision=0,
    )


@pytest.mark.parametrize("name", SECTIONS)
def test_section_may_be_left_open(name):
    assert errors(section(name)) == {}


def test_section_keeps_why_there_is_no_text_unless_there_is():
    form = section(
        "leverancier",
        gap_supplier_note="not_applicable",
        gap_procurement_note="unknown",
        procurement_note="Samen.",
    )
    assert errors(form) == {}
    assert form.values["gaps"] == {"supplier_note": "not_applicable"}


@pytest.mark.parametrize(
    ("name", "answers", "wrong"),
    [
        ("kosten", {"cost_once_follower": "much"}, ["cost_once_follower"]),
        ("kosten", {"funding": ["gift"]}, ["funding"]),
        ("overname", {"building_blocks": ["money"]}, ["building_blocks"]),
        ("code", {"source_url": "javascript:alert(1)"}, ["source_url"]),
        ("uren", {"lead_time_months": "-1"}, ["lead_time_months"]),
        ("uren", {"lead_time_months": "240"}, []),
        ("uren", {"lead_time_months": "241"}, ["lead_time_months"]),
        ("regels", {"dpia": "done", "dpia_done_on": "2020-02-01"}, []),
        ("regels", {"dpia": "done", "dpia_done_on": "2099-02-01"}, ["dpia_done_on"]),
        ("regels", {"dpia": "not_needed", "dpia_done_on": "2020-02-01"}, ["dpia_done_on"]),
        ("regels", {"gap_legal_note": "maybe"}, ["gap_legal_note"]),
    ],
)
def test_section_refuses_what_cannot_be(name, answers, wrong):
    assert list(errors(section(name, **answers))) == wrong


def test_section_takes_an_address_without_https_as_https():
    form = section("code", source_url="github.example/ede")
    assert (errors(form), form.values["source_url"]) == ({}, "https://github.example/ede")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"whole": "Noem de kosten."}, {"": "Noem de kosten."}),
        ({"shortfall": "Eerlijker.", "uren": "Wie?"}, {"shortfall": "Eerlijker.", "uren": "Wie?"}),
        ({}, None),
        ({"title": " "}, None),
        ({"whole": "x" * 2001}, None),
    ],
)
def test_remarks_are_at_least_one(typed, kept):
    form = RemarksForm(typed, practice=factories.PracticeFactory(in_review=True))
    assert (form.typed if form.is_valid() else None) == kept


def test_years_that_cannot_be_are_told_their_bounds():
    with time_machine.travel("2026-06-01", tick=False):
        assert errors(core(started_year=19)) == {"started_year": ["Fill in a year from 1990 up to 2027."]}


def test_what_sending_in_needs_is_not_called_optional(programme):
    factories.PracticeFactory(slug="concept", draft=True)
    page = programme.get("/en/kennisbank/concept/bewerken/")
    said = {
        field.name: str(not_required(field)) for field in page.context["form"] if not field.field.required
    }
    needed = {"phase", "themes", "problem", "approach", "result", "shortfall"}
    needed |= {"contact_role", "contact_email"}
    assert {name for name, words in said.items() if words == "(needed to send it in)"} == needed
    assert page.text.count("(needed to send it in)") == len(needed)


@pytest.mark.parametrize("name", SECTIONS)
def test_labels_of_a_part_begin_with_a_capital(name):
    with override("en"):
        labels = [str(field.label) for field in section(name).visible_fields()]
    assert labels == [label[0].upper() + label[1:] for label in labels]


def test_start_counts_what_fits_and_cuts_nothing_off(programme):
    fields = programme.get("/kennisbank/indienen/").context["form"].fields
    shown = {name: fields[name].widget.attrs for name in ("title", "summary")}
    assert {name: (attrs["data-count"], "maxlength" in attrs) for name, attrs in shown.items()} == {
        "title": (80, False),
        "summary": (300, False),
    }


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


def test_part_shows_how_it_looks_and_keeps_it(editor):
    practice = factories.PracticeFactory(slug="concept", draft=True, owner=editor.organisation)
    typed = {"revision": 0, "needs_legal": "- een **besluit**\n- <b>raad</b>", "preview": "1"}
    page = editor.post("/en/kennisbank/concept/bewerken/voorwaarden/", typed)
    assert "<li>een <strong>besluit</strong></li>\n<li>&lt;b&gt;raad&lt;/b&gt;</li>" in page.content.decode()
    assert [label for label, _text in page.context["form"].written] == ["Needed by law"]
    practice.refresh_from_db()
    assert (practice.needs_legal, practice.revision) == (typed["needs_legal"], 1)
    again = typed | {"revision": page.context["form"]["revision"].value(), "needs_legal": "Een besluit."}
    editor.post("/en/kennisbank/concept/bewerken/voorwaarden/", again)
    practice.refresh_from_db()
    assert (practice.needs_legal, practice.revision) == ("Een besluit.", 2)
