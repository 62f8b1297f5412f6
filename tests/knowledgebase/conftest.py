"""What the tests of the knowledge base have in common."""

import pytest

from tests import factories


@pytest.fixture
def ede(db):
    """A municipality that owns practices."""
    return factories.OrganisationFactory(name="Ede", slug="ede")


@pytest.fixture
def practice(ede):
    """Published, of Ede."""
    return factories.PracticeFactory(slug="laadpalen", title="Laadpalen vinden", owner=ede)
