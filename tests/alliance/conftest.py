"""What the tests of the alliance have in common."""

import pytest

from tests import factories
from tests.alliance.companies import company
from tests.alliance.signing import Walk


@pytest.fixture
def declaration(db):
    """The text in force, version 1."""
    return factories.DeclarationFactory()


@pytest.fixture
def almere(db):
    """A municipality of the register that has not signed."""
    return factories.OrganisationFactory(
        name="Almere", slug="almere", province="flevoland", website="https://www.almere.example"
    )


@pytest.fixture
def answers(declaration, almere) -> dict:
    """What a signer of Almere fills in; valid as it is."""
    return {
        "version": "1",
        "organisation_name": "Almere",
        "signer_name": "Anna Aerts",
        "signer_function": "Wethouder",
        "signer_email": "anna@almere.example",
        "mandate_by": "College van B en W",
        "mandate_on": "2026-03-02",
        "statement": "Omdat samen leren sneller gaat.",
        "accepts": "on",
    }


@pytest.fixture
def walk(visitor, declaration, almere) -> Walk:
    """A visitor who began to sign."""
    return Walk(visitor)


@pytest.fixture
def kept(db):
    return company("Sensorhuis", kvk_number="12345678")


@pytest.fixture
def double(db):
    return company("SensorHuys", website="https://sensorhuis.example", email_domains=["sensorhuis.example"])


@pytest.fixture
def secretary(db):
    return factories.UserFactory(is_staff=True, roles=["secretariat"])
