"""In which parts of an entry its words stand, read from what is indexed of it."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from smartsociety.core.search.analysis import words
from smartsociety.core.search.kinds import LABELS, SUMMARY, Document, Part, entry_id, kind_of, row_of

Places = dict[str, list[str]]  # per word


def documents_of(entries: Iterable[int]) -> dict[int, Document]:
    """What is indexed of each, in a few queries per kind."""
    by_kind = defaultdict(list)
    for entry in entries:
        kind, number = row_of(entry)
        by_kind[kind].append(number)
    return {
        entry_id(kind, document.object_id): document
        for kind, numbers in by_kind.items()
        for document in kind_of(kind).documents(numbers)
    }


def places_in(document: Document) -> Places:
    """Its words with the names of the parts that have them."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    parts = [(_("title"), document.title), *((_name(part), part.text) for part in document.parts)]
    for name, text in parts:
        for word in words(text):
            found[word][name] = None
    return {word: list(names) for word, names in found.items()}


def _name(part: Part) -> str:
    """By how much it weighs: so a kind need not say what its parts are called."""
    if part.is_passage:
        return _("summary") if part.weight >= SUMMARY else _("text")
    return _("themes, tags and other names") if part.weight >= LABELS else _("organisation, place or project")
