"""Addresses of objects."""

import pytest

from alliance.models import Theme
from smartsociety.core.slugs import unique_slug
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("'s-Gravenhage & omgeving", "s-gravenhage-omgeving"),
        ("!!!", "x"),
    ],
)
def test_slug_is_readable(text, slug):
    assert unique_slug(Theme, text) == slug


def test_slug_that_is_taken_gets_a_number():
    for slug in ("water", "water-2", "waterkwaliteit"):
        factories.ThemeFactory(slug=slug)

    assert unique_slug(Theme, "Water") == "water-3"


def test_slug_is_no_longer_than_asked():
    assert unique_slug(Theme, "woord " * 40, max_length=12) == "woord-woord"


def test_slug_never_hides_behind_a_word_of_an_address():
    assert unique_slug(Theme, "Nieuw") == "nieuw-2"
