"""A status changes through its table of transitions: only `core.states` assigns it."""

import ast
from pathlib import Path

import pytest

from tests.guards.sources import modules, name_of

ALLOWED = {"smartsociety.core.states"}


def assignments(source: str) -> list[int]:
    """Lines that give a status to something: `x.status = …`, `setattr(x, "status", …)`, `update(status=…)`."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [name for target in targets for name in ast.walk(target)]
            hits = [name for name in names if isinstance(name, ast.Attribute) and name.attr == "status"]
            lines += [name.lineno for name in hits]
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = [argument.value for argument in node.args[1:2] if isinstance(argument, ast.Constant)]
            if called == "setattr" and named == ["status"]:
                lines.append(node.lineno)
            if called == "update" and any(keyword.arg == "status" for keyword in node.keywords):
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_the_table_of_transitions_assigns_a_status(path: Path):
    found = [f"{path.name}:{line}" for line in assignments(path.read_text())]
    assert (found == []) is (name_of(path) not in ALLOWED), found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("signature.status = 'published'", [1]),
        ("a, fieldlab.status = 1, 2", [1]),
        ("setattr(x, 'status', 'open')", [1]),
        ("Fieldlab.objects.update(status='open')", [1]),
        ("status = 'open'", []),
        ("Fieldlab.objects.create(status='open')", []),
        ("render(request, 'x.html', status=403)", []),
    ],
)
def test_guard_sees_an_assignment(source, lines):
    assert assignments(source) == lines
