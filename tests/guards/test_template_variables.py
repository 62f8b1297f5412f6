"""The watch that `tests/conftest.py` keeps over every test sees what it should, and no more."""

import pytest
from django.template import engines
from django.template.loader import render_to_string

from tests.strict_templates import unknown_variables


@pytest.fixture(autouse=True)
def known_variables():
    """The watch of all other tests would see these first."""


@pytest.mark.parametrize(
    ("source", "unknown"),
    [
        ("{{ nothing }}", ["nothing in unknown"]),
        ("{{ thing.nothing }}", ["nothing in unknown"]),
        ("{% if nothing %}x{% endif %}", ["nothing in unknown"]),
        ("{% if nothing == 1 or thing %}x{% endif %}", ["nothing in unknown"]),
        ("{{ thing.name }}{% if thing.empty %}x{% endif %}{{ empty|default:'x' }}", []),
    ],
)
def test_watch_notes_a_variable_that_is_not_there(source, unknown):
    with unknown_variables() as noted:
        engines["django"].from_string(source).render({"thing": {"name": "x", "empty": None}, "empty": ""})
    assert noted == unknown


def test_watch_lets_templates_of_others_be():
    with unknown_variables() as noted:
        render_to_string(
            "django/forms/widgets/email.html", {"widget": {"type": "email", "name": "x", "attrs": {}}}
        )
    assert noted == []


def test_watch_notes_ours():
    with unknown_variables() as noted:
        render_to_string("components/number.html", {"value": 1})
    assert {note.rpartition(" in ")[2] for note in noted} == {"components/number.html"}
