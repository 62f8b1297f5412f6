"""From what kind of organisation to what kind practices travel, and the list behind each number."""

import re
from datetime import date
from html import unescape

import pytest
from django.utils import timezone

from knowledgebase.travelling import ROW, flows, travelled
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db
LIST = "/en/impact/overnames/"
CLASSES = {
    "g5": {"cbs_code": "GM0599", "inhabitants": 600_000},
    "large": {"inhabitants": 100_000},
    "small": {"inhabitants": 99_999},
    "other": {"kind": "water_authority", "inhabitants": None},
}


def organisation(group: str, name: str):
    """One of this class."""
    return factories.OrganisationFactory(name=name, **CLASSES[group])


@pytest.fixture
def cast():
    """Rotterdam taught two, one of which taught a third; somebody is only interested."""
    people = {
        "g5": organisation("g5", "Rotterdam"),
        "large": organisation("large", "Ede"),
        "small": organisation("small", "Epe"),
        "other": organisation("other", "Rijn"),
    }
    practice = factories.PracticeFactory(title="Laadpalen", owner=people["g5"])
    factories.AdoptionFactory(practice=practice, organisation=people["large"])
    factories.AdoptionFactory(practice=practice, organisation=people["small"], learned_from=people["large"])
    factories.AdoptionFactory(practice=practice, organisation=people["other"], stage="piloting")
    factories.AdoptionFactory(practice=practice, stage="interested")
    factories.AdoptionFactory(practice__archived=True)
    return people


@pytest.mark.parametrize("group", CLASSES)
def test_organisation_is_of_one_class(group):
    owner, adopter = organisation(group, "Een"), organisation("small", "Twee")
    factories.AdoptionFactory(practice__owner=owner, organisation=adopter)
    row = travelled().get()
    assert (row.source, row.origin, row.target) == (owner.pk, group, "small")


def test_municipality_of_which_the_inhabitants_are_unknown_is_no_large_one():
    factories.AdoptionFactory(organisation__inhabitants=None)
    assert travelled().get().target == "small"


def test_practice_without_an_owner_came_from_another_organisation():
    factories.AdoptionFactory(practice=factories.PracticeFactory(external=True, owner=False))
    row = travelled().get()
    assert (row.source, row.origin) == (None, "other")


def test_owner_counts_once_however_many_there_are():
    practice = factories.PracticeFactory(owner=organisation("g5", "Rotterdam"))
    factories.PracticeOrganisationFactory(practice=practice, role="owner")
    factories.AdoptionFactory(practice=practice)
    assert [row.origin for row in travelled()] == ["g5"]


def test_flows_add_up_to_all_that_travelled(cast):
    found = flows()
    assert [(flow.origin, flow.target, flow.number) for flow in found.flows] == [
        ("g5", "large", 1),
        ("g5", "other", 1),
        ("large", "small", 1),
    ]
    assert [(line.value, line.total) for line in found.lines] == [("g5", 2), ("large", 1)]
    assert [(target, number) for target, _label, number in found.targets] == [
        ("large", 1),
        ("small", 1),
        ("other", 1),
    ]
    assert (found.total, found.from_g5_to_others, found.height) == (3, 2, 3 * ROW)


def test_g5_that_learns_from_the_g5_did_not_leave_it():
    other = factories.OrganisationFactory(cbs_code="GM0363")
    factories.AdoptionFactory(practice__owner=organisation("g5", "Rotterdam"), organisation=other)
    assert (flows().total, flows().from_g5_to_others) == (1, 0)


def test_band_is_as_wide_as_its_number(cast):
    narrow, _other, last = flows().flows
    assert narrow.width == last.width == 42.0  # of the 84 of the widest bundle, which has two


def test_nothing_travelled_has_no_flows(visitor):
    assert flows() is None
    assert "Who learned from whom" not in shown(visitor.get("/en/impact/"))


def test_flows_are_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        flows()


def test_every_number_is_that_of_the_list_behind_it(visitor, cast):
    text = visitor.get("/en/impact/").content.decode()
    text = text[text.index('id="flows"') :]
    links = re.findall(r'href="(/en/impact/overnames/[^"]*)">(\d+)[ <]', text)
    assert len(links) == 2 + 3 * 4  # two sentences; two lines and the sum, of three targets and the sum
    for address, number in links:
        page = visitor.get(unescape(address)).context["page"]
        assert (address, page.paginator.count) == (address, int(number))


