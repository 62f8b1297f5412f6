"""How far a practice spread, who learned it from whom, and which municipalities are like ours."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from knowledgebase.family import family
from knowledgebase.likeness import Area, Country
from knowledgebase.spreading import adoption_curve, reach
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db
SPREAD = "/en/kennisbank/laadpalen/verspreiding/"


def adopted(practice, name, *, learned_from=None, **fields):
    """An adoption by a new municipality."""
    return factories.AdoptionFactory(
        practice=practice, organisation__name=name, learned_from=learned_from, **fields
    )


def outline(members, depth=0):
    """The tree as indented names."""
    for member in members:
        yield f"{'-' * depth}{member.organisation.name}"
        yield from outline(member.learners, depth + 1)


# Who learned from whom


def test_family_begins_with_the_owner_and_follows_who_learned_from_whom(practice, ede):
    epe = adopted(practice, "Epe")
    urk = adopted(practice, "Urk", learned_from=epe.organisation)
    zwolle = adopted(practice, "Zwolle", learned_from=ede)
    tree = family([ede], [epe, urk, zwolle])
    assert list(outline(tree.roots)) == ["Ede", "-Epe", "--Urk", "-Zwolle"]
    assert [member.y for member in tree.members] == sorted({member.y for member in tree.members})
    assert (len(tree.lines), tree.width > tree.members[2].x) == (3, True)


def test_family_hangs_two_that_name_each_other_under_the_owner(practice, ede):
    epe = adopted(practice, "Epe")
    urk = adopted(practice, "Urk", learned_from=epe.organisation)
    type(epe).objects.filter(pk=epe.pk).update(learned_from=urk.organisation)
    epe.refresh_from_db()
    drawn = list(outline(family([ede], [epe, urk]).roots))
    assert sorted(name.strip("-") for name in drawn) == ["Ede", "Epe", "Urk"]
    assert drawn[0] == "Ede"


def test_family_without_owner_shows_every_adopter(practice):
    assert list(outline(family([], [adopted(practice, "Epe")]).roots)) == ["Epe"]


# Through time and over the country


def test_curve_counts_who_uses_it_on_each_day_on_which_that_changes(practice):
    first, second = adopted(practice, "Epe"), adopted(practice, "Urk")
    for adoption, stage, day in [
        (first, "interested", date(2024, 1, 1)),
        (first, "piloting", date(2024, 2, 1)),
        (second, "in_use", date(2024, 3, 1)),
        (first, "stopped", date(2024, 4, 1)),
    ]:
        why = "Te duur." if stage == "stopped" else ""
        factories.AdoptionStepFactory(adoption=adoption, stage=stage, reached_on=day, stop_reason=why)
    points = [(moment.date(), number) for moment, number in adoption_curve(practice)]
    assert points == [
        (date(2024, 2, 1), 1),
        (date(2024, 3, 1), 2),
        (date(2024, 4, 1), 1),
        (timezone.localdate(), 1),
    ]


def test_curve_of_nobody_is_empty(practice):
    factories.AdoptionStepFactory(adoption__practice=practice, stage="interested")
    assert adoption_curve(practice) == []


def test_reach_is_owners_and_who_uses_it_of_all_municipalities_of_today(practice, ede):
    type(ede).objects.filter(pk=ede.pk).update(inhabitants=100_000)
    adopted(practice, "Epe", organisation__inhabitants=50_000)
    adopted(practice, "Interesse", stage="interested", organisation__inhabitants=40_000)
    adopted(practice, "Bedrijf", organisation__kind="company", organisation__in_register=False)
    factories.OrganisationFactory(inhabitants=10_000)
    found = reach(practice)
    assert (found.municipalities, found.total, found.share) == (2, 4, 50.0)
    assert (found.inhabitants, found.total_inhabitants, found.inhabitants_share) == (150_000, 200_000, 75.0)


# Municipalities like ours


@pytest.mark.parametrize(
    ("inhabitants", "province", "score", "reasons"),
    [
        (30_000, "utrecht", 75, ["about as many inhabitants", "same province"]),
        (30_000, "zeeland", 50, ["about as many inhabitants"]),
        (240_000, "utrecht", 25, ["same province"]),
        (None, "zeeland", 0, []),
    ],
)
def test_likeness_is_half_size_and_a_quarter_province(inhabitants, province, score, reasons):
    ours = factories.OrganisationFactory(inhabitants=30_000, province="utrecht")
    other = factories.OrganisationFactory(inhabitants=inhabitants, province=province)
    found = Country().likeness(ours, other)
    assert (found.score, [str(reason) for reason in found.reasons]) == (score, in_dutch(reasons))


def in_dutch(reasons: list[str]) -> list[str]:
    """Tests run in Dutch."""
    words = {"about as many inhabitants": "ongeveer evenveel inwoners", "same province": "zelfde provincie"}
    return [words[reason] for reason in reasons]


def test_kind_of_area_follows_from_the_people_around():
    town = factories.OrganisationFactory(inhabitants=500_000, latitude="52.000", longitude="5.000")
    suburb = factories.OrganisationFactory(inhabitants=20_000, latitude="52.050", longitude="5.050")
    country = factories.OrganisationFactory(inhabitants=20_000, latitude="53.000", longitude="6.500")
    nowhere = factories.OrganisationFactory()
    areas = [Country().area_of(each) for each in (town, suburb, country, nowhere)]
    assert areas == [Area.URBAN, Area.URBAN, Area.RURAL, None]


def test_page_puts_the_most_alike_first(visitor, practice):
    far = adopted(practice, "Ver", organisation__province="zeeland", organisation__inhabitants=400_000)
    near = adopted(practice, "Dichtbij", organisation__province="utrecht")
    factories.OrganisationFactory(name="Wij", province="utrecht")
    page = visitor.get(f"{SPREAD}?gemeente=wij")
    assert [adoption for adoption, _likeness in page.context["adoptions"]] == [near, far]
    assert "The most like Wij come first." in shown(page)


def test_page_compares_with_the_own_municipality_by_itself(representative, practice):
    page = representative.get(SPREAD)
    assert page.context["ours"] == representative.organisation
    detail = representative.get("/en/kennisbank/laadpalen/")
    assert detail.context["fit"]["ours"] == representative.organisation
    assert f"How {representative.organisation.name} is like Ede" in shown(detail)


def test_page_says_that_it_does_not_know_a_municipality(visitor, practice):
    page = visitor.get(f"{SPREAD}?gemeente=Nergens")
    assert page.context["form"].errors == {"gemeente": ["We do not know a municipality with this name."]}
    assert 'value="Nergens"' in page.content.decode()


def test_name_of_two_municipalities_is_asked_further(visitor, practice):
    names = ("Bergen (NH.)", "Bergen (L.)")
    noord, limburg = [factories.OrganisationFactory(name=name, aliases=["Bergen"]) for name in names]
    page = visitor.get(f"{SPREAD}?gemeente=bergen")
    assert (page.context["ours"], page.context["form"].errors) == (
        None,
        {"gemeente": ["There are several municipalities with this name."]},
    )
    links = re.findall(r'href="(\?gemeente=[^"]*)"[^>]*>([^<]*)<', page.content.decode())
    assert [name for _query, name in links] == ["Bergen (L.)", "Bergen (NH.)"]
    assert [visitor.get(f"{SPREAD}{query}").context["ours"] for query, _name in links] == [limburg, noord]


def test_name_itself_comes_before_another_name(visitor, practice):
    named = factories.OrganisationFactory(name="Bergen")
    factories.OrganisationFactory(name="Bergen (L.)", aliases=["Bergen"])
    assert visitor.get(f"{SPREAD}?gemeente=Bergen").context["ours"] == named


def test_municipality_is_not_compared_with_itself(representative, visitor, practice):
    other = adopted(practice, "Aalten")
    mine = factories.AdoptionFactory(practice=practice, organisation=representative.organisation)
    page = representative.get(SPREAD)
    found = [(adoption, likeness.in_words) for adoption, likeness in page.context["adoptions"]]
    assert [adoption for adoption, _words in found] == [mine, other]
    assert shown(page).count("your organisation") == 1
    page = shown(visitor.get(f"{SPREAD}?gemeente={representative.organisation.name}"))
    assert ("the one you compare with" in page, "your organisation" in page) == (True, False)
    page = shown(visitor.get(f"{SPREAD}?gemeente=Ede"))
    assert page.count("the one you compare with") == 1


def test_owner_sees_no_fit_with_itself(representative):
    factories.PracticeFactory(slug="laadpalen", owner=representative.organisation)
    assert representative.get("/kennisbank/laadpalen/").context["fit"] is None


def test_page_of_an_archived_practice_still_tells_who_used_it(visitor, ede):
    practice = factories.PracticeFactory(slug="laadpalen", archived=True, owner=ede)
    adopted(practice, "Epe")
    page = visitor.get(SPREAD)
    assert (page.status_code, "Epe" in shown(page)) == (200, True)


def test_tomorrow_is_not_on_the_curve(practice):
    factories.AdoptionStepFactory(
        adoption__practice=practice, reached_on=timezone.localdate() - timedelta(days=1)
    )
    assert [number for _moment, number in adoption_curve(practice)] == [1, 1]
