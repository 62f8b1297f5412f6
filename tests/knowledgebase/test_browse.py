"""Browsing: counts beside every choice, orders, ways to look, files and the feed, all by the same choices."""

import csv
import io
import json
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from knowledgebase.cards import cards
from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice
from tests import factories

pytestmark = pytest.mark.django_db


def chosen(**query) -> PracticeFilter:
    """The list with these choices."""
    return PracticeFilter(query, queryset=Practice.objects.published())


def titles(filter_: PracticeFilter) -> list[str]:
    """In the order of the list."""
    return [practice.title for practice in filter_.practices(filter_.found)]


def practice(title: str, *, days: int = 1, **fields) -> Practice:
    """Published so many days ago."""
    return factories.PracticeFactory(
        title=title, published_at=timezone.now() - timedelta(days=days), **fields
    )


FACETS = {
    "phase": ("idea", {"phase": "idea"}),
    "cost": ("none", {"cost_once": "none"}),
    "block": ("knowledge", {"building_blocks": ["knowledge", "process"]}),
    "evidence": (
        "measured",
        {
            "evidence": "measured",
            "evidence_earned_on": date(2026, 1, 1),
            "evidence_ends_on": date(2036, 1, 1),
        },
    ),
    "sought": ("tester", {"wanted": ["tester", "co_funder"]}),
    "source": ("open", {"source_url": "https://code.example/"}),
    "licence": ("EUPL-1.2", {"licence": "EUPL-1.2"}),
    "ended": ("stopped", {"phase": "stopped", "stop_reason": "Te duur."}),
    "language": ("en", {"language": "en"}),
    "year": ("2019", {"published_at": timezone.now().replace(year=2019, month=6, day=1)}),
}


@pytest.mark.parametrize(("name", "wish"), FACETS.items(), ids=FACETS)
def test_facet_keeps_what_has_its_value_and_counts_it(name, wish):
    value, fields = wish
    factories.PracticeFactory(title="Ander")
    factories.PracticeFactory(title="Gezocht", **fields)
    factories.PracticeFactory(draft=True, **{key: fields[key] for key in fields if key != "published_at"})
    found = chosen(**{name: [value]})
    assert (titles(found), found.form.errors, found.counts(name)[value]) == (["Gezocht"], {}, 1)


ORGANISATIONS = {
    "province": ("zeeland", {"province": "zeeland"}),
    "size": ("m", {"inhabitants": 30_000}),
    "side": ("knowledge", {"kind": "university", "in_register": False}),
    "group": ("g5", {"cbs_code": "GM0599"}),
}


@pytest.mark.parametrize(("name", "wish"), ORGANISATIONS.items(), ids=ORGANISATIONS)
def test_facet_looks_at_the_owners_only(name, wish):
    value, fields = wish
    owner = factories.OrganisationFactory(**fields)
    factories.PracticeFactory(title="Gezocht", owner=owner)
    other = factories.PracticeFactory(title="Ander", owner=factories.OrganisationFactory(inhabitants=5_000))
    factories.PracticeOrganisationFactory(practice=other, organisation=owner, role="partner")
    assert titles(chosen(**{name: [value]})) == ["Gezocht"]


def test_facet_of_links():
    both = factories.PracticeFactory(title="Gezocht")
    both.themes.set([factories.ThemeFactory(slug="water"), factories.ThemeFactory(slug="energie")])
    both.tags.add(factories.TagFactory(slug="riolering", name="riolering"))
    factories.PracticeFactory(title="Ander")
    assert titles(chosen(theme=["water"])) == titles(chosen(tag=["riolering"])) == ["Gezocht"]
    assert chosen(theme=["water"]).counts("theme") == {"water": 1, "energie": 1}


def test_facet_of_origin():
    practice("Uit fieldlab", days=1, outcome=factories.OutcomeFactory())
    practice("Van agenda", days=2, project=factories.ProjectFactory())
    practice("Van elders", days=3, is_external=True, origin_url="https://elders.example/")
    practice("Zelf", days=4)
    assert titles(chosen(origin=["fieldlab"])) == ["Uit fieldlab"]
    assert titles(chosen(origin=["agenda", "external"])) == ["Van agenda", "Van elders"]
    assert titles(chosen(origin=["own"])) == ["Uit fieldlab", "Van agenda", "Zelf"]


