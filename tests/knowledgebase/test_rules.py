"""Ground rules and standards: proposed, agreed at a fieldlab, revised, retired; every wording is kept."""

from datetime import date

import pytest

from knowledgebase.actions import rule as actions
from knowledgebase.models import GroundRule
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import refused_by, refused_saying

pytestmark = pytest.mark.django_db

STATES = ("proposed", "agreed", "revised", "retired")


def at(status: str, **fields) -> GroundRule:
    """A ground rule that stands there."""
    return factories.GroundRuleFactory(**({} if status == "proposed" else {status: True}), **fields)


@pytest.fixture
def outcome():
    """Where a fieldlab agreed on something."""
    return factories.OutcomeFactory(kind="ground_rule", fieldlab__held=True)


ACTIONS = {
    "agree": {"proposed": "agreed"},
    "reword": {"proposed": "proposed", "agreed": "revised", "revised": "revised"},
    "retire": {"proposed": "retired", "agreed": "retired", "revised": "retired"},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("status", STATES)
def test_action_leads_where_it_may(action, status, outcome):
    rule, user = at(status), factories.UserFactory()
    answers = {
        "agree": {"outcome": outcome, "agreed_on": date(2026, 3, 1)},
        "reword": {"revision": 1, "text": "- Nieuw.", "public_value": "Beter.", "reason": "Duidelijker."},
        "retire": {},
    }[action]
    if status not in ACTIONS[action]:
        with pytest.raises(InvalidTransition):
            getattr(actions, action)(rule=rule, by=user, **answers)
    else:
        getattr(actions, action)(rule=rule, by=user, **answers)
    rule.refresh_from_db()
    assert rule.status == ACTIONS[action].get(status, status)


def test_database_refuses_another_way():
    rule = at("retired")
    with refused_saying("Invalid transition"):
        GroundRule.objects.filter(pk=rule.pk).update(status="proposed")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("status_is_known", {"status": "dreamt"}),
        ("agreed_in_a_fieldlab", {"status": "agreed", "outcome": None}),
    ],
)
def test_database_refuses_a_rule(constraint, fields):
    with refused_by(f"knowledgebase_groundrule_{constraint}"):
        factories.GroundRuleFactory(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("is_unique", {"number": 1, "reason": "Weer."}), ("change_has_its_reason", {"number": 2, "reason": ""})],
)
def test_database_refuses_a_version(constraint, fields):
    rule = factories.GroundRuleFactory()
    with refused_by(f"knowledgebase_ruleversion_{constraint}"):
        factories.RuleVersionFactory(rule=rule, **fields)


def test_rule_shows_the_wording_that_holds_where_it_was_agreed_and_who_follows_it(visitor, outcome):
    rule = at("agreed", slug="tellen", title="Wij tellen", outcome=outcome)
    factories.RuleVersionFactory(rule=rule, number=2, text="- Nu beter.", reason="Duidelijker.")
    follower = factories.PracticeFactory(title="Drukte tonen")
    rule.practices.add(follower, factories.PracticeFactory(title="Verborgen", draft=True))
    text = visitor.get("/spelregels/tellen/").content.decode()
    for shown in ("Nu beter.", outcome.fieldlab.title, "Drukte tonen", "Duidelijker."):
        assert shown in text
    assert "Verborgen" not in text
    assert "Wij tellen" in visitor.get(follower.get_absolute_url()).content.decode()


def test_what_is_only_proposed_is_not_called_agreed(visitor):
    at("proposed", slug="voorstel"), at("retired", slug="oud")
    pages = [visitor.get(f"/en/spelregels/{slug}/").content.decode() for slug in ("voorstel", "oud")]
    assert [("What is proposed" in page, "Agreed on" in page) for page in pages] == [
        (True, False),
        (False, True),
    ]


def test_versions_are_compared_word_by_word(visitor):
    rule = factories.GroundRuleFactory(slug="tellen")
    factories.RuleVersionFactory(rule=rule, number=2, text="- Wij tellen fietsers.", reason="Preciezer.")
    page = visitor.get("/spelregels/tellen/vergelijken/1/")
    kinds = {(part.kind, part.text) for parts in page.context["paragraphs"] for part in parts}
    assert {("gone", "mensen."), ("new", "fietsers.")} <= kinds
    assert [visitor.get(f"/spelregels/tellen/vergelijken/{number}/").status_code for number in (2, 9)] == [
        404,
        404,
    ]
    assert visitor.get("/spelregels/weg/").status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Delen", "Tellen"]),
        ("q=mensen", ["Tellen"]),
        ("status=agreed", ["Delen"]),
        ("theme=water", ["Tellen"]),
    ],
)
def test_list_is_narrowed(visitor, query, titles):
    rule = factories.GroundRuleFactory(title="Tellen")
    rule.themes.add(factories.ThemeFactory(slug="water"))
    factories.RuleVersionFactory(rule=at("agreed", title="Delen", version=None), text="- Deel het.")
    page = visitor.get(f"/spelregels/?{query}")
    assert [row.title for row in page.context["page"]] == titles


