"""What the guards look at: the modules and templates of the portal itself."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("smartsociety", "alliance", "fieldlabs", "knowledgebase")
# Labels of those apps that have models.
LABELS = ("core", "search", "alliance", "fieldlabs", "knowledgebase")


def modules() -> list[Path]:
    """Every module, without migrations: Django writes those."""
    paths = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in paths if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    """The dotted name of the module at `path`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def templates() -> list[str]:
    """The name of every template, as a page or mail asks for it."""
    folder = ROOT / "templates"
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in (".html", ".txt")
    )