def test_list_tells_from_whom_to_whom(visitor, cast):
    page = visitor.get(f"{LIST}?target=small")
    ((adoption, source, origin, target),) = page.context["rows"]
    assert (adoption.organisation, source) == (cast["small"], cast["large"])
    assert (str(origin), str(target)) == (
        "Municipality from 100,000",
        "Municipality up to 100,000",
    )
    assert "Laadpalen" in shown(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Ede", "Epe", "Rijn"}),
        ("origin=g5", {"Ede", "Rijn"}),
        ("origin=g5&target=large", {"Ede"}),
        ("origin=g5&origin=large", {"Ede", "Epe", "Rijn"}),
        ("stage=piloting", {"Rijn"}),
        (f"year={timezone.localdate().year}", {"Ede", "Epe", "Rijn"}),
        ("year=1999", {"Ede", "Epe", "Rijn"}),  # no choice, narrows nothing
        ("q=ep", {"Epe"}),
        ("q=laad", {"Ede", "Epe", "Rijn"}),
        ("target=nonsense", {"Ede", "Epe", "Rijn"}),
        ("target=g5", {"Ede", "Epe", "Rijn"}),
    ],
)
def test_list_is_narrowed(visitor, cast, query, names):
    rows = visitor.get(f"{LIST}?{query}").context["rows"]
    wanted = set() if query == "target=g5" else names
    assert {adoption.organisation.name for adoption, *_rest in rows} == wanted


def test_list_of_a_day_has_what_was_in_use_then(visitor, cast):
    """Also what stopped since, with how far it is now; the choices count the same."""
    practice = factories.PracticeFactory(title="Sensoren", owner=cast["g5"])
    adoption = factories.AdoptionFactory(
        practice=practice, organisation__name="Urk", stage="stopped", stop_reason="Te duur."
    )
    for stage, day in (("piloting", date(2024, 3, 1)), ("stopped", date(2025, 6, 2))):
        reason = "Te duur." if stage == "stopped" else ""
        factories.AdoptionStepFactory(adoption=adoption, stage=stage, reached_on=day, stop_reason=reason)
    found = {}
    for day in ("2024-02-29", "2024-03-01", "2025-06-01", "2025-06-02", "nonsense"):
        rows = visitor.get(f"{LIST}?on={day}").context["rows"]
        found[day] = {adoption.organisation.name for adoption, *_rest in rows}
    now = {"Ede", "Epe", "Rijn"}
    assert found == {
        "2024-02-29": set(),
        "2024-03-01": {"Urk"},
        "2025-06-01": {"Urk"},
        "2025-06-02": set(),
        "nonsense": now,
    }
    page = visitor.get(f"{LIST}?on=2025-06-01&year=2024")
    assert "Urk Municipality up to 100,000 1 March 2024 Stopped" in " ".join(shown(page).split())
    assert [choice.label for choice in page.context["filter"].choices] == [
        "2024",
        "In use or tried on 1 June 2025",
    ]
    assert [page.context["filter"].counts(name) for name in ("year", "stage")] == [
        {"2024": 1},
        {"stopped": 1},
    ]


def test_year_is_that_of_the_first_use(visitor, cast):
    adoption = factories.AdoptionFactory(practice__owner=cast["g5"], organisation__name="Urk", stage="in_use")
    for stage, year in (("interested", 2022), ("piloting", 2023), ("in_use", 2025)):
        factories.AdoptionStepFactory(adoption=adoption, stage=stage, reached_on=date(year, 3, 1))
    found = visitor.get(LIST).context["filter"]
    assert found.counts("year") == {str(timezone.localdate().year): 3, "2023": 1}
    assert [
        adoption.organisation.name for adoption, *_rest in visitor.get(f"{LIST}?year=2023").context["rows"]
    ] == ["Urk"]


def test_sentence_about_the_g5_leads_to_those_adoptions(visitor, cast):
    found = flows()
    page = visitor.get(f"{LIST}?{found.away_from_g5}").context["page"]
    assert page.paginator.count == found.from_g5_to_others == 2
    factories.AdoptionFactory.create_batch(2)
    assert visitor.get(f"{LIST}?{found.away_from_g5}").context["page"].paginator.count == 2


def test_choices_tell_how_many_they_give(visitor, cast):
    found = visitor.get(f"{LIST}?origin=g5").context["filter"]
    assert (found.counts("target"), found.counts("origin")) == (
        {"large": 1, "other": 1},
        {"g5": 2, "large": 1},
    )
    assert found.counts("year") == {str(timezone.localdate().year): 2}
