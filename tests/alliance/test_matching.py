"""Whether two names are one organisation: examples, and what holds for any name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance.actions import enter_organisation
from alliance.matching import Described, already_signed, is_close, match, matches, matches_of, normalise
from alliance.models import Organisation
from tests import factories

# Words as names of organisations have them, none of which is a legal form or an article.
WORDS = st.text("abcdefghijklmnopqrstuvwxyzéèëïöüáç", min_size=3, max_size=12).filter(
    lambda word: normalise(f"{word} xyzzy") == f"{normalise(word)} xyzzy"
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
# What people do to a name that leaves it the same organisation.
SPELLINGS = [
    str.upper, str.title, str.swapcase,
    lambda name: f"  {name.replace(' ', '   ')} ", lambda name: f"{name}.", lambda name: name.replace(" ", "-"),
    lambda name: f"{name} B.V.", lambda name: f"{name} bv", lambda name: f"Stichting {name}",
    lambda name: f"{name} N.V.",
    lambda name: f"Gemeente {name}", lambda name: f"gemeente {name}", lambda name: f"De {name}",
    lambda name: f"Coöperatie {name} U.A.",
    lambda name: name.translate(str.maketrans("éèëïöüáç", "eeeiouac")),
]  # fmt: skip


@given(name=NAMES, changes=st.lists(st.sampled_from(SPELLINGS), max_size=4))
def test_any_spelling_of_a_name_is_the_same_organisation(name, changes):
    other = name
    for change in changes:
        other = change(other)
    assert normalise(other) == normalise(name)


@given(name=NAMES)
def test_normalising_twice_changes_nothing(name):
    assert normalise(normalise(name)) == normalise(name)


@given(text=st.text(max_size=60))
def test_normalising_takes_anything(text):
    assert isinstance(normalise(text), str)


@given(
    name=NAMES,
    other=NAMES,
    kvk=st.from_regex(r"\A[0-9]{8}\Z"),
    alias=NAMES,
    change=st.sampled_from(SPELLINGS),
)
def test_match_finds_a_name_an_alias_and_a_number_and_is_certain(name, other, kvk, alias, change):
    organisation = Organisation(name=name, kind="company", place="Ede", aliases=[alias], kvk_number=kvk)
    for said in (name, alias):
        found = match(Described(name=change(said), kind="company", place="EDE"), organisation)
        assert (found.reason, found.certain) == ("name", True)
    by_number = match(Described(name=other, kvk_number=kvk), organisation)
    assert (by_number.reason, by_number.certain) == ("number", True)


@given(name=NAMES, other=NAMES)
def test_being_close_works_both_ways(name, other):
    assert is_close(normalise(name), normalise(other)) == is_close(normalise(other), normalise(name))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Gemeente Den Bosch", "den bosch"), ("’s-Hertogenbosch", "s hertogenbosch"),
        ("AT&T Nederland N.V.", "at en t nederland"),
        ("Stichting", "stichting"), ("De Gemeente", "de gemeente"), ("Ĳsselstein", "ijsselstein"),
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("Provincie Utrecht", "provincie utrecht"), ("!?", ""), ("", ""),
    ],
)  # fmt: skip
def test_normalise_keeps_what_tells(name, key):
    assert normalise(name) == key


@pytest.mark.parametrize(
    ("one", "other", "close"),
    [
        ("sensoria", "sensoira", True), ("sensoria nederland", "sensorianederland", True), ("almere", "almelo", False),
        ("epe", "ede", False), ("basisschool 1", "basisschool 2", False), ("sensoria", "sensoria", True),
        ("zoetermeer", "wassenaar", False),
    ],
)  # fmt: skip
def test_close_is_a_slip_of_the_pen(one, other, close):
    assert is_close(one, other) is close


@pytest.mark.parametrize(
    ("described", "reason", "certain"),
    [
        (Described("Sensoria", kind="branch"), "name", False),
        (Described("Sensoria", kind="company", place="Epe"), "name", False),
        (Described("Sensoria", kvk_number="87654321"), "name", False),
        (Described("Anders", website="https://lab.sensoria.example/"), "domain", False),
        (Described("Anders", email="x@sensoria.example"), "domain", False),
        (Described("Anders", email="x@notsensoria.example"), None, None),
        (Described("Anders", email="x@gmail.com"), None, None),
        (Described("Anders"), None, None),
    ],
)
def test_match_says_how_sure_it_is(described, reason, certain):
    organisation = Organisation(
        name="Sensoria", kind="company", place="Ede", kvk_number="12345678", website="https://www.sensoria.example",
        email_domains=["gmail.com"],
    )  # fmt: skip
    found = match(described, organisation)
    assert (found and found.reason, found and found.certain) == (reason, certain)


@pytest.mark.django_db
def test_matches_begin_with_the_strongest():
    close = factories.OrganisationFactory(name="Sensoira", kind="company", in_register=False)
    number = factories.OrganisationFactory(
        name="Anders", kind="company", in_register=False, kvk_number="12345678"
    )
    same = factories.OrganisationFactory(name="Sensoria", kind="company", in_register=False)
    found = matches(Described("Sensoria", kind="company", kvk_number="12345678"))
    assert [one.organisation for one in found] == [number, same, close]
    assert [one.organisation for one in matches_of(same)] == [close]


@pytest.mark.django_db
def test_already_signed_looks_at_active_signatures_of_this_version_only():
    names = {}
    for status in ("unconfirmed", "submitted", "published", "on_hold", "rejected", "withdrawn", "expired"):
        organisation = factories.OrganisationFactory(
            name="Sensoria", kind="company", place=status, in_register=False
        )
        names[factories.signature_at(status, organisation=organisation).organisation.place] = status
    declaration = factories.DeclarationFactory()
    found = already_signed(Described("sensoria"), declaration)
    assert {one.organisation.place for one in found} == {"submitted", "published", "on_hold"}
    assert already_signed(Described("sensoria"), factories.DeclarationFactory(version=2)) == []


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, changes=st.lists(st.sampled_from(SPELLINGS), max_size=3))
def test_entering_an_organisation_again_in_any_spelling_is_the_same_one(name, changes):
    first = enter_organisation(name=name, kind="company", place="Ede")
    other = name
    for change in changes:
        other = change(other)
    assert enter_organisation(name=other[:120], kind="company", place="EDE") == first
