"""Rounds of reading, remarks per field, tags, versions and the PDF."""

import pytest

from knowledgebase import actions, changes
from knowledgebase.actions import tag as tags
from knowledgebase.actions import writing
from knowledgebase.models import Practice, Proposal, Review, Tag
from knowledgebase.pdf import practice_pdf
from smartsociety.core.comparison import compare
from smartsociety.core.pages import PAGE_SIZE
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import at_once, refused_by, refused_saying
from tests.mailbox import queued
from tests.pages import messages_of, shown

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


def test_nobody_is_asked_to_read_what_is_published_meanwhile(reviewer):
    practice = factories.PracticeFactory(in_review=True)
    colleague = factories.UserFactory(is_staff=True, roles=["editor"])
    actions.publish(practice=practice, by=reviewer.user)
    with pytest.raises(InvalidTransition):
        actions.assign(practice=practice, reviewer=colleague, by=reviewer.user)
    assert Review.objects.filter(ending="").count() == 0


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
    reviewer.post(f"/en/beheer/trefwoorden/{goes.slug}/", {"merge": "1", "into": stays.slug})
    stays.refresh_from_db()
    assert (list(practice.tags.all()), stays.synonyms) == ([stays], ["Lampen", "lamp"])
    again = reviewer.post(
        f"/en/beheer/trefwoorden/{goes.slug}/", {"merge": "1", "into": stays.slug}, follow=True
    )
    assert again.redirect_chain == [(f"/en/beheer/trefwoorden/{stays.slug}/", 302)]
    assert "A colleague merged this tag already" in again.content.decode()
    assert reviewer.get(f"/beheer/trefwoorden/{goes.slug}/").url == f"/beheer/trefwoorden/{stays.slug}/"


def test_tag_merged_into_one_that_was_merged_meanwhile_goes_to_the_one_that_stands(reviewer, practice):
    goes, between, stays = factories.TagFactory.create_batch(3)
    practice.tags.add(goes)
    tags.merge(tag=between, into=stays, by=reviewer.user)
    assert tags.merge(tag=goes, into=between, by=reviewer.user) == stays
    assert list(practice.tags.all()) == [stays]
    assert set(Tag.objects.filter(merged_into=stays)) == {goes, between}


def test_tag_is_merged_once(reviewer):
    goes, stays, other = factories.TagFactory.create_batch(3)
    tags.merge(tag=goes, into=stays, by=reviewer.user)
    for tag, into in ((goes, other), (stays, goes)):
        with pytest.raises(tags.AlreadyMerged):
            tags.merge(tag=tag, into=into, by=reviewer.user)
    assert list(Tag.objects.standing().order_by("pk")) == [stays, other]


def test_merging_after_a_colleague_is_said(reviewer, monkeypatch):
    tag, other = factories.TagFactory.create_batch(2)

    def too_late(**kwargs):
        raise tags.AlreadyMerged

    monkeypatch.setattr(tags, "merge", too_late)
    page = reviewer.post(f"/en/beheer/trefwoorden/{tag.slug}/", {"merge": "1", "into": other.slug})
    assert (page.status_code, list(page.context["merge"].errors)) == (200, ["into"])


def test_database_merges_only_into_a_tag_that_stands():
    stays = factories.TagFactory()
    merged = factories.TagFactory(merged_into=stays)
    with refused_saying("a tag is merged into one that stands"):
        factories.TagFactory(merged_into=merged)
    with refused_saying("a tag is merged into one that stands"):
        Tag.objects.filter(pk=stays.pk).update(merged_into=factories.TagFactory())


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_two_tags_at_once_leave_one_standing():
    by, (one, two) = factories.UserFactory(), factories.TagFactory.create_batch(2)
    results = at_once(
        lambda: tags.merge(tag=one, into=two, by=by), lambda: tags.merge(tag=two, into=one, by=by)
    )
    assert sorted(type(result).__name__ for result in results) == ["AlreadyMerged", "Tag"]
    assert Tag.objects.standing().count() == 1


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


