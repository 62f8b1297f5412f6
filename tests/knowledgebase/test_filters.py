"""Narrowing the knowledge base."""

import pytest

from alliance.models.organisation import SIZES
from knowledgebase.filters import PracticeFilter
from knowledgebase.models import Practice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices():
    """Three, different in all that can be chosen."""
    themes = {slug: factories.ThemeFactory(slug=slug) for slug in ("energie", "water")}
    rows = {
        "Warmte": (
            {"phase": "pilot", "cost_once": "none"},
            {"province": "utrecht", "inhabitants": 19_999},
            ["energie", "water"],
        ),
        "Regen": (
            {"phase": "stopped", "stop_reason": "Te duur."},
            {"province": "utrecht", "inhabitants": 20_000},
            ["water"],
        ),
        "Licht": (
            {"phase": "in_use", "cost_once": "gt_500k"},
            {"province": "zeeland", "inhabitants": 100_000},
            ["energie"],
        ),
    }
    for title, (fields, owner, slugs) in rows.items():
        practice = factories.PracticeFactory(
            title=title, owner=factories.OrganisationFactory(**owner), **fields
        )
        practice.themes.set([themes[slug] for slug in slugs])


def chosen(query: dict) -> list[str]:
    """Titles of the practices that `query` keeps, in alphabetical order, each as often as it is found."""
    found = PracticeFilter(query, queryset=Practice.objects.published().with_card_data())
    assert found.form.errors == {}
    return sorted(practice.title for practice in found.qs)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Licht", "Regen", "Warmte"]),
        ({"theme": ["water"]}, ["Regen", "Warmte"]),
        ({"theme": ["water", "energie"]}, ["Licht", "Regen", "Warmte"]),
        ({"phase": ["stopped"]}, ["Regen"]),
        ({"phase": ["pilot", "in_use"]}, ["Licht", "Warmte"]),
        ({"cost": ["none"]}, ["Warmte"]),
        ({"cost": ["unknown"]}, ["Regen"]),
        ({"size": ["s"]}, ["Warmte"]),
        ({"size": ["m"]}, ["Regen"]),
        ({"size": ["l"]}, []),
        ({"size": ["xl"]}, ["Licht"]),
        ({"province": ["utrecht"]}, ["Regen", "Warmte"]),
        ({"province": ["utrecht"], "size": ["m"], "phase": ["stopped"]}, ["Regen"]),
        ({"q": "warmte"}, ["Warmte"]),
        ({"q": "warmte", "theme": ["water", "energie"], "size": ["s"]}, ["Warmte"]),
    ],
)
def test_practices_are_narrowed(practices, query, titles):
    assert chosen(query) == titles


@pytest.mark.parametrize(
    "query", [{"theme": ["lost"]}, {"phase": ["dream"]}, {"size": ["xxl"]}, {"province": ["bavaria"]}]
)
def test_choice_that_does_not_exist_narrows_nothing(practices, query):
    found = PracticeFilter(query, queryset=Practice.objects.published())
    assert (list(found.form.errors), found.qs.count()) == (list(query), 3)


def test_sizes_join_without_gap_or_overlap():
    borders = [(low, high) for _label, low, high in SIZES.values()]
    assert [high for _low, high in borders[:-1]] == [low for low, _high in borders[1:]]
    assert (borders[0][0], borders[-1][1] > 1_000_000) == (0, True)
