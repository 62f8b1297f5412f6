"""The real database, asked directly: what it refuses, and what happens when many come at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """What is done inside must be refused by this constraint, and by no other."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.diag.constraint_name == constraint


@contextmanager
def refused_saying(words: str) -> Iterator[None]:
    """What is done inside must be refused by a trigger with these words."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        yield
    assert words in refusal.value.__cause__.diag.message_primary


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is done inside happens, and then its transaction fails after all."""
    with suppress(_LateFailure), transaction.atomic():
        yield
        raise _LateFailure


class _LateFailure(Exception):
    pass


def accepts(change: Callable[[], Any]) -> bool:
    """Whether the database lets `change` happen; False when a trigger forbids the transition."""
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        if "Invalid transition" not in error.__cause__.diag.message_primary:
            raise
        return False
    return True


def somebody_waits() -> None:
    """Returns once another connection waits for a row that is held."""
    with connection.cursor() as cursor:
        for _look in range(200):
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock')"
            )
            if cursor.fetchone()[0]:
                return
            sleep(0.05)
    pytest.fail("nobody waits")


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run every task in a thread and a connection of its own, all starting together; what each gave, or raised.

    Needs `django_db(transaction=True)`: what one connection has not committed another does not see.
    """
    start, results = Barrier(len(tasks)), [None] * len(tasks)

    def run(place: int, task: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            results[place] = task()
        except Exception as error:  # noqa: BLE001 the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=numbered) for numbered in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
