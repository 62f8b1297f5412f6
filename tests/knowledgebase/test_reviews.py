"""Rounds of reading, remarks per field, tags, versions and the PDF."""

import pytest

from knowledgebase import actions
from knowledgebase.actions import tag as tags
from knowledgebase.actions import writing
from knowledgebase.models import Practice, Proposal, Review, Tag
from knowledgebase.pdf import practice_pdf
from tests import factories
from tests.database import refused_by
from tests.mailbox import queued
from tests.pages import shown

pytestmark = pytest.mark.django_db
DESK = "/en/beheer/praktijkvoorbeelden/"


def test_colleague_is_asked_and_shown_in_the_queue(reviewer):
    colleague = factories.UserFactory(is_staff=True, roles=["editor"], name="Cas")
    practice = factories.PracticeFactory(slug="nieuw", submitted=True)
    factories.UserFactory(name="Niemand")
    page = reviewer.get(f"{DESK}nieuw/vragen/")
    assert set(page.context["form"].fields["reviewer"].queryset) == {reviewer.user, colleague}
    reviewer.post(f"{DESK}nieuw/vragen/", {"reviewer": colleague.pk})
    assert queued() == [("knowledgebase/review_asked", colleague.email, colleague.language)]
    assert "Cas" in shown(reviewer.get(DESK))
    actions.assign(practice=practice, reviewer=reviewer.user, by=reviewer.user)
    assert Review.objects.get().reviewer == reviewer.user


@pytest.mark.parametrize(
    ("constraint", "factory", "fields"),
    [
        ("knowledgebase_review_ending_is_known", factories.ReviewFactory, {"ending": "lost"}),
        ("knowledgebase_remark_field_is_known", factories.RemarkFactory, {"field": "colour"}),
        ("knowledgebase_remark_text_is_not_empty", factories.RemarkFactory, {"text": " \n"}),
    ],
)
def test_database_refuses(constraint, factory, fields):
    with refused_by(constraint):
        factory(**fields)


def test_practice_is_read_in_one_round_at_a_time():
    review = factories.ReviewFactory()
    with refused_by("knowledgebase_review_one_at_a_time"):
        factories.ReviewFactory(practice=review.practice)


# Tags


def test_tags_mean_one_that_is_known_by_name_synonym_or_merging():
    stays = factories.TagFactory(name="Verlichting", synonyms=["licht"])
    factories.TagFactory(name="Lampen", merged_into=stays)
    found = tags.tags_named(["verlichting", "licht", "LAMPEN", "Nacht"])
    assert [tag.name for tag in found] == ["Verlichting", "Nacht"]


def test_merging_moves_practices_and_keeps_the_words(reviewer, practice):
    goes, stays = factories.TagFactory(name="Lampen", synonyms=["lamp"]), factories.TagFactory(name="Licht")
    practice.tags.set([goes, stays])
    reviewer.post(f"/en/beheer/trefwoorden/{goes.slug}/", {"merge": "1", "into": stays.pk})
    stays.refresh_from_db()
    assert (list(practice.tags.all()), stays.synonyms) == ([stays], ["Lampen", "lamp"])
    assert reviewer.get(f"/beheer/trefwoorden/{goes.slug}/").status_code == 404


def test_renaming_is_refused_when_the_word_is_another_tag(reviewer):
    tag = factories.TagFactory(name="Lampen")
    factories.TagFactory(name="Licht", synonyms=["verlichting"])
    address = f"/en/beheer/trefwoorden/{tag.slug}/"
    page = reviewer.post(address, {"name": "Lantaarns", "synonyms": "verlichting"})
    assert list(page.context["form"].errors) == ["__all__"]
    assert reviewer.post(address, {"name": "Lantaarns", "synonyms": "lamp, lamp"}).status_code == 302
    assert Tag.objects.get(pk=tag.pk).synonyms == ["lamp"]


def test_renaming_to_what_would_be_two_tags_is_refused(reviewer):
    tag = factories.TagFactory(name="Lampen")
    page = reviewer.post(f"/en/beheer/trefwoorden/{tag.slug}/", {"name": "lampen, masten", "synonyms": ""})
    assert page.context["form"].errors == {"name": ["A tag has no comma: it would become two tags."]}
    with refused_by("knowledgebase_tag_name_is_one"):
        factories.TagFactory(name="lampen, masten")


# Versions


