"""What the tests of fieldlabs have in common."""

import pytest

from tests import factories


@pytest.fixture
def fieldlab(db):
    """Next month, open, two places."""
    return factories.FieldlabFactory(slug="voorjaar", title_nl="Voorjaar", title_en="Spring", capacity=2)


@pytest.fixture
def registered(fieldlab):
    """Makes a registration of a new representative, in the order of the calls."""

    def register(status="registered", **fields):
        membership = factories.MembershipFactory()
        given = {
            "fieldlab": fieldlab,
            "organisation": membership.organisation,
            "user": membership.user,
            "email": membership.user.email,
        }
        return factories.registration_at(status, **given | fields)

    return register


@pytest.fixture
def planner(db):
    """Programme staff."""
    return factories.UserFactory(is_staff=True, roles=["programme"])
