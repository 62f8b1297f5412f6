"""Documents that archives keep and everybody can read: a typst template, and words that are only ever text.

A template says `#import "/smartsociety/core/pdf/house.typ": house, data` and `#show: house`; every word comes from
`data`.
"""

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

# Archives ask for the first, people who use assistive technology for the second; one file is both.
STANDARDS = ["a-2a", "ua-1"]


def document(template: Path, data: dict[str, Any], *, today: date) -> bytes:
    """The PDF that says `data`; the same words give the same bytes all day."""
    return _render(template, json.dumps(data, sort_keys=True), today)


@lru_cache(maxsize=64)
def _render(template: Path, data: str, today: date) -> bytes:
    made_at = datetime.combine(today, time.min, tzinfo=UTC)
    try:
        return _compile(template, data, made_at)
    except typst.TypstError:
        # A sign that no letter of ours draws, which the standards forbid to leave blank.
        return _compile(template, json.dumps(_drawable(json.loads(data))), made_at)


def _compile(template: Path, data: str, made_at: datetime) -> bytes:
    compiler = typst.Compiler(
        template, root=settings.BASE_DIR, ignore_system_fonts=True, sys_inputs={"data": data}
    )
    return compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=made_at)


def _drawable(value: Any) -> Any:
    """The same with a question mark for every sign outside Latin, Greek and Cyrillic letters and punctuation."""
    if isinstance(value, str):
        return "".join(sign if sign < "\u0530" or "\u2010" <= sign <= "\u2044" else "?" for sign in value)
    if isinstance(value, list):
        return [_drawable(part) for part in value]
    if isinstance(value, dict):
        return {key: _drawable(part) for key, part in value.items()}
    return value
