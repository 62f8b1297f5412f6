"""Reading practices that others published: one JSON object a line, each judged on its own."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from hashlib import blake2b
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator, slugify

from alliance.matching import normalise
from alliance.models import Organisation
from alliance.models.organisation import HELIX_KINDS, Helix
from knowledgebase.models import Practice
from smartsociety.core.validators import web_address, without_hidden

LANGUAGES = ("nl", "en")
KEYS = {"title", "summary", "body", "owner", "tags", "source", "language", "published_on"}
MOST_TAGS = 30
LONGEST_LINE = 1_000_000


@dataclass
class Record:
    """One line that is right."""

    line: int
    title: str
    summary: str
    body: str
    source: str
    language: str
    published_at: datetime | None
    owner: Organisation | None = None
    tags: list[str] = field(default_factory=list)


@dataclass
class Reject:
    """One line that is not, and why."""

    line: int
    reason: str


class Owners:
    """Finds the organisation that a line names: by CBS code (GM0518 or 0518), name or another name."""

    def __init__(self) -> None:
        self._named: dict[str, list[Organisation]] = defaultdict(list)
        self._also_named: dict[str, list[Organisation]] = defaultdict(list)
        for organisation in Organisation.objects.of_today().order_by("-in_register", "pk").iterator():
            code = organisation.cbs_code or ""
            for name in {code, code.removeprefix("GM"), organisation.name} - {""}:
                self._named[normalise(name)].append(organisation)
            for name in organisation.aliases:
                self._also_named[normalise(name)].append(organisation)

    def named(self, text: str) -> Organisation | None:
        """That organisation; None when nobody is called so. Raises ValidationError when several are, or may be."""
        key = normalise(text)
        if called := self._named.get(key):
            return called[0]  # of the register before another
        also = self._also_named.get(key, [])
        if len(also) > 1:
            names = ", ".join(organisation.name for organisation in also[:3])
            raise ValidationError(f"“{text}” can be several organisations: {names}.")
        return also[0] if also else None


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only its begin, so that no file fills the memory."""
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)


def read(lines: Iterable[bytes], owners: Owners, passed_over: dict[str, int]) -> Iterator[Record | Reject]:
    """Judge every line; a source that stood in an earlier line is a reject. Empty lines are nothing.

    Keys that the import does not know are passed over, and counted in `passed_over`.
    """
    seen: set[int] = set()  # a few bytes for each, however long the address
    for number, line in enumerate(lines, 1):
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            given = _object(line)
            record = _record(number, given, owners)
        except ValidationError as error:
            yield Reject(number, " ".join(error.messages))
            continue
        for key in given.keys() - KEYS:
            passed_over[key[:60]] = passed_over.get(key[:60], 0) + 1
        mark = int.from_bytes(blake2b(record.source.encode(), digest_size=8).digest())
        if mark in seen:
            yield Reject(number, "This source stands in an earlier line.")
        else:
            seen.add(mark)
            yield record


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ValidationError("The line is too long.")
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise ValidationError("This is no JSON in UTF-8.") from None
    if not isinstance(given, dict):
        raise ValidationError("This is no JSON object.")
    return given


def _record(number: int, given: dict[str, Any], owners: Owners) -> Record:
    title, body = _text(given, "title", required=True), _text(given, "body")
    longest = Practice._meta.get_field("title").max_length
    if len(title) > longest:
        body = f"{title}\n\n{body}"  # the whole of it stays to be read and found
        title = Truncator(title).chars(longest)
    summary = _text(given, "summary")
    if not (summary or body):
        raise ValidationError("Both summary and body are empty.")
    if len(body) > Practice._meta.get_field("body").max_length:
        raise ValidationError("The body is too long.")
    return Record(
        line=number,
        title=title,
        summary=Truncator(_one_line(summary or body)).chars(Practice._meta.get_field("summary").max_length),
        body=body if body or len(summary) <= Practice._meta.get_field("summary").max_length else summary,
        source=_source(given),
        language=_language(given),
        published_at=_published_at(given),
        owner=_owner(given, owners),
        tags=_tags(given),
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _text(given: dict[str, Any], key: str, *, required: bool = False) -> str:
    value = given.get(key) or ""
    if not isinstance(value, str):
        raise ValidationError(f"{key} is no text.")
    value = without_hidden(value).strip()
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a pair
        raise ValidationError(f"{key} has characters that are none.") from None
    if required:
        value = _one_line(value)
    if required and not any(unicodedata.category(sign)[0] in "LNS" for sign in value):
        raise ValidationError(f"{key} is missing.")
    return value


def _source(given: dict[str, Any]) -> str:
    source = _text(given, "source")
    if not source:
        raise ValidationError("{key} is missing.".format(key="source"))
    longest = Practice._meta.get_field("origin_url").max_length
    try:
        web_address(source)
    except ValidationError:
        raise ValidationError("source is no web address.") from None
    if len(source) > longest:
        raise ValidationError("source is too long.")
    return source


def _language(given: dict[str, Any]) -> str:
    language = (_text(given, "language") or "nl").lower()
    if language not in LANGUAGES:
        raise ValidationError("language is neither nl nor en.")
    return language


def _published_at(given: dict[str, Any]) -> datetime | None:
    text = _text(given, "published_on")
    if not text:
        return None
    try:
        day = parse_date(text) or ((moment := parse_datetime(text)) and moment.date())
    except ValueError:
        day = None
    if not day:
        raise ValidationError("published_on is no date such as 2026-03-31.")
    if day > timezone.localdate():
        raise ValidationError("published_on lies in the future.")
    # Of a day the middle, unless that is still to come.
    return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


def _owner(given: dict[str, Any], owners: Owners) -> Organisation | None:
    code = given.get("owner")
    name = f"{code:04}" if isinstance(code, int) else _text(given, "owner")
    if not name:
        return None
    owner = owners.named(name)
    if owner is None:
        raise ValidationError(f"No organisation is called “{name[:80]}”.")
    if owner.kind in HELIX_KINDS[Helix.BUSINESS]:
        raise ValidationError(f"A company owns no practice: “{owner.name}”.")
    return owner


def _tags(given: dict[str, Any]) -> list[str]:
    tags = given.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str | int | float) for tag in tags):
        raise ValidationError("tags is no list of texts.")
    tags = [_text({"tags": str(tag)}, "tags") for tag in tags]  # a year is a word too
    tags = [part for tag in tags for part in tag.split(",")]  # as if it was typed
    found = {_one_line(tag)[:60].strip(): None for tag in tags[:MOST_TAGS]}
    return [tag for tag in found if slugify(tag, allow_unicode=True)]
