"""The agenda: what everybody sees, and who keeps it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.models import Milestone, Project
from alliance.permissions import can_edit_project, can_start_project
from fieldlabs.forms.fieldlab import FieldlabForm
from knowledgebase.forms.practice import PracticeForm
from smartsociety.core.audit import history
from tests import factories
from tests.pages import english, messages_of, shown, sign_in_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """On the agenda."""
    return factories.ProjectFactory(slug="slim-licht", title_nl="Slim licht", title_en="Smart light")


@pytest.fixture
def own_draft(representative):
    """Led by the organisation of the representative, not public yet."""
    return factories.ProjectFactory(
        slug="concept", title_nl="Concept", lead=representative.organisation, is_published=False
    )


def answers(lead, *, milestones=(), **changes):
    """What the form sends; valid as it is."""
    fields = {"title_nl": "Nieuw project", "summary_nl": "Wat wij doen.", "lead": lead.pk, "phase": "idea"}
    rows = {
        f"milestones-{number}-{name}": value
        for number, row in enumerate(milestones)
        for name, value in row.items()
    }
    known = sum(1 for row in milestones if "id" in row)
    management = {"milestones-TOTAL_FORMS": len(milestones), "milestones-INITIAL_FORMS": known}
    return fields | rows | management | changes


# What everybody sees


def test_list_shows_what_is_published_with_what_is_under_way_first(visitor):
    phases = ["stopped", "finished", "idea", "preparation", "running"]
    made = {phase: factories.ProjectFactory(phase=phase) for phase in phases}
    factories.ProjectFactory(is_published=False)
    page = visitor.get("/agenda/")
    assert (page.status_code, list(page.context["page"]), page.context["may_start"]) == (
        200, [made[phase] for phase in ("running", "preparation", "idea", "finished", "stopped")], False,
    )  # fmt: skip


def test_list_is_narrowed_by_theme_phase_and_words(visitor, project):
    theme = factories.ThemeFactory(slug="energie")
    other = factories.ProjectFactory(phase="running", title_nl="Warmte", lead__name="Gemeente Urk")
    other.themes.add(theme)
    found = {query: list(visitor.get(f"/agenda/?{query}").context["page"]) for query in (
        "theme=energie", "phase=running", "phase=idea", "phase=idea&phase=running",
        "q=smart", "q=urk", "theme=x", "phase=x",
    )}  # fmt: skip
    assert found["theme=energie"] == found["phase=running"] == found["q=urk"] == [other]
    assert found["phase=idea"] == found["q=smart"] == [project]
    assert found["phase=idea&phase=running"] == [other, project]
    assert (
        found["theme=x"] == found["phase=x"] == [other, project]
    )  # a wrong filter hides nothing, and says so


def test_empty_list_says_so(visitor):
    assert "There are no projects yet" in shown(visitor.get("/en/agenda/"))


def test_list_costs_the_same_for_one_and_for_three(visitor, project):
    with CaptureQueriesContext(connection) as one:
        visitor.get("/agenda/")
    for _number in range(2):
        factories.ProjectFactory().themes.add(factories.ThemeFactory())
    project.themes.add(factories.ThemeFactory())
    with CaptureQueriesContext(connection) as three:
        visitor.get("/agenda/")
    assert len(three) == len(one)


def test_page_shows_lead_partners_milestones_and_what_came_of_it(visitor, project):
    partner = factories.OrganisationFactory(name="Gemeente Partner")
    project.partners.add(partner)
    later = factories.MilestoneFactory(project=project, due_on=date(2027, 5, 1), title_nl="Later")
    first = factories.MilestoneFactory(project=project, due_on=date(2026, 5, 1), reached_on=date(2026, 6, 2))
    fieldlab, draft = factories.FieldlabFactory(), factories.FieldlabFactory(status="draft")
    project.fieldlabs.add(fieldlab, draft)
    practice = factories.PracticeFactory(project=project)
    factories.PracticeFactory(project=project, draft=True)
    page = visitor.get("/en/agenda/slim-licht/")
    assert (page.status_code, page.context["may_edit"]) == (200, False)
    assert list(page.context["milestones"]) == [first, later]
    assert (list(page.context["fieldlabs"]), list(page.context["practices"])) == ([fieldlab], [practice])
    words = shown(page)
    assert [
        text
        for text in ("Smart light", project.lead.name, "Gemeente Partner", "Later", "2 June 2026")
        if text not in words
    ] == []


def test_fieldlab_and_practice_link_back(visitor, project):
    hidden = factories.ProjectFactory(is_published=False)
    fieldlab = factories.FieldlabFactory()
    fieldlab.projects.add(project, hidden)
    practice, other = factories.PracticeFactory(project=project), factories.PracticeFactory(project=hidden)
    link = '<a class="nl-link" href="/agenda/slim-licht/">Slim licht</a>'
    pages = [visitor.get(thing.get_absolute_url()).content.decode() for thing in (fieldlab, practice, other)]
    assert [page.count(link) for page in pages] == [1, 1, 0]
    assert [hidden.get_absolute_url() in page for page in pages] == [False, False, False]


def test_markup_in_a_text_is_shown_as_text(visitor):
    factories.ProjectFactory(slug="x", text_nl="<script>alert(1)</script> **vet**")
    page = visitor.get("/agenda/x/").content.decode()
    assert ("<script>alert" in page, "<strong>vet</strong>" in page) == (False, True)


def test_draft_is_seen_by_staff_and_its_lead_only(everyone, own_draft):
    statuses = {who: client.get("/agenda/concept/").status_code for who, client in everyone.items()}
    assert statuses == {
        "visitor": 404, "stranger": 404, "representative": 200, "editor": 404,
        "secretariat": 200, "programme": 200, "reviewer": 404, "administrator": 200,
    }  # fmt: skip


def test_missing_project_is_missing(administrator):
    for path in ("", "bewerken/", "publiceren/"):
        assert administrator.post(f"/agenda/geen/{path}").status_code == (404 if path else 405)
    assert administrator.get("/agenda/geen/").status_code == 404


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("", "post", "GET, HEAD"),
        ("nieuw/", "delete", "GET, HEAD, POST"),
        ("slim-licht/", "post", "GET, HEAD"),
        ("slim-licht/bewerken/", "delete", "GET, HEAD, POST"),
        ("slim-licht/publiceren/", "get", "POST"),
    ],
)
def test_wrong_method_is_refused(administrator, project, path, method, allowed):
    answer = getattr(administrator, method)(f"/agenda/{path}")
    assert (answer.status_code, answer["Allow"]) == (405, allowed)


# Who keeps it


def test_who_may_start_and_edit(everyone, project, own_draft):
    users = {who: client.get("/agenda/").wsgi_request.user for who, client in everyone.items()}
    staff = {"secretariat", "programme", "administrator"}
    assert {who for who, user in users.items() if can_start_project(user)} == staff | {"representative"}
    assert {who for who, user in users.items() if can_edit_project(user, own_draft)} == staff | {
        "representative"
    }
    assert {who for who, user in users.items() if can_edit_project(user, project)} == staff


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("nieuw/", "get"),
        ("nieuw/", "post"),
        ("slim-licht/bewerken/", "get"),
        ("slim-licht/bewerken/", "post"),
        ("slim-licht/publiceren/", "post"),
    ],
)
def test_others_may_not(everyone, project, path, method):
    address = f"/agenda/{path}"
    data = answers(project.lead, title_nl="Gekaapt") | {"shown": "0"}
    for who in ("stranger", "editor", "reviewer", *(["representative"] if "slim" in path else [])):
        assert getattr(everyone[who], method)(address, data).status_code == 403
    away = getattr(everyone["visitor"], method)(address, data)
    assert (away.status_code, away.url.split("?")[0]) == (302, sign_in_before(address).split("?")[0])
    project.refresh_from_db()
    assert (project.title_nl, project.is_published, Project.objects.count()) == ("Slim licht", True, 1)


def test_signatory_starts_a_project_with_milestones(representative):
    theme = factories.ThemeFactory()
    partner = factories.SignatureFactory(published=True).organisation
    rows = [{"title_nl": "Start", "due_on": "2027-01-15"}, {"title_nl": "", "due_on": ""}]
    answer = representative.post(
        english("alliance:project_create"),
        answers(representative.organisation, milestones=rows, themes=[theme.pk], partners=[partner.pk]),
    )
    made = Project.objects.get()
    assert (answer.status_code, answer.url) == (302, "/en/agenda/nieuw-project/")
    assert messages_of(answer) == [
        ("success", "The project is kept as a draft. Publish it when it is ready.")
    ]
    assert (made.slug, made.is_published, list(made.themes.all()), list(made.partners.all())) == (
        "nieuw-project",
        False,
        [theme],
        [partner],
    )
    assert list(made.milestones.values_list("title_nl", "due_on", "reached_on")) == [
        ("Start", date(2027, 1, 15), None)
    ]


def test_representative_leads_with_an_own_organisation_only(representative):
    other = factories.SignatureFactory(published=True).organisation
    page = representative.post("/agenda/nieuw/", answers(other))
    assert (page.status_code, list(page.context["form"].errors), Project.objects.count()) == (
        200,
        ["lead"],
        0,
    )


def test_representative_of_who_did_not_sign_cannot_start(stranger):
    user = stranger.get("/agenda/").wsgi_request.user
    factories.MembershipFactory(user=user)
    assert stranger.get("/agenda/nieuw/").status_code == 403


def test_staff_choose_any_signatory(programme):
    lead, unsigned = factories.SignatureFactory(published=True).organisation, factories.OrganisationFactory()
    assert programme.post("/agenda/nieuw/", answers(unsigned)).status_code == 200
    assert programme.post("/agenda/nieuw/", answers(lead)).status_code == 302
    assert Project.objects.get().lead == lead


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title_nl": ""}, "title_nl"),
        ({"summary_nl": "x" * 601}, "summary_nl"),
        ({"phase": "x"}, "phase"),
        ({"lead": ""}, "lead"),
    ],
)
def test_wrong_answers_keep_what_was_typed(representative, changes, wrong):
    page = representative.post("/agenda/nieuw/", answers(representative.organisation) | changes)
    assert (page.status_code, list(page.context["form"].errors), Project.objects.count()) == (200, [wrong], 0)
    assert page.context["form"][wrong].value() == changes[wrong]


def test_lead_is_not_also_a_partner(representative):
    own = representative.organisation
    page = representative.post("/agenda/nieuw/", answers(own, partners=[own.pk]))
    assert list(page.context["form"].errors) == ["partners"]


def test_wrong_milestone_keeps_everything_back(representative, own_draft):
    rows = [{"title_nl": "Zonder dag", "due_on": ""}]
    page = representative.post(
        "/en/agenda/concept/bewerken/", answers(own_draft.lead, milestones=rows, title_nl="Anders")
    )
    assert page.status_code == 200
    assert [list(form.errors) for form in page.context["form"].milestones] == [["due_on"]]
    assert 'href="#id_milestones-0-due_on"' in page.content.decode()
    own_draft.refresh_from_db()
    assert (own_draft.title_nl, Milestone.objects.count()) == ("Concept", 0)


def test_form_without_its_milestones_is_refused_not_broken(representative):
    data = {
        name: value for name, value in answers(representative.organisation).items() if "FORMS" not in name
    }
    assert representative.post("/agenda/nieuw/", data).status_code == 200
    assert Project.objects.count() == 0


def test_lead_changes_reaches_and_removes_milestones(representative, own_draft):
    kept, gone = factories.MilestoneFactory.create_batch(2, project=own_draft)
    rows = [
        {"id": kept.pk, "title_nl": "Bereikt", "due_on": "2026-01-01", "reached_on": "2026-01-02"},
        {"id": gone.pk, "title_nl": "Weg", "due_on": "2026-01-01", "DELETE": "on"},
        {"title_nl": "Erbij", "due_on": "2027-01-01"},
    ]
    answer = representative.post(
        english("alliance:project_edit", "concept"),
        answers(own_draft.lead, milestones=rows, title_nl="Anders", phase="running"),
    )
    assert messages_of(answer) == [("success", "The project is changed.")]
    own_draft.refresh_from_db()
    assert (own_draft.title_nl, own_draft.phase, own_draft.slug, answer.url) == (
        "Anders",
        "running",
        "concept",
        "/en/agenda/concept/",
    )
    assert list(own_draft.milestones.values_list("title_nl", "reached_on")) == [
        ("Bereikt", date(2026, 1, 2)),
        ("Erbij", None),
    ]


def test_milestone_of_another_project_cannot_be_changed(representative, own_draft):
    other = factories.MilestoneFactory(title_nl="Van een ander")
    rows = [{"id": other.pk, "title_nl": "Gekaapt", "due_on": "2026-01-01"}]
    representative.post("/agenda/concept/bewerken/", answers(own_draft.lead, milestones=rows))
    before = (other.title_nl, other.project_id)
    other.refresh_from_db()
    assert (other.title_nl, other.project_id) == before


def test_edit_page_shows_rows_for_new_milestones(representative, own_draft):
    factories.MilestoneFactory(project=own_draft)
    page = representative.get("/agenda/concept/bewerken/")
    assert (page.status_code, len(page.context["form"].milestones.forms)) == (200, 4)


def test_lead_publishes_and_takes_back(representative, own_draft, visitor):
    address = english("alliance:project_publish", "concept")
    shown_answer = representative.post(address, {"shown": "1"})
    assert messages_of(shown_answer) == [("success", "The project is on the agenda.")]
    assert visitor.get("/agenda/concept/").status_code == 200
    assert messages_of(representative.post(address, {"shown": "0"}))[-1] == (
        "success",
        "The project is a draft again.",
    )
    assert visitor.get("/agenda/concept/").status_code == 404


def test_every_change_is_in_the_audit_log(representative, own_draft):
    representative.post("/agenda/concept/publiceren/", {"shown": "1"})
    newest = history(own_draft)[0]
    assert (newest.by, newest.fields) == (representative.user, ("is_published",))


# Its place in the other apps


def test_fieldlab_is_planned_with_its_projects(project):
    form = FieldlabForm(instance=factories.FieldlabFactory())
    assert list(form.fields["projects"].queryset) == [project]


def test_practice_names_a_published_project(project):
    hidden = factories.ProjectFactory(is_published=False)
    form = PracticeForm(instance=factories.PracticeFactory(draft=True), revision=1)
    assert list(form.fields["project"].queryset) == [project]
    own = PracticeForm(instance=factories.PracticeFactory(draft=True, project=hidden), revision=1)
    assert set(own.fields["project"].queryset) == {project, hidden}


def test_agenda_is_in_the_main_navigation_and_the_sitemap(visitor, project):
    factories.ProjectFactory(slug="geheim", is_published=False)
    assert 'href="/agenda/"' in visitor.get("/").content.decode()
    sitemap = visitor.get("/sitemap.xml").content.decode()
    assert ("/agenda/slim-licht/" in sitemap, "/agenda/geheim/" in sitemap) == (True, False)
