"""Every list can be followed as a feed (Atom, RFC 4287): the same things as its page, by the same choices."""

import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import pgtrigger
import pytest

from alliance.models import Project
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def at(day: str) -> datetime:
    """Noon of that day."""
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)


# Per list two things, of which the first has the theme water, and one that visitors may not see.


def projects() -> None:
    water = factories.ProjectFactory(title_nl="Sloten", phase="running")
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.ProjectFactory(title_nl="Lantaarns", phase="idea")
    factories.ProjectFactory(title_nl="Geheim", is_published=False)


def signatories() -> None:
    water = factories.SignatureFactory(
        published=True, organisation__name="Ede", published_at=at("2026-02-01")
    )
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.SignatureFactory(
        published=True,
        organisation__name="Sensoria",
        organisation__kind="company",
        published_at=at("2026-01-01"),
    )
    factories.SignatureFactory(submitted=True, organisation__name="Geheim")


def fieldlabs() -> None:
    water = factories.FieldlabFactory(title_nl="Sloten", format="online")
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.FieldlabFactory(title_nl="Lantaarns", held=True, format="on_site")
    factories.FieldlabFactory(title_nl="Geheim", status="draft")


def cases() -> None:
    water = factories.CaseFactory(title="Sloten", created_at=at("2026-02-01"))
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.CaseFactory(title="Lantaarns", created_at=at("2026-01-01"))
    factories.CaseFactory(title="Geheim", status="withdrawn")


def outcomes() -> None:
    water = factories.OutcomeFactory(title="Sloten", kind="lesson")
    water.fieldlab.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.OutcomeFactory(title="Lantaarns", kind="result")
    factories.OutcomeFactory(title="Geheim", status="draft")


def practices() -> None:
    water = factories.PracticeFactory(
        title="Sloten", wanted=["tester"], wanted_note="Voor <mei>.", language="en"
    )
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.PracticeFactory(title="Lantaarns", wanted=["tester", "co_funder"])
    factories.PracticeFactory(title="Geheim", wanted=["tester"], draft=True)


def needs() -> None:
    water = factories.NeedFactory(title="Sloten", created_at=at("2026-02-01"), language="en")
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.NeedFactory(title="Lantaarns", created_at=at("2026-01-01"))
    factories.NeedFactory(title="Gevonden", status="found")
    factories.NeedFactory(title="Niet meer nodig", status="closed")


def collections() -> None:
    factories.CollectionFactory(title="Sloten", created_at=at("2026-02-01"))
    factories.CollectionFactory(title="Lantaarns", created_at=at("2026-01-01"))
    factories.CollectionFactory(title="Geheim", is_published=False)


def publications() -> None:
    water = factories.PublicationFactory(
        title="Sloten", kind="film", published_on=date(2020, 1, 1), created_at=at("2026-02-01")
    )
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.PublicationFactory(
        title="Lantaarns", published_on=date(2026, 1, 1), created_at=at("2026-01-02")
    )
    factories.PublicationFactory(title="Geheim", is_shown=False)


def rules() -> None:
    water = factories.GroundRuleFactory(title="Sloten", agreed=True)
    water.themes.add(factories.ThemeFactory(slug="water", name_nl="Water"))
    factories.GroundRuleFactory(title="Lantaarns")


def adoptions() -> None:
    factories.AdoptionFactory(practice__title="Sloten", stage="piloting", claimed_at=at("2026-02-01"))
    factories.AdoptionFactory(practice__title="Lantaarns", claimed_at=at("2025-02-01"))
    factories.AdoptionFactory(practice__title="Geheim", stage="interested")
    stopped = factories.AdoptionFactory(practice__title="Gestopt", stage="stopped", stop_reason="Te duur.")
    for stage, day in (("in_use", "2025-03-01"), ("stopped", "2025-06-01")):
        factories.AdoptionStepFactory(
            adoption=stopped,
            stage=stage,
            reached_on=day,
            stop_reason="Te duur." if stage == "stopped" else "",
        )


