"""The pages of the knowledge base: what they show to whom, writing and taking over."""

import pytest

from knowledgebase.models import Adoption, Practice
from tests import factories
from tests.factories import practice_at
from tests.mailbox import queued
from tests.pages import messages_of, shown, sign_in_before

pytestmark = pytest.mark.django_db
CHOICES = {
    "phase": "pilot",
    "language": "nl",
    "dpia": "unknown",
    "effort": "unknown",
    "cost_once": "unknown",
    "cost_yearly": "unknown",
    "revision": 0,
}
TEXTS = {
    name: f"{name} van Ede"
    for name in ("title", "summary", "problem", "approach", "result", "shortfall", "contact_role")
}
WHOLE = {**CHOICES, **TEXTS, "contact_email": "mail@ede.example"}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("", "GET, HEAD"),
        ("laadpalen/", "GET, HEAD"),
        ("laadpalen/bewerken/", "GET, HEAD, POST"),
        ("laadpalen/overnemen/", "GET, HEAD, POST"),
        ("indienen/sensoren/", "POST"),
    ],
)
def test_wrong_method_is_refused(programme, practice, path, allowed):
    answer = getattr(programme, "get" if allowed == "POST" else "delete")(f"/kennisbank/{path}")
    assert (answer.status_code, answer["Allow"]) == (405, allowed)


@pytest.mark.parametrize("path", ["", "bewerken/", "overnemen/"])
def test_practice_that_does_not_exist_is_missing(administrator, path):
    assert administrator.get(f"/kennisbank/nergens/{path}").status_code == 404


# The list


def test_list_shows_published_practices_to_everybody_alike(everyone, practice):
    for status in ("draft", "submitted", "in_review", "archived"):
        practice_at(status, title=f"Verborgen {status}")
    for client in everyone.values():
        page = client.get("/kennisbank/")
        assert (page.status_code, list(page.context["page"])) == (200, [practice.pk])
    assert ("Laadpalen vinden" in shown(page), "Verborgen" in page.content.decode()) == (True, False)


def test_list_is_narrowed_by_the_address(visitor, practice):
    theme = factories.ThemeFactory(slug="energie")
    warm = factories.PracticeFactory(title="Warmte in de wijk", phase="in_use")
    warm.themes.add(theme)
    assert list(visitor.get("/kennisbank/?q=laadpaal").context["page"]) == [practice.pk]
    assert list(visitor.get("/kennisbank/?theme=energie&phase=in_use").context["page"]) == [warm.pk]


def test_list_repeats_what_was_searched_for_as_text(visitor, practice):
    page = visitor.get("/kennisbank/", {"q": '"><script>alert(1)</script>'})
    assert (page.status_code, "<script>alert" in page.content.decode()) == (200, False)


# One practice


@pytest.mark.parametrize("status", ["published", "archived"])
def test_practice_shows_its_answers_owners_and_adopters(visitor, ede, status):
    practice = practice_at(status, slug="x", owner=ede)
    partner = factories.PracticeOrganisationFactory(practice=practice, role="partner")
    adoption = factories.AdoptionFactory(
        practice=practice, organisation__name="Epe", changes="Kleiner gemaakt."
    )
    page = visitor.get("/kennisbank/x/")
    assert (page.status_code, page.context["practice"]) == (200, practice)
    everybody = page.context["page"]
    assert {part.organisation for part in everybody.practice.parts.all()} == {ede, partner.organisation}
    assert everybody.adoptions == [adoption]
    texts = (
        practice.title,
        practice.problem,
        practice.approach,
        practice.result,
        practice.shortfall,
        "Epe",
        "Ede",
    )
    assert [text for text in texts if text not in shown(page)] == []
    assert [page.context[name] for name in ("may_edit", "may_review", "may_publish")] == [False] * 3


def test_practice_that_is_not_published_is_for_those_who_work_on_it(everyone):
    practice_at("draft", slug="geheim", owner=everyone["editor"].organisation)
    statuses = {who: client.get("/kennisbank/geheim/").status_code for who, client in everyone.items()}
    assert {who for who, status in statuses.items() if status == 200} == {
        "editor",
        "programme",
        "reviewer",
        "administrator",
    }
    assert set(statuses.values()) == {200, 404}


def test_practice_tells_each_what_they_may_do(editor, programme, reviewer, administrator):
    practice_at("draft", slug="x", owner=editor.organisation)
    practice_at("in_review", slug="y", submitted_by=reviewer.user)
    may = [
        [client.get("/kennisbank/x/").context[right] for right in ("may_edit", "may_review")]
        for client in (editor, programme, reviewer, administrator)
    ]
    assert may == [[True, False], [True, False], [False, True], [True, True]]
    publishes = [
        client.get("/kennisbank/y/").context["may_publish"] for client in (programme, reviewer, administrator)
    ]
    assert publishes == [False, False, True]  # reviewer sent it in