def test_facet_of_spread_knows_what_is_stuck():
    """A year without a second municipality; another kind of organisation is no municipality."""
    stuck = practice("Vast", days=400)
    factories.AdoptionFactory(practice=stuck, organisation__kind="water_authority")
    factories.AdoptionFactory(practice=stuck, stage="interested")
    moved = practice("Gereisd", days=401)
    factories.AdoptionFactory(practice=moved)
    practice("Nieuw", days=20)
    practice("Bron", days=4000, external=True)  # nobody of ours could help it travel
    given_up = practice("Verlaten", days=402)
    factories.AdoptionFactory(practice=given_up, stage="stopped", stop_reason="Te duur.")
    assert titles(chosen(spread=["stuck"])) == ["Vast", "Verlaten"]
    assert titles(chosen(spread=["adopted"])) == ["Vast", "Gereisd"]
    assert titles(chosen(spread=["not_yet"])) == ["Nieuw", "Verlaten", "Bron"]
    assert titles(chosen(ended=["given_up"])) == ["Verlaten"]


def test_phase_of_what_comes_from_elsewhere_is_not_guessed():
    practice("Eigen", slug="eigen", phase="pilot")
    practice("Bron", slug="bron", external=True)
    assert list(Practice.objects.filter(phase="").values_list("slug", flat=True)) == ["bron"]
    assert titles(chosen(phase=["pilot"])) == ["Eigen"]
    assert chosen().counts("phase") == {"pilot": 1}
    own, other = (Practice.objects.get(slug=slug) for slug in ("eigen", "bron"))
    shown = ["Pilot" in card for card in cards([own.pk, other.pk], None)]
    assert (shown, own.phase_label, other.phase_label) == ([True, False], "Pilot", "")


def test_practice_without_a_phase_is_listed_compared_and_taken_along(visitor):
    practice("Eigen", slug="eigen", phase="pilot")
    practice("Bron", slug="bron", external=True)
    rows = json.loads(visitor.get("/kennisbank/praktijkvoorbeelden.json").content)["practices"]
    assert {row["title"]: row["phase"] for row in rows} == {"Eigen": "pilot", "Bron": ""}
    kinds = ("praktijkvoorbeelden.csv", "praktijkvoorbeelden.ods", "atom.xml", "?sort=newest", "bron/")
    pages = [
        f"/kennisbank/{kind}"
        for kind in (*kinds, "vergelijken/?p=eigen&p=bron", "bron/praktijkvoorbeeld.pdf")
    ]
    assert [visitor.get(page).status_code for page in pages] == [200] * len(pages)


def test_counts_stand_while_the_other_choices_stand():
    practice("Een", phase="pilot", cost_once="none")
    practice("Twee", phase="pilot", cost_once="lt_5k")
    practice("Drie", phase="idea", cost_once="none")
    found = chosen(phase=["pilot"], cost=["none"])
    assert titles(found) == ["Een"]
    assert found.counts("phase") == {"pilot": 1, "idea": 1}
    assert found.counts("cost") == {"none": 1, "lt_5k": 1}


def test_choices_of_one_facet_add_and_those_of_two_narrow():
    practice("Een", days=1, phase="pilot", cost_once="none")
    practice("Twee", days=2, phase="idea", cost_once="none")
    practice("Drie", days=3, phase="in_use", cost_once="none")
    assert titles(chosen(phase=["pilot", "idea"], cost=["none"])) == ["Een", "Twee"]


def test_list_has_its_orders():
    practice("Oud", days=30, checked_on=date(2026, 3, 1))
    busy = practice("Druk", days=20)
    factories.AdoptionFactory.create_batch(2, practice=busy)
    practice("Warmte", days=10, checked_on=date(2026, 5, 1), summary="Warmte en warmte.")
    practice("Nieuw", days=1, summary="Iets met warmte.")
    assert titles(chosen()) == ["Nieuw", "Warmte", "Druk", "Oud"]
    assert titles(chosen(sort="adopted")) == ["Druk", "Nieuw", "Warmte", "Oud"]
    assert titles(chosen(sort="checked"))[:2] == ["Warmte", "Oud"]
    assert titles(chosen(q="warmte")) == ["Warmte", "Nieuw"]
    assert titles(chosen(q="warmte", sort="newest")) == ["Nieuw", "Warmte"]
    assert titles(chosen(sort="relevance")) == titles(chosen(sort="nonsense")) == titles(chosen())
    assert [order.is_current for order in chosen(q="warmte").orders] == [True, False, False, False]


def test_queryset_is_narrowed_as_the_list_is():
    """For who needs one: a saved search that looks for what is new."""
    practice("Een", phase="idea")
    practice("Twee", phase="pilot")
    assert [row.title for row in chosen(phase=["idea"]).qs] == ["Een"]
    assert chosen().qs.count() == 2


def test_page_has_each_choice_with_its_count_and_each_chosen_one_to_take_away(visitor):
    practice("Een", phase="pilot")
    practice("Twee", phase="idea")
    page = visitor.get("/kennisbank/?phase=pilot&sort=adopted")
    text = page.content.decode()
    assert 'name="phase" value="pilot" id="phase-pilot" checked' in text
    assert 'Idee <span class="quiet">(1)</span>' in text
    assert [choice.without for choice in page.context["filter"].choices] == ["sort=adopted"]
    assert "Een</a>" in text
    assert "Twee</a>" not in text


