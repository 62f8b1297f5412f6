"""Editors move practices a little up or down in search, after seeing what that does, and never over relevance."""

import pytest

from knowledgebase.actions import tag as tags
from knowledgebase.models import Boost, Practice
from smartsociety.core.audit import history
from smartsociety.core.search.explanation import explanation
from smartsociety.core.search.finding import find
from smartsociety.core.search.models import Entry
from tests import factories
from tests.database import refused_by

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/zoekwoorden/voorrang/", "/beheer/zoekwoorden/voorrang/nieuw/"


@pytest.fixture
def practices() -> dict[str, Practice]:
    """Three that answer a search as well as each other; the newest comes first."""
    return {
        title: factories.PracticeFactory(title=title)
        for title in ("Warmtenet noord", "Warmtenet zuid", "Warmtenet oost")
    }


def found(text: str = "warmtenet") -> list[str]:
    """Last words of titles, the best first."""
    return [row.title.split()[-1] for row in Practice.objects.published().search(text)]


def test_precedence_goes_along_when_tags_are_merged():
    by, (goes, stays, other) = factories.UserFactory(), factories.TagFactory.create_batch(3)
    factories.BoostFactory(practice=None, tag=goes)
    tags.merge(tag=goes, into=stays, by=by)
    assert Boost.objects.values_list("tag", "direction").get() == (stays.pk, 1)
    factories.BoostFactory(practice=None, tag=other, direction=-1)
    tags.merge(tag=stays, into=other, by=by)
    assert Boost.objects.values_list("tag", "direction").get() == (other.pk, -1)


def test_practice_moves_up_or_down_among_its_equals(practices):
    assert found() == ["oost", "zuid", "noord"]
    boost = factories.BoostFactory(practice=practices["Warmtenet noord"])
    assert found() == ["noord", "oost", "zuid"]
    boost.direction = Boost.Direction.DOWN
    boost.save()
    factories.BoostFactory(practice=practices["Warmtenet zuid"])
    assert found() == ["zuid", "oost", "noord"]
    Boost.objects.all().delete()
    assert found() == ["oost", "zuid", "noord"]


@pytest.mark.parametrize("name", ["tag", "theme"])
def test_all_with_a_tag_or_theme_move(practices, name):
    """Each has one, so that all texts are as long."""
    factory = factories.TagFactory if name == "tag" else factories.ThemeFactory
    raised, plain = factory.create_batch(2)
    for title, practice in practices.items():
        getattr(practice, f"{name}s").add(raised if title == "Warmtenet noord" else plain)
    factories.BoostFactory(practice=None, **{name: raised})
    assert found() == ["noord", "oost", "zuid"]
    getattr(practices["Warmtenet zuid"], f"{name}s").set([raised])
    assert found() == ["zuid", "noord", "oost"]


def test_better_answer_stays_above_what_has_precedence(practices):
    factories.BoostFactory(practice=practices["Warmtenet noord"])
    assert found("warmtenet oost")[0] == "oost"


@pytest.mark.parametrize(
    ("practice", "tag", "theme", "step"),
    [(1, 1, 1, 1), (-1, 1, 0, 0), (-1, -1, 1, -1), (0, 0, -1, -1), (-1, 1, 1, 1)],
)
def test_several_add_up_to_one_step_at_most(practice, tag, theme, step):
    row = factories.PracticeFactory(title="Warmtenet", published_at="2020-01-01T12:00Z")
    find("warmtenet")
    before = Entry.objects.get(title="Warmtenet").prior
    row.tags.add(factories.TagFactory())
    row.themes.add(factories.ThemeFactory())
    subjects = {"practice": row, "tag": row.tags.get(), "theme": row.themes.get()}
    for (name, subject), direction in zip(subjects.items(), (practice, tag, theme), strict=True):
        if direction:
            factories.BoostFactory(**{"practice": None, name: subject}, direction=direction)
    find("warmtenet")
    assert Entry.objects.get(title="Warmtenet").prior == pytest.approx(before + step / 2)


