"""Every rule that the database keeps is proven by a test that tries to break it."""

import pytest
from django.apps import apps

from tests.guards.sources import LABELS, ROOT

CONSTRAINTS = sorted(
    (model._meta.app_label, model._meta.model_name, constraint.name)
    for model in apps.get_models()
    if model._meta.app_label in LABELS
    for constraint in model._meta.constraints
)


@pytest.mark.parametrize(("app", "model", "name"), CONSTRAINTS)
def test_constraint_is_proven(app, model, name):
    """The whole name, or in a table its end."""
    sources = "".join(path.read_text() for path in (ROOT / "tests" / app).glob("test_*.py"))
    ending = name.removeprefix(f"{app}_{model}_")
    in_a_table = (f'refused_by(f"{app}_{model}_' in sources and f'"{ending}"' in sources) or (
        f'refused_by(f"{app}_{{' in sources and f'"{model}_{ending}"' in sources
    )
    assert (name in sources) or in_a_table, f"no test in tests/{app} breaks {name}"