def test_staff_propose_agree_reword_and_retire(programme, outcome):
    practice = factories.PracticeFactory(slug="drukte")
    programme.post(
        "/beheer/spelregels/nieuw/",
        {
            "title": "Wij tellen",
            "language": "nl",
            "text": "- Tellen.",
            "public_value": "Vrij.",
            "practices": f"https://www.example.nl/kennisbank/{practice.slug}/",
        },
    )
    rule = GroundRule.objects.get(slug="wij-tellen")
    assert list(rule.practices.all()) == [practice]
    programme.post(
        f"/beheer/spelregels/{rule.slug}/afgesproken/", {"outcome": outcome.slug, "agreed_on": "2026-03-01"}
    )
    programme.post(
        f"/beheer/spelregels/{rule.slug}/nieuwe-versie/",
        {"revision": 1, "text": "- Beter tellen.", "public_value": "Vrij.", "reason": "Duidelijker."},
    )
    rule.refresh_from_db()
    assert (rule.status, rule.outcome, rule.versions.count()) == ("revised", outcome, 2)
    programme.post(f"/beheer/spelregels/{rule.slug}/intrekken/")
    answer = programme.post(f"/beheer/spelregels/{rule.slug}/intrekken/", follow=True)
    rule.refresh_from_db()
    assert (rule.status, "Een collega was eerst" in answer.content.decode()) == ("retired", True)


def test_form_says_what_is_wrong_and_keeps_what_was_typed(programme):
    page = programme.post("/beheer/spelregels/nieuw/", {"title": "Wij tellen", "practices": "weg"})
    assert set(page.context["form"].errors) == {"language", "text", "public_value", "practices"}
    assert "Wij tellen" in page.content.decode()
    factories.GroundRuleFactory(slug="tellen")
    reword = programme.post(
        "/beheer/spelregels/tellen/nieuwe-versie/", {"revision": 1, "text": "x", "public_value": "y"}
    )
    assert list(reword.context["form"].errors) == ["reason"]


REWORD = "/en/beheer/spelregels/tellen/nieuwe-versie/"


def test_second_wording_is_shown_over_the_first_and_keeps_what_was_typed(programme, reviewer):
    rule = factories.GroundRuleFactory(
        slug="tellen", version__text="- Tellen.", version__public_value="Vrij."
    )
    typed = {"revision": 1, "text": "- Beter tellen.", "public_value": "Vrij.", "reason": "Duidelijker."}
    reviewer.post(REWORD, typed)
    page = programme.post(REWORD, typed | {"text": "- Anders tellen."})
    overtaken = page.context["overtaken"]
    assert (page.status_code, overtaken.by, rule.versions.count()) == (409, reviewer.user, 2)
    assert [difference.label for difference in overtaken.differences] == ["Text"]
    assert page.context["form"]["text"].value() == "- Anders tellen."
    again = typed | {"text": "- Anders tellen.", "revision": page.context["form"]["revision"].value()}
    programme.post(REWORD, again)
    assert rule.versions.first().text == "- Anders tellen."


def test_new_version_says_something_new(programme):
    rule = factories.GroundRuleFactory(
        slug="tellen", version__text="Tellen.\nDelen.", version__public_value="Vrij."
    )
    same = {"revision": 1, "text": "Tellen.\r\nDelen.", "public_value": "Vrij.", "reason": "Weer."}
    assert programme.post(REWORD, same).context["form"].errors == {
        "text": ["This is what version 1 says already. Change the text or the public value."]
    }
    assert rule.versions.count() == 1


def test_rule_is_not_agreed_in_the_future(programme, outcome):
    factories.GroundRuleFactory(slug="tellen")
    agreed = {"outcome": outcome.slug, "agreed_on": "2099-03-01"}
    page = programme.post("/en/beheer/spelregels/tellen/afgesproken/", agreed)
    assert page.context["form"].errors == {"agreed_on": ["Fill in a day from 1990 up to today."]}


def test_title_and_followers_change_without_another_wording(reviewer):
    rule = factories.GroundRuleFactory(slug="tellen")
    reviewer.post("/beheer/spelregels/tellen/", {"title": "Anders", "language": "nl"})
    rule.refresh_from_db()
    assert (rule.title, rule.versions.count()) == ("Anders", 1)