def test_explanation_tells_what_editors_gave(practices, reviewer):
    factories.BoostFactory(practice=practices["Warmtenet noord"])
    first, second, *_rest = explanation(find("warmtenet", [1]), [1]).results
    assert (first.given, second.given) == (pytest.approx(0.03), 0)
    assert first.prior == pytest.approx(second.prior + 0.03)
    html = reviewer.get("/beheer/zoekwoorden/uitleg/", {"q": "warmtenet"}).content.decode()
    assert html.count("0,030 voorrang van de redactie") == 1


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("one_step", {"direction": 2}),
        ("one_step", {"direction": 0}),
        ("of_one_thing", {"practice": None}),
    ],
)
def test_rule_is_kept(rule, fields):
    with refused_by(f"knowledgebase_boost_{rule}"):
        factories.BoostFactory(**fields)


def test_boost_is_of_one_thing():
    with refused_by("knowledgebase_boost_of_one_thing"):
        factories.BoostFactory(tag=factories.TagFactory())


def test_editor_gives_changes_and_takes_precedence(reviewer, practices):
    assert "Niets heeft voorrang" in reviewer.get(LIST).content.decode()
    sent = {"practice": "Warmtenet noord", "direction": "1", "reason": "Nieuw thema", "question": ""}
    response = reviewer.post(NEW, sent)
    assert (response.status_code, response.url) == (302, LIST)
    boost = Boost.objects.get()
    assert (boost.practice, boost.direction, boost.reason) == (practices["Warmtenet noord"], 1, "Nieuw thema")
    assert [(change.kind, change.by) for change in history(boost)] == [("insert", reviewer.user)]
    html = reviewer.get(LIST).content.decode()
    assert "Nieuw thema" in html
    assert "Iets hoger" in html
    address = f"{LIST}{boost.pk}/"
    assert (
        reviewer.post(address, {"direction": "-1", "reason": "", "practice": "Warmtenet oost"}).status_code
        == 302
    )
    boost.refresh_from_db()
    assert (boost.practice, boost.direction) == (practices["Warmtenet noord"], -1)
    assert "Warmtenet noord" in reviewer.get(address).content.decode()
    assert "brengen" in reviewer.post(f"{address}weg/", follow=True).content.decode()
    assert Boost.objects.count() == 0
    assert reviewer.get(address).status_code == 404


def test_preview_shows_the_effect_on_real_searches_and_saves_nothing(reviewer, practices):
    for words, times in (("warmtenetten", 4), ("bomen", 9)):
        factories.AskedCountFactory(words=words, times=times)
    sent = {"practice": "Warmtenet noord", "direction": "1", "question": "warmtenet", "preview": "1"}
    preview = reviewer.post(NEW, sent).context["preview"]
    assert [(effect.words, effect.times) for effect in preview.shown] == [
        ("warmtenet", 0),
        ("warmtenetten", 4),
    ]
    assert [effect.words for effect in preview.unchanged] == ["bomen"]
    moved = [(place.then, place.before) for place in preview.shown[0].places]
    assert moved == [("Warmtenet noord", 3), ("Warmtenet oost", 1), ("Warmtenet zuid", 2)]
    assert Boost.objects.count() == 0
    assert found() == ["oost", "zuid", "noord"]
    reviewer.post(NEW, {name: value for name, value in sent.items() if name != "preview"})
    assert found() == [title.split()[-1] for title, _before in moved]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"practice": ""}, "Noem één ding"),
        ({"practice": "qqqqqq"}, "Niets heet zo"),
        ({"practice": "warmtenet"}, "Kies hieronder welke u bedoelt"),
        ({"tag": "licht"}, "Noem één ding"),
        ({"practice": "Warmtenet zuid"}, "Dit heeft al voorrang"),
        ({"direction": "2"}, "Selecteer een geldige keuze"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(reviewer, practices, fields, message):
    factories.BoostFactory(practice=practices["Warmtenet zuid"])
    tag = factories.TagFactory(name="Licht")
    fields = {name: tag.slug if name == "tag" else value for name, value in fields.items()}
    sent = {"practice": "Warmtenet noord", "direction": "1", "reason": "Omdat", **fields}
    html = reviewer.post(NEW, sent).content.decode()
    assert message in html
    assert "Omdat" in html
    assert Boost.objects.count() == 1