def test_panel_shows_the_tags_that_give_most_and_the_chosen_one(visitor, monkeypatch):
    monkeypatch.setattr("smartsociety.core.facets.MOST_OPTIONS", 2)
    tags = [factories.TagFactory(name=name, slug=name) for name in "abcd"]
    for number in range(1, 4):
        practice(f"Een {number}").tags.set(tags[:number])
    practice("Los").tags.set(tags[3:])
    (group,) = (group for group in chosen(tag=["d"]).groups if group.name == "tag")
    assert [(option.value, option.number) for option in group.options] == [("a", 3), ("d", 1)]
    assert titles(chosen(tag=["c"])) == ["Een 3"]


def test_empty_list_tells_which_choice_to_drop(visitor):
    practice("Een", phase="pilot", cost_once="none")
    practice("Twee", phase="idea", cost_once="lt_5k")
    page = visitor.get("/kennisbank/?phase=pilot&cost=lt_5k")
    assert [(each.query, each.number) for each in page.context["filter"].loosened] == [
        ("cost=lt_5k", 1),
        ("phase=pilot", 1),
    ]
    assert 'href="?cost=lt_5k"' in page.content.decode()


def test_map_shows_where_practices_came_from_and_went(visitor):
    ede = factories.OrganisationFactory(name="Ede", latitude="52.05", longitude="5.66")
    epe = factories.OrganisationFactory(name="Epe", latitude="52.35", longitude="5.98")
    shown = practice("Een", owner=ede, phase="idea")
    factories.AdoptionFactory(practice=shown, organisation=epe)
    factories.AdoptionFactory(practice=practice("Twee", owner=epe), organisation__name="Elburg")
    page = visitor.get("/kennisbank/?view=map&phase=idea")
    places = page.context["map"]["places"]
    assert [(place.organisation, place.owned, place.adopted) for place in places] == [
        (ede, 1, 0),
        (epe, 0, 1),
    ]
    assert len(page.context["map"]["marks"]) == 2
    assert "Elburg" not in page.content.decode()


def test_files_hold_what_the_list_shows(visitor):
    owner = factories.OrganisationFactory(name="Ede", province="gelderland")
    practice("Een", owner=owner, phase="idea", wanted=["tester"])
    practice("Twee", phase="pilot")
    lines = visitor.get("/kennisbank/praktijkvoorbeelden.csv?phase=idea").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines), delimiter=";"))
    assert [(row["Titel"], row["Eigenaren"], row["Fase"]) for row in rows] == [("Een", "Ede", "Idee")]
    data = json.loads(visitor.get("/kennisbank/praktijkvoorbeelden.json?phase=idea").content)
    assert [(row["title"], row["phase"], row["wanted"]) for row in data["practices"]] == [
        ("Een", "idea", ["tester"])
    ]
    assert visitor.get("/kennisbank/praktijkvoorbeelden.ods").content[:2] == b"PK"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/kennisbank/praktijkvoorbeelden.pdf", 404),
        ("/kennisbank/praktijkvoorbeelden.csv?phase=dream", 400),
    ],
)
def test_file_that_is_not_there_is_refused(visitor, address, status):
    assert visitor.get(address).status_code == status


def test_files_and_feed_tell_nobody_s_address(visitor):
    practice("Een", contact_email="adviseur@gemeente.example")
    for address in ("praktijkvoorbeelden.json", "praktijkvoorbeelden.csv", "atom.xml"):
        assert b"adviseur@gemeente.example" not in visitor.get(f"/kennisbank/{address}").content


def test_feed_has_the_newest_that_the_choices_keep(visitor):
    practice("Oud", days=5, phase="idea")
    practice("Nieuw", days=1, phase="idea")
    practice("Ander", phase="pilot")
    answer = visitor.get("/kennisbank/atom.xml?phase=idea&sort=adopted")
    feed = ET.fromstring(answer.content)  # noqa: S314 our own
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")] == ["Nieuw", "Oud"]
    assert feed.findtext(f"{atom}title") == "Nieuwe praktijkvoorbeelden: Idee · Smart Society"
    itself = next(link for link in feed.iter(f"{atom}link") if link.get("rel") == "self")
    assert itself.get("href").endswith("/kennisbank/atom.xml?phase=idea&sort=adopted")


def test_index_is_read_once_while_nothing_changes(transactional_db, django_assert_num_queries):
    practice("Een", phase="idea")
    assert titles(chosen(phase=["idea"])) == ["Een"]
    with django_assert_num_queries(1):  # the version
        assert len(chosen(phase=["idea"]).found) == 1
    practice("Twee", phase="idea")
    assert titles(chosen(phase=["idea"])) == ["Twee", "Een"]
