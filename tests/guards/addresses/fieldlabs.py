"""Fieldlabs."""

from tests import factories
from tests.guards.addresses.columns import BUTTON, EVERYBODY, PROGRAMME, STAFF_BUTTON

TABLE = {
    "fieldlabs:fieldlab_list": ((), EVERYBODY),
    "fieldlabs:calendar": ((), EVERYBODY),
    "fieldlabs:fieldlab_detail": (("concept",), "404 404 404 404 404 200 404 200"),
    "fieldlabs:fieldlab_register": (("voorjaar",), "302 403 200 403 403 403 403 403"),
    "fieldlabs:registration_cancel": (("code",), BUTTON),
    "fieldlabs:outcome_list": (("voorjaar",), EVERYBODY),
    "fieldlabs:outcome_detail": (("voorjaar", "in-de-maak"), "404 404 404 404 404 200 404 200"),
    "fieldlabs:staff_fieldlab_list": ((), PROGRAMME),
    "fieldlabs:fieldlab_create": ((), PROGRAMME),
    "fieldlabs:fieldlab_edit": (("voorjaar",), PROGRAMME),
    "fieldlabs:fieldlab_move": (("voorjaar",), STAFF_BUTTON),
    "fieldlabs:outcome_create": (("voorjaar",), PROGRAMME),
    "fieldlabs:outcome_edit": (("voorjaar", "in-de-maak"), PROGRAMME),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    factories.FieldlabFactory(slug="concept", status="draft")
    factories.OutcomeFactory(slug="in-de-maak", fieldlab=factories.FieldlabFactory(slug="voorjaar"))
    return {}