def test_tag_that_is_half_typed_in_a_draft_is_for_nobody_else(editor, visitor):
    published = factories.PracticeFactory()
    factories.PracticeFactory(draft=True, slug="concept", owner=editor.organisation)
    tags_of = {
        "geluidsov": {},
        "geluidsoverlast": {"of": published},
        "geluidsmeter": {"is_curated": True},
    }
    for name, given in tags_of.items():
        practice = given.pop("of", None)
        made = factories.TagFactory(name=name, slug=name, **given)
        made.practices.set([practice or factories.PracticeFactory(draft=True)])
    shown_names = ["geluidsmeter", "geluidsoverlast"]
    assert [tag.name for tag in Tag.objects.shown()] == shown_names
    form = editor.get("/kennisbank/concept/bewerken/").context["form"]
    assert list(form.fields["tags"].widget.suggestions) == shown_names
    groups = visitor.get("/en/zoeken/suggesties/?q=geluids").json()["groups"]
    assert [
        item["label"] for group in groups if group["label"] == "Tags" for item in group["items"]
    ] == shown_names
    listed = visitor.get("/kennisbank/").context["filter"].form.fields["tag"].choices
    assert [label for _slug, label in listed] == shown_names


def test_staff_remove_a_tag_that_nothing_uses(reviewer):
    factories.TagFactory(name="geluidsov", slug="geluidsov")
    page = reviewer.get("/en/beheer/trefwoorden/")
    assert page.context["unused"] == {Tag.objects.get().pk}
    answer = reviewer.post("/en/beheer/trefwoorden/geluidsov/verwijderen/")
    assert (messages_of(answer), Tag.objects.count()) == ([("success", "“geluidsov” is removed.")], 0)


@pytest.mark.parametrize("use", ["practice", "proposal", "follower", "merged", "boost"])
def test_tag_in_use_is_not_removed(reviewer, use):
    tag = factories.TagFactory(name="Licht", slug="licht")
    uses = {
        "practice": lambda: factories.PracticeFactory(draft=True).tags.add(tag),
        "proposal": lambda: factories.ProposalFactory(values={"tags": [tag.pk]}),
        "follower": lambda: factories.SubscriptionFactory(theme=None, tag=tag),
        "merged": lambda: factories.TagFactory(merged_into=tag),
        "boost": lambda: factories.BoostFactory(practice=None, tag=tag),
    }
    uses[use]()
    answer = reviewer.post("/en/beheer/trefwoorden/licht/verwijderen/")
    assert messages_of(answer) == [("error", "“Licht” is in use, so it stays.")]
    assert (
        reviewer.get("/en/beheer/trefwoorden/").context["unused"] & {tag.pk},
        Tag.objects.filter(pk=tag.pk).count(),
    ) == (
        set(),
        1,
    )


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


def test_history_compares_only_the_versions_of_its_page(editor, monkeypatch):
    practice = factories.PracticeFactory(slug="concept", draft=True, owner=editor.organisation)
    for number in range(PAGE_SIZE + 6):
        values = {"problem": f"Keer {number}."}
        writing.save_draft(practice=practice, revision=number, values=values, by=editor.user)
    told: list[str] = []
    monkeypatch.setattr(changes, "compare", lambda old, new: told.append(new) or compare(old, new))
    page = editor.get("/kennisbank/concept/geschiedenis/").context["page"]
    texts = PAGE_SIZE - 1  # the first line tells who takes part
    assert (page.paginator.count, len(page), len(told)) == (PAGE_SIZE + 8, PAGE_SIZE, texts)
    last = editor.get("/kennisbank/concept/geschiedenis/?page=2").context["page"]
    assert [[d.label for d in told.differences] for told in last if told.is_text] == [
        *[["Probleem en aanleiding"]] * 7,
        [],
    ]


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
