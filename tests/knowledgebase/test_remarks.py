"""Remarks of an editor: beside the field they are about, gone when the text is sent in again."""

import pytest

from knowledgebase import actions
from knowledgebase.forms.practice import PracticeForm
from knowledgebase.models import Proposal, Remark, Review
from smartsociety.core.models import Mail
from smartsociety.core.remarks import FieldRemark
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db
RETURN = "/en/beheer/praktijkvoorbeelden/concept/terugsturen/"
EDIT = "/en/kennisbank/concept/bewerken/"


@pytest.fixture
def returned(editor):
    """A draft of the organisation of `editor` that came back with three remarks."""
    practice = factories.practice_at("draft", slug="concept", owner=editor.organisation)
    review = factories.ReviewFactory(practice=practice, ending="returned")
    for field, text in (("", "Mooi."), ("shortfall", "Eerlijker."), ("kosten", "Wat kost <het>?")):
        factories.RemarkFactory(review=review, field=field, text=text)
    return practice


def asked(page) -> list[tuple[str, str]]:
    """About what, and where, the summary on a page of the form says."""
    return [(each.about, each.url.removeprefix(EDIT)) for each in page.context["text"].asked]


def test_reviewer_remarks_per_field_and_per_part(reviewer):
    factories.PracticeFactory(slug="concept", in_review=True)
    typed = {"shortfall": "Noem de kosten.", "whole": "Mooi.", "uren": "Van wie?"}
    reviewer.post(RETURN, typed)
    assert set(Remark.objects.values_list("field", "text")) == {
        ("", "Mooi."),
        ("shortfall", "Noem de kosten."),
        ("uren", "Van wie?"),
    }
    assert Review.objects.get().ending == "returned"


def test_reviewer_sees_the_text_and_what_was_asked_before(reviewer, returned, editor):
    actions.submit(practice=returned, by=editor.user)
    form = reviewer.get(RETURN).context["form"]
    assert form["shortfall"].help_text == '<q lang="nl">Wat niet werkte.</q>'
    beside = {field.name: [remark.text for remark in field.remarks] for field in form if field.remarks}
    assert beside == {"whole": ["Mooi."], "shortfall": ["Eerlijker."], "kosten": ["Wat kost <het>?"]}
    asked_before = reviewer.get("/en/kennisbank/concept/").context["asked_before"]
    assert [remark.text for remark in asked_before] == ["Mooi.", "Eerlijker.", "Wat kost <het>?"]
    assert editor.get("/en/kennisbank/concept/").context["asked_before"] == ()


def test_remark_stands_beside_its_field_and_is_read_with_it(editor, returned):
    page = editor.get(EDIT)
    beside = {field.name: field.remarks for field in page.context["form"] if field.remarks}
    assert beside == {"shortfall": [FieldRemark("Eerlijker.", "nl")]}
    assert page.content.decode().count('id="id_shortfall_remarks"') == 1
    assert 'aria-describedby="id_shortfall_remarks id_shortfall_helptext"' in page.content.decode()


def test_summary_leads_to_each_remark(editor, returned):
    page = editor.get(EDIT)
    assert asked(page) == [
        ("the whole", ""),
        ("what did not work", "#id_shortfall"),
        ("Costs and money", "kosten/"),
    ]
    text = shown(page)
    assert ("3 remarks" in text, "The whole : Mooi." in text, text.count("Eerlijker.")) == (True, True, 1)
    assert [(part.label, part.remarks) for part in page.context["parts"] if part.remarks] == [
        ("Costs and money", 1)
    ]


def test_remark_about_a_part_stands_on_its_page(editor, returned):
    assert (
        "Wat kost <het>?" in shown(editor.get(f"{EDIT}kosten/")),
        "Wat kost" in shown(editor.get(EDIT)),
    ) == (
        True,
        False,
    )


def test_remarks_are_settled_when_it_is_sent_in_again(editor, returned):
    actions.submit(practice=returned, by=editor.user)
    assert set(Remark.objects.values_list("is_settled", flat=True)) == {True}
    actions.send_back(practice=returned, remarks={"result": "Gemeten?"}, by=factories.UserFactory())
    assert asked(editor.get(EDIT)) == [("result, and how it was measured", "#id_result")]


def test_form_keeps_its_remarks_and_what_was_typed_when_something_is_wrong(editor, returned):
    page = editor.post(EDIT, {"revision": 0, "shortfall": "Beter", "title": ""})
    field = page.context["form"]["shortfall"]
    assert (field.value(), [remark.text for remark in field.remarks]) == ("Beter", ["Eerlijker."])
    title = page.context["form"]["title"]
    assert title.aria_describedby == "id_title_helptext id_title_error"


def test_field_without_remarks_is_described_as_ever():
    form = PracticeForm(revision=0)
    assert form["shortfall"].aria_describedby == "id_shortfall_helptext"
    assert form["revision"].aria_describedby == ""


def test_proposal_is_sent_back_with_remarks_about_what_it_changes(reviewer, editor):
    practice = factories.PracticeFactory(slug="concept", owner=editor.organisation)
    factories.ProposalFactory(
        practice=practice,
        submitted=True,
        submitted_by=editor.user,
        values={"cost_note": "Veel.", "result": "Ja."},
    )
    address = "/en/beheer/praktijkvoorbeelden/concept/wijziging/afwijzen/"
    form = reviewer.get(address).context["form"]
    assert [field.name for field in form.visible_fields()] == ["reason", "result", "cost_note"]
    reviewer.post(address, form.initial | {"reason": "Bijna.", "cost_note": "Hoeveel?"})
    assert Proposal.objects.get().remarks == {"cost_note": "Hoeveel?"}
    costs = editor.get(f"{EDIT}kosten/")
    assert costs.context["form"]["cost_note"].remarks == [FieldRemark("Hoeveel?", "nl")]
    assert asked(costs) == [("the whole", ""), ("about the costs", "kosten/#id_cost_note")]
    said = Mail.objects.get().text
    assert [said.count(words) for words in ("Bijna.", "Over de kosten:\n\nHoeveel?")] == [1, 1]
    assert "Hoeveel?" in shown(editor.get("/en/kennisbank/concept/wijziging/"))
