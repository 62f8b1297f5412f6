"""Documents keep step with the code, and tell nothing about the machine they were written on."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
DECISIONS = sorted(ROOT.glob("docs/adr/[0-9]*.md"))
MAKE_COMMAND = re.compile(r"(?:`|^ {4})make ([a-z][a-z-]*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")

# Spelled with a bracket, or this file would be the first to fail.
REGISTRIES = re.compile(r"\b(?:py[p]i\.|pythonhoste[d]\.|registr[y]\.(?:npm|yarn))")
ABSOLUTE_PATHS = re.compile(r"(?<![\w.:/~-])/(?:home|root|Users|work|workspace)/\w")


def named(paths: list[Path]):
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.relative_to(ROOT).as_posix())


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def ours() -> list[Path]:
    """Every file but those that .gitignore names; its patterns here are names of folders and of files."""
    patterns = [
        line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line and line[0] != "#"
    ]
    files, folders = [], [ROOT]
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.name == ".git" or any(fnmatch(path.name, pattern) for pattern in patterns):
                continue
            (folders if path.is_dir() else files).append(path)
    return files


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""  # a picture


@named(DOCUMENTS)
def test_make_commands_exist(path):
    assert set(MAKE_COMMAND.findall(path.read_text())) - make_targets() == set()


@named(DOCUMENTS)
def test_links_lead_somewhere(path):
    links = [link for link in LINK.findall(path.read_text()) if not re.match(r"\w+:", link)]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_readme_runs_the_tests_with_make_test():
    commands = re.findall(r"^ {4}(make \w+.*|.*pytest.*)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert [command for command in commands if "test" in command] == ["make test"]


@named(DECISIONS)
def test_decision_has_context_decision_and_consequences_on_one_page(path):
    lines = path.read_text().splitlines()
    assert lines[0].startswith(f"# {path.name[:4]} ")
    assert [line for line in lines if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]
    assert len(lines) <= 40


def test_decisions_are_all_listed_and_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert LINK.findall((ROOT / "docs/adr/README.md").read_text()) == [path.name for path in DECISIONS]


def test_publiccode_has_what_catalogues_ask():
    facts = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    required = {
        *(
            "publiccodeYmlVersion",
            "name",
            "url",
            "platforms",
            "developmentStatus",
            "softwareType",
            "organisation",
        ),
        *("description", "legal", "maintenance", "localisation"),
    }
    assert required - facts.keys() == set()
    assert facts["publiccodeYmlVersion"] == "0.7"
    assert facts["legal"] == {"license": "EUPL-1.2"}
    assert facts["maintenance"]["contacts"]
    assert set(facts["description"]) == set(facts["localisation"]["availableLanguages"]) == {"nl", "en"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_descriptions_have_the_lengths_that_catalogues_take(language):
    description = yaml.safe_load((ROOT / "publiccode.yml").read_text())["description"][language]
    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert [feature for feature in description["features"] if len(feature) > 100] == []


def test_publiccode_version_is_that_of_the_package():
    version = yaml.safe_load((ROOT / "publiccode.yml").read_text())["softwareVersion"]
    assert f'\nversion = "{version}"\n' in (ROOT / "pyproject.toml").read_text()


def test_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text()
    assert re.findall(r"^## (\d+)\.", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert text.startswith("# EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "## Appendix" in text


@pytest.mark.parametrize(
    "pattern", [REGISTRIES, ABSOLUTE_PATHS], ids=["package registries", "paths of a machine"]
)
def test_no_file_names_what_belongs_to_a_machine(pattern):
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in ours()
        for match in pattern.finditer(text_of(path))
    ]
    assert found == []
