"""Reading practices that others published: one JSON object a line, each judged on its own."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from alliance.matching import normalise
from alliance.models import Organisation
from alliance.models.organisation import HELIX_KINDS, Helix
from knowledgebase.models import Practice

LANGUAGES = ("nl", "en")
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
    published_at: datetime
    owner: Organisation | None = None
    tags: list[str] = field(default_factory=list)


@dataclass
class Reject:
    """One line that is not, and why."""

    line: int
    reason: str


class Owners:
    """Finds the organisation that a line names: by CBS code, name or another name."""

    def __init__(self) -> None:
        self._known: dict[str, Organisation] = {}
        for organisation in Organisation.objects.of_today().order_by("-in_register", "pk").iterator():
            for name in (organisation.cbs_code, organisation.name, *organisation.aliases):
                if name:
                    self._known.setdefault(normalise(name), organisation)

    def named(self, text: str) -> Organisation | None:
        """That organisation; None when nobody is called so."""
        return self._known.get(normalise(text))


def read(lines: Iterable[bytes], owners: Owners) -> Iterator[Record | Reject]:
    """Judge every line; a source that stood in an earlier line is a reject. Empty lines are nothing."""
    seen: set[bytes] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = _record(number, _object(line), owners)
        except ValidationError as error:
            yield Reject(number, " ".join(error.messages))
            continue
        mark = blake2b(record.source.encode(), digest_size=8).digest()
        if mark in seen:
            yield Reject(number, _("This source stands in an earlier line."))
        else:
            seen.add(mark)
            yield record


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ValidationError(_("The line is too long."))
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise ValidationError(_("This is no JSON in UTF-8.")) from None
    if not isinstance(given, dict):
        raise ValidationError(_("This is no JSON object."))
    return given


def _record(number: int, given: dict[str, Any], owners: Owners) -> Record:
    title, body = _text(given, "title", required=True), _text(given, "body")
    longest = Practice._meta.get_field("title").max_length
    if len(title) > longest:
        body = f"{title}\n\n{body}"  # the whole of it stays to be read and found
        title = Truncator(title).chars(longest)
    summary = _text(given, "summary")
    if not (summary or body):
        raise ValidationError(_("Both summary and body are empty."))
    if len(body) > Practice._meta.get_field("body").max_length:
        raise ValidationError(_("The body is too long."))
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
        raise ValidationError(_("%(key)s is no text.") % {"key": key})
    value = value.replace("\x00", "").strip()
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        raise ValidationError(_("%(key)s has characters that are none.") % {"key": key})
    if required:
        value = _one_line(value)
    if required and not slugify(value, allow_unicode=True):
        raise ValidationError(_("%(key)s is missing.") % {"key": key})
    return value


def _source(given: dict[str, Any]) -> str:
    source = _text(given, "source")
    if not source:
        raise ValidationError(_("%(key)s is missing.") % {"key": "source"})
    longest = Practice._meta.get_field("origin_url").max_length
    try:
        URLValidator(schemes=["http", "https"])(source)
    except ValidationError:
        raise ValidationError(_("source is no web address.")) from None
    if len(source) > longest:
        raise ValidationError(_("source is too long."))
    return source


def _language(given: dict[str, Any]) -> str:
    language = (_text(given, "language") or "nl").lower()
    if language not in LANGUAGES:
        raise ValidationError(_("language is neither nl nor en."))
    return language


def _published_at(given: dict[str, Any]) -> datetime:
    text = _text(given, "published_on")
    if not text:
        return timezone.now()
    try:
        day = parse_date(text) or ((moment := parse_datetime(text)) and moment.date())
    except ValueError:
        day = None
    if not day:
        raise ValidationError(_("published_on is no date such as 2026-03-31."))
    if day > timezone.localdate():
        raise ValidationError(_("published_on lies in the future."))
    return timezone.make_aware(datetime.combine(day, time(12)))


def _owner(given: dict[str, Any], owners: Owners) -> Organisation | None:
    name = _text(given, "owner")
    if not name:
        return None
    owner = owners.named(name)
    if owner is None:
        raise ValidationError(_("No organisation is called “%(name)s”.") % {"name": name[:80]})
    if owner.kind in HELIX_KINDS[Helix.BUSINESS]:
        raise ValidationError(_("A company owns no practice: “%(name)s”.") % {"name": owner.name})
    return owner


def _tags(given: dict[str, Any]) -> list[str]:
    tags = given.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValidationError(_("tags is no list of texts."))
    found = {_one_line(tag.replace("\x00", ""))[:60].strip(): None for tag in tags[:MOST_TAGS]}
    return [tag for tag in found if slugify(tag, allow_unicode=True)]
