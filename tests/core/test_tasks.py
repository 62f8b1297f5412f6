"""Background work of the ground."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from smartsociety.core import tasks

PERIODIC = {"core.retry_stalled_jobs", "core.erase_old_mails", "core.clear_sessions", "core.remove_old_jobs"}


def test_housekeeping_is_planned():
    assert {name for name, _id in app.periodic_registry.periodic_tasks} >= PERIODIC


def test_ended_sessions_are_forgotten(db):
    for key, days in [("ended", -1), ("going", 1)]:
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )

    tasks.clear_sessions(timestamp=0)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["going"]


@pytest.mark.parametrize("name", sorted(PERIODIC))
def test_housekeeping_does_not_pile_up(name):
    assert app.tasks[name].queueing_lock == name
