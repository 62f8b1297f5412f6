"""Message files without a system gettext: `python -m smartsociety.core.messages update | compile | check`.

English is in the source and needs no file of its own; Dutch is in locale/nl, complete or `make check` fails. What
`update` writes depends on the source alone (no dates, no line numbers), so that a change of a text is a small diff.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_TEXTS = {"benchmarks", "build", "docs", "locale", "node_modules", "tests"}
# Where in a call the texts are: gettext's own description, with "c" for a context.
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
HEADER = "# Dutch texts of the portal. The English ones are in the source; `make messages` updates this file."
PERSONAL_OR_DATED = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By): .*\n',
    re.MULTILINE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def catalog_path(root: Path) -> Path:
    return root / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def source_files(root: Path) -> Iterator[Path]:
    """Python files and templates with texts of ours, always in the same order."""
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in WITHOUT_TEXTS:
            for path in sorted(folder.rglob("*")):
                if path.suffix == ".py" or ("templates" in path.parts and path.suffix in {".html", ".txt"}):
                    yield path


def python_source(path: Path) -> bytes:
    """The file as Python, or a template's tags written as Python calls, one indentation for all."""
    if path.suffix == ".py":
        return path.read_bytes()
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.lstrip() for line in calls.split("\n")).encode()


def extracted(root: Path = ROOT) -> Catalog:
    """Every text in the source, in the order of the files."""
    catalog = Catalog(locale="nl", fuzzy=False)
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        found = extract("python", BytesIO(python_source(path)), KEYWORDS, comment_tags=("Translators:",))
        for line, text, comments, context in found:
            catalog.add(text, locations=[(name, line)], auto_comments=comments, context=context)
    return catalog


def translated(root: Path = ROOT) -> Catalog:
    path = catalog_path(root)
    if not path.exists():
        return Catalog(locale="nl", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


def update(root: Path = ROOT) -> None:
    """Bring the message file up to date: new texts empty, texts that are gone away, translations kept."""
    source, catalog = extracted(root), translated(root)
    catalog.update(source, no_fuzzy_matching=True)
    catalog.header_comment = HEADER
    catalog.project, catalog.version = "Smart Society", "portal"
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    path = catalog_path(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PERSONAL_OR_DATED.sub(b"", buffer.getvalue()))


def compile_messages(root: Path = ROOT) -> None:
    """Write what gettext reads, beside the message file; it is not committed."""
    with catalog_path(root).with_suffix(".mo").open("wb") as file:
        write_mo(file, translated(root))


def problems(root: Path = ROOT) -> list[str]:
    """What keeps Dutch from being complete, one line each, naming the text and where it is used."""
    source, catalog = extracted(root), translated(root)
    found = [
        f"{_where(message)}: {_problem(catalog.get(message.id, message.context))}: {_shown(message)}"
        for message in source
        if message.id and _problem(catalog.get(message.id, message.context))
    ]
    gone = [message for message in catalog if message.id and source.get(message.id, message.context) is None]
    return found + [f"{_where(message)}: no longer in the source: {_shown(message)}" for message in gone]


def _problem(message: Message | None) -> str:
    if message is None:
        return "not in the message file, run `make messages`"
    sources, texts = _as_tuple(message.id), _as_tuple(message.string)
    if len(texts) != len(sources) or not all(texts):
        return "not translated"
    if message.fuzzy:
        return "marked fuzzy"
    # "One practice" may leave out the number; the last form, for many, may not.
    allowed = {name for text in sources for name in _placeholders(text)}
    if _placeholders(texts[-1]) != _placeholders(sources[-1]) or not _placeholders(texts[0]) <= allowed:
        return "other placeholders than the source"
    return ""


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def _as_tuple(texts: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (texts or "",) if isinstance(texts, str | None) else tuple(texts)


def _where(message: Message) -> str:
    return message.locations[0][0] if message.locations else "locale/nl"


def _shown(message: Message) -> str:
    context = f" ({message.context})" if message.context else ""
    return repr(_as_tuple(message.id)[0]) + context


def main(arguments: list[str]) -> None:
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_messages()
        case ["check"]:
            if found := problems():
                sys.exit(
                    "\n".join(
                        [*found, f"{len(found)} texts to see to in {catalog_path(ROOT).relative_to(ROOT)}"]
                    )
                )
        case _:
            sys.exit("Usage: python -m smartsociety.core.messages update | compile | check")


if __name__ == "__main__":
    main(sys.argv[1:])