# Per list: its address, what is in it, and some choices with the titles that they keep.
LISTS = [
    ("/agenda/", projects, {"": 2, "theme=water": 1, "phase=idea&phase=stopped": 1, "q=sloten": 1}),
    ("/ondertekenaars/", signatories, {"": 2, "theme=water": 1, "helix=business&sort=name": 1, "q=ede": 1}),
    ("/fieldlabs/", fieldlabs, {"": 2, "theme=water": 1, "format=on_site": 1, "q=sloten": 1}),
    ("/fieldlabs/casussen/", cases, {"": 2, "theme=water": 1, "status=answered": 0, "q=sloten": 1}),
    ("/fieldlabs/opbrengsten/", outcomes, {"": 2, "theme=water": 1, "kind=result": 1, "q=sloten": 1}),
    ("/kennisbank/", practices, {"": 2, "theme=water": 1, "sought=co_funder": 1}),
    ("/kennisbank/gezocht/", practices, {"": 2, "wie=tester": 2, "wie=co_funder": 1, "wie=nobody": 2}),
    ("/kennisbank/zoekvragen/", needs, {"": 2, "theme=water": 1, "status=found": 1, "status=closed": 2}),
    ("/kennisbank/verzamelingen/", collections, {"": 2, "page=1": 2}),
    ("/kennisbank/publicaties/", publications, {"": 2, "theme=water": 1, "kind=film": 1, "q=lantaarns": 1}),
    ("/spelregels/", rules, {"": 2, "theme=water": 1, "status=agreed": 1, "q=lantaarns": 1}),
    (
        "/impact/overnames/",
        adoptions,
        {"": 2, "stage=piloting": 1, "year=2025": 1, "q=lantaarns": 1, "on=2025-04-01": 2},
    ),
]
ALL = [
    (address, make, query, number) for address, make, queries in LISTS for query, number in queries.items()
]
EACH = [pytest.param(address, make, id=address) for address, make, _queries in LISTS]


def feed_of(client, address: str, query: str = "") -> ET.Element:
    """The feed of the list at `address`."""
    answer = client.get(f"{address}atom.xml?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ET.fromstring(answer.content)  # noqa: S314 our own


def entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(feed)]


def link_of(element: ET.Element, rel: str = "alternate") -> str:
    """Where it leads, on this site."""
    (link,) = [each for each in element.findall(f"{ATOM}link") if each.get("rel") == rel]
    assert link.get("href").startswith("http://testserver/")
    return link.get("href").removeprefix("http://testserver")


def shown(client, address: str, query: str) -> list[str]:
    """Where the things on the page lead."""
    context = client.get(f"{address}?{query}").context
    things = [*context["page"], *(context.get("upcoming") or ())]
    if address == "/kennisbank/":
        things = list(factories.Practice.objects.filter(pk__in=things))
    return sorted(getattr(thing, "practice", thing).get_absolute_url() for thing in things)


@pytest.mark.parametrize(("address", "make", "query", "number"), ALL)
def test_feed_has_what_the_list_shows_by_the_same_choices(visitor, address, make, query, number):
    make()
    found = sorted(link_of(entry) for entry in entries(feed_of(visitor, address, query)))
    assert (found, len(found)) == (shown(visitor, address, query), number)


@pytest.mark.parametrize(("address", "make"), EACH)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_feed_is_valid(visitor, address, make, language):
    make()
    prefix = "/en" if language == "en" else ""
    feed = feed_of(visitor, prefix + address)
    assert (feed.tag, feed.get(LANG)) == (f"{ATOM}feed", language)
    assert (link_of(feed), link_of(feed, "self")) == (prefix + address, f"{prefix}{address}atom.xml")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Smart Society"
    for element in (feed, *entries(feed)):
        assert element.findtext(f"{ATOM}id").startswith("http")
        assert element.findtext(f"{ATOM}title").strip()
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated")).tzinfo
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(feed)]
    assert len(set(ids)) == len(ids) == 2
    assert ids == [entry.findtext(f"{ATOM}id") for entry in entries(feed_of(visitor, address))]
    moments = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) for entry in entries(feed)]
    assert address == "/kennisbank/" or moments == sorted(moments, reverse=True)


@pytest.mark.parametrize(("address", "make"), EACH)
def test_empty_feed_is_a_feed(visitor, address, make):
    assert entries(feed_of(visitor, address)) == []


@pytest.mark.parametrize(("address", "make"), EACH)
def test_list_leads_to_its_feed_with_the_choices(visitor, address, make):
    make()
    for query in ("", "?sort=x&theme=water"):
        page = visitor.get(f"{address}{query}").content.decode()
        feed = f'href="{address}atom.xml{query.replace("&", "&amp;")}'
        assert page.count(feed) == 2
        assert page.count('<link rel="alternate" type="application/atom+xml"') == 1


@pytest.mark.parametrize(("address", "make"), EACH)
def test_feed_is_only_read(visitor, address, make):
    assert visitor.post(f"{address}atom.xml").status_code == 405