def test_practice_keeps_its_own_language_on_an_english_page(visitor, practice):
    page = visitor.get("/en/kennisbank/laadpalen/").content.decode()
    assert '<html lang="en"' in page
    assert 'lang="nl"' in page.partition("<main")[2]


def test_practice_shows_what_was_typed_as_text(visitor):
    factories.PracticeFactory(slug="x", problem="<img src=x onerror=alert(1)>", title="A <b> & C")
    page = visitor.get("/kennisbank/x/").content.decode()
    assert ("<img src=x" in page, "A <b> & C" in page, "A &lt;b&gt; &amp; C" in page) == (False, False, True)


def test_external_practice_with_only_a_summary_says_so(visitor):
    factories.PracticeFactory(external=True, slug="kort", body="", summary="Alleen dit.")
    factories.PracticeFactory(external=True, slug="lang", body="De hele tekst.")
    words = "We took over only the summary"
    pages = [shown(visitor.get(f"/en/kennisbank/{slug}/")) for slug in ("kort", "lang")]
    assert [(words in page, "Alleen dit." in page) for page in pages] == [(True, True), (False, False)]


# Writing


@pytest.fixture
def draft(editor):
    """A draft of the organisation of `editor`, half done."""
    return practice_at(
        "draft",
        slug="concept",
        title="Concept",
        owner=editor.organisation,
        shortfall="",
        problem="Het probleem.",
    )


WRITE = "/kennisbank/concept/bewerken/"


def test_writing_begins_with_what_is_there(editor, draft):
    page = editor.get(WRITE)
    assert (page.status_code, page.context["practice"], page.context["form"]["problem"].value()) == (
        200,
        draft,
        "Het probleem.",
    )


def test_writing_keeps_a_draft(editor, draft):
    answer = editor.post(f"/en{WRITE}", CHOICES | {"title": "Nieuwe titel", "summary": "Kort."})
    assert (answer.status_code, answer.url) == (302, f"/en{WRITE}")
    assert messages_of(answer) == [("success", "Saved as a draft.")]
    draft.refresh_from_db()
    assert (draft.title, draft.problem, draft.status, draft.slug) == ("Nieuwe titel", "", "draft", "concept")


def test_writing_with_a_mistake_keeps_what_was_typed(editor, draft):
    page = editor.post(WRITE, WHOLE | {"title": "x" * 81, "approach": "Stap <één>."})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["title"])
    assert "Stap &lt;één&gt;.</textarea>" in page.content.decode()
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("Concept", "draft")


def test_sending_in_hands_it_to_the_editors(editor, draft):
    themes = [factories.ThemeFactory().pk]
    answer = editor.post(f"/en{WRITE}", WHOLE | {"themes": themes, "submit": "1"})
    assert (answer.status_code, answer.url) == (302, "/en/kennisbank/concept/")
    assert messages_of(answer) == [("success", "Sent in. An editor will look at it.")]
    draft.refresh_from_db()
    assert (draft.status, draft.submitted_by, draft.shortfall) == (
        "submitted",
        editor.user,
        "shortfall van Ede",
    )


def test_sending_in_what_is_not_complete_keeps_it_and_says_what_is_missing(editor, draft):
    answer = editor.post(f"/en{WRITE}", WHOLE | {"submit": "1", "shortfall": "", "contact_email": ""})
    told = "Saved, but not sent in yet. Still missing: what did not work, shared mailbox, themes."
    assert (answer.url, messages_of(answer)) == (f"/en{WRITE}", [("error", told)])
    draft.refresh_from_db()
    assert (draft.status, draft.title) == ("draft", "title van Ede")


def test_sending_in_without_an_owner_says_so(programme):
    practice_at("draft", slug="concept", owner=False)
    themes = [factories.ThemeFactory().pk]
    page = programme.post(f"/en{WRITE}", WHOLE | {"themes": themes, "submit": "1"})
    assert messages_of(page) == [
        ("error", "Saved, but not sent in yet. Still missing: a government as owner.")
    ]


