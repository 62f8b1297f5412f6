"""What a process remembers between requests, for as long as the content stays what it was (see `core.content`)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.utils import timezone

from smartsociety.core.content import Version

Value = TypeVar("Value")
_all: "WeakSet[Memory]" = WeakSet()


class Memory(Generic[Value]):
    """Values of one version of the content, together at most `limit`; what was not asked for longest goes first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._lock = Lock()
        self._start(None)
        _all.add(self)

    def _start(self, number: int | None) -> None:
        self.number, self.weight = number, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int, Any]] = OrderedDict()

    def get(self, key: Hashable, version: Version) -> Value | None:
        """What was kept under `key` and still is so."""
        with self._lock:
            if self.number != version.number or key not in self._kept:
                return None
            until, _weight, value = self._kept[key]
            if until <= timezone.now():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return value

    def keep(self, key: Hashable, version: Version, value: Value, *, weight: int = 1) -> None:
        """Remember `value` until the content changes or `version.until`; something too heavy is not kept."""
        if weight > self.limit:
            return
        with self._lock:
            if self.number != version.number:
                self._start(version.number)
            self._drop(key)
            self._kept[key] = (version.until, weight, value)
            self.weight += weight
            while self.weight > self.limit:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        if key in self._kept:
            self.weight -= self._kept.pop(key)[1]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._start(None)

    def __len__(self) -> int:
        return len(self._kept)

    def remembered(
        self, key: Hashable, version: Version | None, make: Callable[[], Value], *, lasts: bool = False
    ) -> Value:
        """What is kept under `key`, or else what `make` gives, then kept. Without a version always made anew.

        What `lasts` depends on the clock only at moments that stand in the content, and at midnight.
        """
        if version is None:
            return make()
        value = self.get(key, version)
        if value is None:
            value = make()
            self.keep(key, replace(version, until=version.moment) if lasts else version, value)
        return value


def forget() -> None:
    """Empty every memory of this process: for a database that was put back, whose versions begin anew."""
    for memory in list(_all):
        memory.clear()