@pytest.mark.parametrize(
    ("address", "make", "query", "title"),
    [
        ("/agenda/", projects, "theme=water&phase=running", "Agenda: Water, Loopt · Smart Society"),
        ("/fieldlabs/", fieldlabs, "theme=water", "Fieldlabs: Water · Smart Society"),
        ("/fieldlabs/casussen/", cases, "", "Casussen · Smart Society"),
        ("/kennisbank/gezocht/", practices, "wie=tester", "Gezocht: Een tester · Smart Society"),
        ("/kennisbank/zoekvragen/", needs, "", "Zoekvragen: Zoekt een oplossing · Smart Society"),
        ("/kennisbank/publicaties/", publications, "q=lantaarns", "Publicaties: lantaarns · Smart Society"),
    ],
)
def test_feed_names_its_choices(visitor, address, make, query, title):
    make()
    assert feed_of(visitor, address, query).findtext(f"{ATOM}title") == title


def test_feed_of_a_list_says_in_which_language_a_person_wrote(visitor):
    needs()
    assert [entry.get(LANG) for entry in entries(feed_of(visitor, "/kennisbank/zoekvragen/"))] == ["en", "nl"]


def test_feed_of_what_is_wanted_says_what_and_is_news_when_that_changes(visitor):
    practices()
    (entry,) = [each for each in entries(feed_of(visitor, "/kennisbank/gezocht/")) if each.get(LANG) == "en"]
    first = entry.findtext(f"{ATOM}id")
    assert entry.findtext(f"{ATOM}summary") == "<p>Voor &lt;mei&gt;.</p>"
    factories.Practice.objects.filter(title="Sloten").update(wanted=["co_funder"])
    (entry,) = [each for each in entries(feed_of(visitor, "/kennisbank/gezocht/")) if each.get(LANG) == "en"]
    assert entry.findtext(f"{ATOM}id") != first


def test_feed_of_the_agenda_begins_with_what_moved_last_and_knows_when_it_was_published(visitor):
    project = factories.ProjectFactory(title_nl="Sloten", is_published=False, phase="idea")
    other = factories.ProjectFactory(title_nl="Lantaarns", phase="idea")
    for change in ({"is_published": True}, {"phase": "finished"}):
        Project.objects.filter(pk=project.pk).update(**change)
    history = (
        Project.pgh_event_model.objects
    )  # in one transaction the clock stands still, so the moments are set
    days = ["2026-01-01", "2026-01-15", "2026-03-01"]
    with pgtrigger.ignore("alliance.ProjectEvent:append_only"):
        history.filter(pgh_obj=other).update(pgh_created_at=at("2026-02-01"))
        for event, day in zip(history.filter(pgh_obj=project).order_by("pk"), days, strict=True):
            history.filter(pk=event.pk).update(pgh_created_at=at(day))
    feed = feed_of(visitor, "/agenda/")
    assert titles(feed) == ["Sloten (Afgerond)", "Lantaarns (Idee)"]
    moments = [entries(feed)[0].findtext(f"{ATOM}{name}")[:10] for name in ("published", "updated")]
    assert moments == ["2026-01-15", "2026-03-01"]


def test_feed_of_publications_begins_with_what_came_last_however_old(visitor):
    publications()
    feed = feed_of(visitor, "/kennisbank/publicaties/")
    assert titles(feed) == ["Sloten", "Lantaarns"]
    assert entries(feed)[0].findtext(f"{ATOM}published") == "2020-01-01T00:00:00+01:00"


def test_feed_of_ground_rules_begins_with_what_was_worded_or_agreed_last(visitor):
    old, new = factories.GroundRuleFactory(title="Oud"), factories.GroundRuleFactory(title="Nieuw")
    old.versions.update(created_at=at("2026-01-01")), new.versions.update(created_at=at("2026-02-01"))
    assert titles(feed_of(visitor, "/spelregels/")) == ["Nieuw (Voorgesteld)", "Oud (Voorgesteld)"]
    factories.RuleVersionFactory(rule=old, number=2, reason="Duidelijker.", text="- Wij **tellen** niets.")
    feed = feed_of(visitor, "/spelregels/")
    assert titles(feed) == ["Oud (Voorgesteld)", "Nieuw (Voorgesteld)"]
    assert "<strong>tellen</strong> niets" in entries(feed)[0].findtext(f"{ATOM}summary")


def test_feed_of_adoptions_begins_with_what_moved_last(visitor):
    adoptions()
    moved = factories.Adoption.objects.get(practice__title="Lantaarns")
    before = titles(feed_of(visitor, "/impact/overnames/"))
    factories.AdoptionStepFactory(adoption=moved)
    after = titles(feed_of(visitor, "/impact/overnames/"))
    assert [title.split(": ")[1] for title in before] == ["Sloten (Pilot)", "Lantaarns (In gebruik)"]
    assert after == before[::-1]


def test_feed_stops_at_the_newest(visitor):
    factories.CollectionFactory.create_batch(31)
    assert len(entries(feed_of(visitor, "/kennisbank/verzamelingen/"))) == 30
