"""Imports run one way: core ◀ alliance ◀ fieldlabs ◀ knowledgebase ◀ the roof. Also those inside functions."""

import ast
from collections.abc import Iterator

import pytest

from tests.guards.sources import modules, name_of

# From the ground up: each may import what comes before it, and itself.
STOREYS = ("smartsociety.core", "alliance", "fieldlabs", "knowledgebase", "smartsociety")
# Read by settings before any app exists, so they stand on nothing.
GROUND = ("smartsociety.environment",)
# Inside an app: each room may import from the rooms before it, and its neighbours of the same row.
ROOMS = [
    {"models", "querysets", "use_querysets", "search", "permissions"},
    {"thread", "emails"},  # and each module that is named after what it knows, such as `matching`
    {"actions"},
    {"forms", "filters", "use_filters", "following", "digests", "feeds", "exports", "tasks"},
    {"views", "staff"},
    {
        "urls",
        "own_urls",
        "use_urls",
        "writing_urls",
        "library_urls",
        "search_urls",
        "admin",
        "sample",
        "register",
        "management",
        "apps",
    },
]
KNOWS = 1


def imports(source: str) -> Iterator[str]:
    """Every module that `source` names in an import, at any depth."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def storey(module: str) -> int | None:
    """On which storey `module` lies; None when it is not ours."""
    if module in GROUND or module.startswith(tuple(f"{name}." for name in GROUND)):
        return 0
    return next(
        (level for level, name in enumerate(STOREYS) if module == name or module.startswith(f"{name}.")), None
    )


def upward(module: str, source: str) -> list[str]:
    """What `module` imports from above its own storey."""
    here = storey(module)
    found = {
        imported for imported in imports(source) if (level := storey(imported)) is not None and level > here
    }
    return sorted(
        name for name in found if name != "smartsociety"
    )  # `from smartsociety import x` names x as well


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_module_imports_nothing_from_above(path):
    assert upward(name_of(path), path.read_text()) == []


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        (
            "alliance.models",
            "from fieldlabs.models import Fieldlab",
            ["fieldlabs.models", "fieldlabs.models.Fieldlab"],
        ),
        ("alliance.models", "def f():\n    import knowledgebase.search", ["knowledgebase.search"]),
        ("smartsociety.core.mail", "from smartsociety import views", ["smartsociety.views"]),
        ("smartsociety.core.mail", "from smartsociety.core import models", []),
        ("knowledgebase.views", "from alliance.models import Theme\nimport django", []),
    ],
)
def test_guard_sees_an_import_from_above(module, source, found):
    assert upward(module, source) == found


@pytest.mark.parametrize(
    "path", [path for path in modules() if storey(name_of(path)) in (1, 2, 3)], ids=name_of
)
def test_rooms_of_an_app_import_from_the_rooms_before_them(path):
    app, _dot, rest = name_of(path).partition(".")
    room = rest.partition(".")[0]
    if not room:
        return
    row = next((number for number, names in enumerate(ROOMS) if room in names), KNOWS)
    later = {name for names in ROOMS[row + 1 :] for name in names}
    own = {imported.split(".")[1] for imported in imports(path.read_text()) if imported.startswith(f"{app}.")}
    assert sorted(own & later) == []
