"""The minutes of an outcome through time: who wrote when, and what each sitting changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from fieldlabs.models import Outcome
from fieldlabs.models.outcome import TEXTS
from smartsociety.core.audit import Change, history
from smartsociety.core.comparison import compare
from smartsociety.core.conflict import Difference
from smartsociety.core.models import User

# Drafts save themselves every few seconds: what one person writes without a longer pause is one sitting.
PAUSE = timedelta(minutes=30)
JUST_NOW = timedelta(minutes=10)
COMPARED = ("title", "team", *TEXTS, "video_url")


@dataclass(frozen=True)
class Sitting:
    """What one person changed in one go, from first to last save."""

    by: User | None
    began_at: datetime
    ended_at: datetime
    differences: list[Difference]


def sittings(outcome: Outcome) -> list[Sitting]:
    """Everything that was written, the latest first; only sittings that changed a text."""
    changes = history(outcome)[::-1]
    before: dict[str, str] = {}
    found = []
    for group in _groups(changes):
        after = group[-1].data
        differences = list(_differences(before, after))
        if differences:
            found.append(Sitting(group[0].by, group[0].at, group[-1].at, differences))
        before = after
    return found[::-1]


def writing_now(outcome: Outcome, user: User) -> User | None:
    """Somebody else who saved this outcome in the last minutes: perhaps still busy in it."""
    last = next(iter(history(outcome)), None)
    if last is None or last.by in (None, user) or last.at < timezone.now() - JUST_NOW:
        return None
    return last.by


def _groups(changes: list[Change]) -> Iterator[list[Change]]:
    group: list[Change] = []
    for change in changes:
        if group and (change.by != group[-1].by or change.at - group[-1].at > PAUSE):
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _differences(before: dict, after: dict) -> Iterator[Difference]:
    for name in COMPARED:
        old, new = before.get(name) or "", after.get(name) or ""
        if old != new:
            yield Difference(str(Outcome._meta.get_field(name).verbose_name), compare(old, new))
