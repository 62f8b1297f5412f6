"""A practice states which ground rules it follows: while writing, as a proposed change, and in its history."""

import pytest

from knowledgebase import actions
from knowledgebase.actions import writing
from knowledgebase.forms.practice import section_form
from knowledgebase.models import Practice, Proposal
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db
FORM = "/en/kennisbank/laadpalen/bewerken/regels/"
UNKNOWN = dict.fromkeys(
    ("legal_basis", "personal_data", "dpia", "algorithm", "sensors", "principles"), "unknown"
)


@pytest.fixture
def rule():
    """A ground rule in force."""
    return factories.GroundRuleFactory(agreed=True, title="Vergeet wat u niet nodig hebt")


def answers(*rules, **more):
    """What is sent with these rules ticked."""
    return UNKNOWN | {"revision": 0, "ground_rules": [rule.pk for rule in rules]} | more


def offered(client) -> list[str]:
    """The ground rules that the form shows."""
    field = client.get(FORM).context["form"].fields.get("ground_rules")
    return [str(label) for _value, label in field.choices] if field else []


def test_draft_states_at_once_which_rules_it_follows(editor, rule):
    practice = factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    editor.post(FORM, answers(rule))
    assert list(practice.ground_rules.all()) == [rule]
    editor.post(FORM, answers(revision=1))
    assert list(practice.ground_rules.all()) == []


def test_only_rules_in_force_are_offered_and_what_was_chosen_before(editor, rule):
    practice = factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    factories.GroundRuleFactory(title="Nog maar een voorstel")
    gone = factories.GroundRuleFactory(retired=True, title="Niet meer")
    assert offered(editor) == ["Vergeet wat u niet nodig hebt"]
    practice.ground_rules.add(gone)
    assert offered(editor) == ["Niet meer (retired)", "Vergeet wat u niet nodig hebt"]


def test_rule_that_is_not_in_force_is_refused(editor):
    factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    factories.GroundRuleFactory(agreed=True)
    page = editor.post(FORM, answers(factories.GroundRuleFactory()))
    assert list(page.context["form"].errors) == ["ground_rules"]


def test_nothing_is_asked_when_there_are_no_rules(editor):
    factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    assert offered(editor) == []


def test_each_rule_is_explained_and_linked(editor, rule):
    factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    form = section_form("regels")(instance=Practice.objects.get(), revision=0)
    drawn = str(form["ground_rules"])
    assert 'aria-describedby="id_ground_rules_0_helptext"' in drawn
    assert f'href="{rule.get_absolute_url()}"' in drawn
    assert rule.versions.get().public_value in shown(editor.get(FORM))


def test_published_practice_proposes_which_rules_it_follows(editor, reviewer, rule):
    practice = factories.PracticeFactory(slug="laadpalen", owner=editor.organisation)
    earlier = factories.GroundRuleFactory(agreed=True, title="Altijd open")
    practice.ground_rules.add(earlier)
    editor.post(FORM, answers(rule))
    proposal = Proposal.objects.get()
    assert (proposal.values, list(practice.ground_rules.all())) == ({"ground_rules": [rule.pk]}, [earlier])
    assert editor.get(FORM).context["form"]["ground_rules"].value() == [rule.pk]
    writing.submit_proposal(proposal=proposal, note="", by=editor.user)
    page = reviewer.get("/en/kennisbank/laadpalen/wijziging/")
    (difference,) = page.context["changed"]
    assert difference.label == "Ground rules it follows"
    assert [(part.kind, part.text) for part in difference.paragraphs[0]] == [
        ("gone", "Altijd open"),
        ("same", ", "),
        ("new", "Vergeet wat u niet nodig hebt"),
    ]
    address = "/en/beheer/praktijkvoorbeelden/laadpalen/wijziging/goedkeuren/"
    reviewer.post(address, page.context["seen"].initial)
    assert list(practice.ground_rules.all()) == [rule]


def test_page_shows_which_rules_are_followed(visitor, rule):
    practice = factories.PracticeFactory(slug="laadpalen")
    practice.ground_rules.add(rule)
    assert rule.title in shown(visitor.get("/kennisbank/laadpalen/"))


# Versions


def test_every_change_of_the_row_notes_what_it_is_linked_to(rule):
    practice, theme, tag = factories.PracticeFactory(), factories.ThemeFactory(), factories.TagFactory()
    practice.themes.add(theme)
    practice.tags.add(tag)
    practice.ground_rules.add(rule)
    Practice.objects.update(title="Anders")
    practice.refresh_from_db()
    assert practice.linked == {"themes": [theme.pk], "tags": [tag.pk], "ground_rules": [rule.pk]}


def test_history_tells_what_it_was_linked_to_and_gives_it_back(editor, rule):
    practice = factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    theme, project = factories.ThemeFactory(name_nl="Wonen", name_en="Housing"), factories.ProjectFactory()
    first = {"themes": [theme], "tags": ["licht"], "ground_rules": [rule], "project": project}
    writing.save_draft(practice=practice, revision=0, values=first, by=editor.user)
    nothing = {"themes": [], "tags": [], "ground_rules": [], "project": None}
    writing.save_draft(practice=practice, revision=1, values=nothing, by=editor.user)
    told = editor.get("/en/kennisbank/laadpalen/geschiedenis/").context["page"]
    latest, middle, _start = [each for each in told if each.is_text]
    assert [(d.label, d.paragraphs[0][0].text) for d in latest.differences] == [
        ("Themes", "Housing"),
        ("Project of the agenda", str(project)),
        ("Tags", "licht"),
        ("Ground rules it follows", rule.title),
    ]
    editor.post(f"/en/kennisbank/laadpalen/geschiedenis/{middle.number}/")
    practice.refresh_from_db()
    now = [list(getattr(practice, name).all()) for name in ("themes", "ground_rules")]
    assert (now, practice.tags.get().name, practice.project) == ([[theme], [rule]], "licht", project)


def test_history_begins_with_the_themes_that_the_project_gave(editor):
    theme, project = factories.ThemeFactory(), factories.ProjectFactory(is_published=True)
    project.themes.add(theme)
    words = {"title": "Dim lampen", "summary": "Kort.", "language": "nl"}
    practice = actions.start(organisation=editor.organisation, by=editor.user, project=project, **words)
    writing.save_draft(practice=practice, revision=0, values={"problem": "Licht."}, by=editor.user)
    told = editor.get(f"/en/kennisbank/{practice.slug}/geschiedenis/").context["page"]
    page = [each for each in told if each.is_text]
    assert [[told.label for told in version.differences] for version in page] == [
        ["Problem and occasion"],
        [],
    ]
    assert page[1].data["themes"] == [theme.pk]


def test_earlier_links_of_a_published_practice_are_proposed(editor, rule):
    practice = factories.PracticeFactory(slug="laadpalen", owner=editor.organisation)
    practice.ground_rules.add(rule)
    Practice.objects.update(result="Eerst.")
    practice.ground_rules.clear()
    Practice.objects.update(result="Daarna.")
    editor.post("/en/kennisbank/laadpalen/geschiedenis/2/")
    assert Proposal.objects.get().values == {"result": "Eerst.", "ground_rules": [rule.pk]}
    assert list(practice.ground_rules.all()) == []
