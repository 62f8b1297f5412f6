"""Narrowing the list of signatories."""

import pytest

from alliance.filters import SignatoryFilter
from alliance.models import Organisation, Signature
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def energy():
    """A theme."""
    return factories.ThemeFactory(slug="energie")


@pytest.fixture
def signatories(energy):
    """Four that signed, different in all that can be chosen."""
    rows = {
        "Almere": {"province": "flevoland"},
        "Den Bosch": {"name": "'s-Hertogenbosch", "aliases": ["Den Bosch"], "province": "noord-brabant"},
        "Sensoria": {"kind": "company", "province": "flevoland"},
        "TU": {"kind": "university", "province": "zuid-holland"},
    }
    made = {name: factories.OrganisationFactory(**{"name": name} | fields) for name, fields in rows.items()}
    for name, organisation in made.items():
        signature = factories.SignatureFactory(organisation=organisation, published=True)
        if name in ("Almere", "TU"):
            signature.themes.add(energy)
    factories.SignatureFactory(organisation=made["Sensoria"], withdrawn=True).themes.add(energy)
    return made


def chosen(query: dict) -> set[str]:
    """Names of the signatories that `query` keeps."""
    found = SignatoryFilter(query, queryset=Organisation.objects.signatories())
    assert found.form.errors == {}
    return {organisation.name for organisation in found.qs}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"Almere", "'s-Hertogenbosch", "Sensoria", "TU"}),
        ({"q": "alm"}, {"Almere"}),
        ({"q": "den bosch"}, {"'s-Hertogenbosch"}),
        ({"q": "100%"}, set()),
        ({"q": "_lmere"}, set()),
        ({"helix": ["government"]}, {"Almere", "'s-Hertogenbosch"}),
        ({"helix": ["business", "knowledge"]}, {"Sensoria", "TU"}),
        ({"province": ["flevoland"]}, {"Almere", "Sensoria"}),
        ({"theme": ["energie"]}, {"Almere", "TU"}),
        ({"theme": ["energie"], "province": ["flevoland"], "q": "a"}, {"Almere"}),
    ],
)
def test_signatories_are_narrowed(signatories, query, names):
    assert chosen(query) == names


@pytest.mark.parametrize("query", [{"province": ["bavaria"]}, {"helix": ["church"]}, {"theme": ["lost"]}])
def test_choice_that_does_not_exist_narrows_nothing(signatories, query):
    found = SignatoryFilter(query, queryset=Organisation.objects.signatories())
    assert list(found.form.errors) == list(query)
    assert found.qs.count() == 4


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 0),
        ({"q": "alm"}, 0),
        ({"province": ["flevoland"], "q": "a"}, 1),
        ({"province": ["flevoland"], "helix": ["business"]}, 2),
    ],
)
def test_choices_of_the_panel_are_counted_without_the_words(db, query, count):
    assert SignatoryFilter(query, queryset=Organisation.objects.none()).active_count == count


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"kind": ["university", "company"]}, {"Sensoria", "TU"}),
        ({"brings": ["product"]}, {"Almere"}),
        ({"size": ["m"]}, {"Almere", "'s-Hertogenbosch"}),
        ({"size": ["xl"]}, set()),
        ({"version": ["1"]}, {"Almere", "'s-Hertogenbosch", "Sensoria", "TU"}),
        ({"q": "{"}, set()),
        ({"q": ","}, set()),
    ],
)
def test_signatories_are_narrowed_by_what_they_are_and_bring(signatories, query, names):
    Signature.objects.filter(organisation=signatories["Almere"]).update(contributes=["product"])
    Signature.objects.filter(status="withdrawn").update(contributes=["product"])
    assert chosen(query) == names


def test_counts_of_a_facet_leave_out_its_own_choice_and_heed_the_others(signatories, energy):
    found = SignatoryFilter(
        {"province": ["flevoland"], "helix": ["government"]}, queryset=Organisation.objects.signatories()
    )
    assert found.counts("province") == {"flevoland": 1, "noord-brabant": 1}
    assert found.counts("helix") == {"government": 1, "business": 1, "knowledge": 0, "society": 0}
    assert (found.counts("kind"), found.counts("theme")) == ({"municipality": 1}, {"energie": 1})
    assert found.counts("size") == {"s": 0, "m": 1, "l": 0, "xl": 0}
    assert found.counts("version") == {"1": 1}


def test_counts_are_what_the_choice_gives(signatories):
    everything = SignatoryFilter({}, queryset=Organisation.objects.signatories().with_card_data())
    for name in everything.facets:
        for value, number in everything.counts(name).items():
            if number:
                assert (name, value, len(chosen({name: [value]}))) == (name, value, number)
