"""A file that grows past what one reads at once becomes two."""

from pathlib import Path

from tests.guards.sources import ROOT

ELSEWHERE = {".git", ".venv", ".local", "node_modules", "build", "migrations", "__pycache__"}
LIMITS = {".py": 400, ".css": 400, ".js": 400, ".html": 160, ".txt": 160}
FOLDERS = (
    "smartsociety",
    "alliance",
    "fieldlabs",
    "knowledgebase",
    "templates",
    "static",
    "styles",
    "tests",
    "benchmarks",
)


def files() -> list[Path]:
    """Everything that we wrote and that has a limit."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in LIMITS)
    return sorted(path for path in found if not ELSEWHERE & set(path.relative_to(ROOT).parts))


def test_file_is_not_longer_than_its_kind_may_be():
    sizes = {
        str(path.relative_to(ROOT)): (path.read_text().count("\n"), LIMITS[path.suffix]) for path in files()
    }
    assert len(sizes) > 200  # the search itself finds what it should
    assert {name: lines for name, (lines, limit) in sizes.items() if lines > limit} == {}