def test_writing_is_for_the_owners_and_programme_staff(everyone):
    practice = practice_at("draft", slug="concept", owner=everyone["editor"].organisation)
    factories.PracticeOrganisationFactory(
        practice=practice, organisation=everyone["representative"].organisation, role="partner"
    )
    statuses = {who: client.get(WRITE).status_code for who, client in everyone.items()}
    assert statuses == {
        "visitor": 302,
        "stranger": 404,
        "representative": 403,
        "editor": 200,
        "secretariat": 404,
        "programme": 200,
        "reviewer": 403,
        "administrator": 200,
    }


@pytest.mark.parametrize("status", ["submitted", "in_review"])
@pytest.mark.parametrize("part", ["", "kosten/"])
def test_writing_what_was_sent_in_tells_who_reads_it_now(editor, representative, status, part):
    practice_at(status, slug="concept", owner=editor.organisation)
    page = editor.get(f"/en{WRITE}{part}")
    assert (page.status_code, "This was sent in, and an editor reads it now." in shown(page)) == (403, True)
    assert 'href="/en/kennisbank/concept/"' in page.text.partition("<main")[2]
    assert representative.get(f"/en{WRITE}{part}").status_code == 404


@pytest.mark.parametrize("status", ["submitted", "in_review", "archived"])
def test_writing_ends_when_it_is_sent_in(editor, status):
    practice_at(status, slug="concept", title="Concept", owner=editor.organisation)
    assert editor.post(WRITE, WHOLE).status_code == 403
    assert Practice.objects.get().title == "Concept"


def test_writing_asks_a_visitor_to_sign_in(visitor, draft):
    answer = visitor.post(WRITE, WHOLE)
    assert (answer.status_code, answer.url) == (302, sign_in_before(WRITE))


# Taking over


ADOPT = "/kennisbank/laadpalen/overnemen/"


def claim(client, **changed):
    """Adopt on the English page."""
    return client.post(f"/en{ADOPT}", {"organisation": client.organisation.pk, "stage": "in_use"} | changed)


def test_taking_over_begins_with_an_empty_form(representative, practice):
    page = representative.get(ADOPT)
    assert (page.status_code, page.context["form"].instance.pk, page.context["practice"]) == (
        200,
        None,
        practice,
    )


def test_taking_over_shows_the_organisation_with_the_practice(representative, visitor, practice):
    answer = claim(representative, changes="Kleiner gemaakt.")
    adoption = Adoption.objects.get()
    assert (answer.status_code, answer.url) == (302, "/en/kennisbank/laadpalen/")
    assert messages_of(answer) == [
        ("success", f"Thank you. {representative.organisation} is now shown with this practice.")
    ]
    assert (adoption.organisation, adoption.stage, adoption.claimed_by) == (
        representative.organisation,
        "in_use",
        representative.user,
    )
    assert representative.organisation.name in shown(visitor.get("/kennisbank/laadpalen/"))
    assert queued() == [("knowledgebase/practice_adopted", practice.contact_email, "nl")]


def test_taking_over_again_begins_with_what_was_said(representative, practice):
    claim(representative, changes="Kleiner gemaakt.")
    assert representative.get(ADOPT).context["form"]["changes"].value() == "Kleiner gemaakt."
    claim(representative, stage="stopped", stop_reason="Te duur.")
    assert [(row.stage, row.stop_reason) for row in Adoption.objects.all()] == [("stopped", "Te duur.")]


def test_taking_over_with_a_mistake_keeps_what_was_typed(representative, practice):
    page = claim(representative, reached_on="1800-01-01", changes="Kleiner <gemaakt>.")
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["reached_on"])
    assert "Kleiner &lt;gemaakt&gt;.</textarea>" in page.content.decode()
    assert (Adoption.objects.count(), queued()) == (0, [])


def test_taking_over_is_said_for_the_own_organisation_alone(representative, practice):
    page = claim(representative, organisation=factories.MembershipFactory().organisation.pk)
    assert (page.status_code, list(page.context["form"].errors), Adoption.objects.count()) == (
        200,
        ["organisation"],
        0,
    )


def test_taking_over_for_one_of_two_organisations_leaves_the_other(representative, practice):
    second = factories.MembershipFactory(user=representative.user).organisation
    claim(representative, changes="Eerste.")
    claim(representative, organisation=second.pk, stage="piloting", changes="Tweede.")
    said = dict(Adoption.objects.values_list("organisation", "changes"))
    assert said == {representative.organisation.pk: "Eerste.", second.pk: "Tweede."}


@pytest.mark.parametrize("status", ["draft", "submitted", "in_review", "archived"])
def test_taking_over_what_is_not_published_is_missing(representative, status):
    practice_at(status, slug="laadpalen")
    assert (claim(representative).status_code, Adoption.objects.count()) == (404, 0)
