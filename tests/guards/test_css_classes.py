"""Every class of the design systems that the markup names is in the stylesheet: a misspelt one styles nothing."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.guards.sources import ROOT, modules, templates

ATTRIBUTE = re.compile(r'class="([^"]*)"')
IN_PYTHON = re.compile(r'"([^"\n]*\b(?:nl|utrecht)-[^"\n]*)"')
LOGIC = re.compile(r"\{%.*?%\}")
# A class, or the beginning of one that the template completes itself: `nl-button--{{ variant }}`.
NAME = re.compile(r"(?:nl|utrecht)-[\w-]*(?:\{\{)?")
# Names packages, not classes.
BUNDLER = "assets.py"


@pytest.fixture(scope="module")
def styled() -> set[str]:
    """The classes that the stylesheet knows."""
    call_command("build_assets", verbosity=0)
    css = (settings.BASE_DIR / "build" / "static" / "css" / "portal.css").read_text()
    return set(re.findall(r"\.((?:nl|utrecht)-[\w-]+)", css))


def named_in(path) -> set[str]:
    """Classes, and beginnings of classes (with `{{`), that one file names."""
    text = path.read_text()
    values = ATTRIBUTE.findall(text) + (IN_PYTHON.findall(text) if path.suffix == ".py" else [])
    return {name for value in values for name in NAME.findall(LOGIC.sub(" ", value))}


FILES = [ROOT / "templates" / name for name in templates() if name.endswith(".html")]
FILES += [
    path for path in modules() if path.name != BUNDLER and re.search(r"\b(?:nl|utrecht)-", path.read_text())
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_class_that_the_markup_names_is_in_the_stylesheet(path, styled):
    missing = {
        name
        for name in named_in(path)
        if not (
            any(known.startswith(name[:-2]) for known in styled) if name.endswith("{{") else name in styled
        )
    }
    assert missing == set()