def test_earlier_text_is_had_again_in_a_draft(editor):
    practice = factories.PracticeFactory(
        slug="concept", draft=True, owner=editor.organisation, problem="Eerst."
    )
    writing.save_draft(practice=practice, revision=0, values={"problem": "Daarna."}, by=editor.user)
    page = editor.get("/kennisbank/concept/geschiedenis/")
    latest, first = [each for each in page.context["page"] if each.is_text]
    assert ([d.label for d in latest.differences], latest.is_current) == (["Probleem en aanleiding"], True)
    editor.post(f"/kennisbank/concept/geschiedenis/{first.number}/")
    practice.refresh_from_db()
    assert practice.problem == "Eerst."
    assert editor.post("/kennisbank/concept/geschiedenis/99/").status_code == 404


def test_earlier_text_of_a_published_practice_is_proposed(editor):
    practice = factories.PracticeFactory(slug="concept", owner=editor.organisation, problem="Eerst.")
    Practice.objects.filter(pk=practice.pk).update(problem="Daarna.")
    editor.post("/kennisbank/concept/geschiedenis/1/")
    practice.refresh_from_db()
    assert (practice.problem, Proposal.objects.get().values) == ("Daarna.", {"problem": "Eerst."})


def test_history_is_for_those_who_write_and_editors(stranger, reviewer, practice):
    assert stranger.get("/kennisbank/laadpalen/geschiedenis/").status_code == 403
    assert reviewer.get("/kennisbank/laadpalen/geschiedenis/").context["may_restore"] is False
    assert reviewer.post("/kennisbank/laadpalen/geschiedenis/1/").status_code == 403


# Page and PDF


@pytest.mark.parametrize(
    "text", ["Gewoon.", "1. Eén\n2. Twee\n\n# Kop\n\n**Vet** en [link](https://x.example)", "😀 汉字"]
)
def test_pdf_is_made_of_whatever_was_written(visitor, practice, text):
    Practice.objects.filter(pk=practice.pk).update(approach=text)
    answer = visitor.get("/kennisbank/laadpalen/praktijkvoorbeeld.pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"pdfuaid:part" in answer.content or b"pdfuaid" in answer.content


def test_pdf_of_an_external_source_names_it(ede):
    made = factories.PracticeFactory(external=True, owner=ede)
    assert practice_pdf(Practice.objects.with_card_data().get(pk=made.pk))[:5] == b"%PDF-"


def test_page_answers_in_fixed_order_and_is_open_about_gaps(visitor, practice):
    Practice.objects.filter(pk=practice.pk).update(
        cost_once_follower="lt_5k", gaps={"legal_note": "not_applicable"}, fits_sizes=["s"]
    )
    page = visitor.get("/en/kennisbank/laadpalen/")
    questions = page.context["questions"]
    assert [question.id for question in questions] == [
        "what", "cost", "supplier", "legal", "shortfall", "contact", "join",
    ]  # fmt: skip
    cost = questions[1]
    assert [(fact.label, fact.value) for fact in cost.facts] == [
        ("One-off costs for a follower", "less than € 5,000")
    ]
    assert "One-off costs" in cost.unknown
    assert [(note.text, note.gap) for note in questions[3].notes] == [("", "Does not apply")]
    assert "CC BY 4.0" in shown(page)


def test_external_practice_shows_its_text_and_its_source(visitor):
    made = factories.PracticeFactory(external=True, slug="elders", owner=False)
    page = shown(visitor.get("/en/kennisbank/elders/"))
    texts = (made.body, made.origin_url, "That of the source")
    assert [text for text in texts if text not in page] == []


def test_beginning_makes_a_draft_of_ones_own_organisation(editor):
    project = factories.ProjectFactory(slug="licht", is_published=True)
    project.themes.add(factories.ThemeFactory())
    typed = {"title": "Licht", "summary": "Kort.", "language": "nl", "organisation": editor.organisation.pk}
    other = factories.OrganisationFactory()
    page = editor.post("/kennisbank/indienen/?project=licht", typed | {"organisation": other.pk})
    assert list(page.context["form"].errors) == ["organisation"]
    answer = editor.post("/kennisbank/indienen/?project=licht", typed)
    practice = Practice.objects.get()
    assert answer.url == f"/kennisbank/{practice.slug}/bewerken/"
    assert (practice.project, list(practice.owning_organisations()), practice.themes.count()) == (
        project,
        [editor.organisation],
        1,
    )
