"""/-/live and /-/ready."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from smartsociety.core import health
from smartsociety.core.tasks import deliver_mail


def get(path, **headers):
    return Client().get(path, headers=headers)


def test_live_answers_without_database():
    response = get("/-/live")

    assert (response.status_code, response.json(), response["Cache-Control"]) == (
        200,
        {"status": "live"},
        "no-store",
    )


def test_health_does_not_ask_for_a_known_host_or_https(settings, db):
    settings.SECURE_SSL_REDIRECT = True

    assert [get(path, host="10.1.2.3").status_code for path in ("/-/live", "/-/ready")] == [200, 200]


def test_ready_when_all_is_well(db):
    response = get("/-/ready")

    assert (response.status_code, response.json()) == (
        200,
        {"status": "ready", "reasons": [], "queue_lag_seconds": 0},
    )


def test_not_ready_without_database(monkeypatch):
    def refuse():
        raise OperationalError("host db.internal refuses user smartsociety")

    monkeypatch.setattr(health, "_unapplied_migrations", refuse)
    response = get("/-/ready")

    assert (response.status_code, response.json()) == (
        503,
        {"status": "not_ready", "reasons": ["database_unreachable"], "queue_lag_seconds": None},
    )


def test_not_ready_while_migrations_wait(db, monkeypatch):
    monkeypatch.setattr(health, "_unapplied_migrations", lambda: 2)
    response = get("/-/ready")

    assert (response.status_code, response.json()["reasons"]) == (503, ["unapplied_migrations"])


@pytest.mark.parametrize(("waiting", "status", "reasons"), [(60, 200, []), (3600, 503, ["queue_lags"])])
def test_ready_tells_how_long_the_oldest_job_waits(db, waiting, status, reasons):
    job = deliver_mail.configure(schedule_at=timezone.now() - timedelta(seconds=waiting)).defer(mail_id=1)
    response = get("/-/ready")

    assert job
    assert (response.status_code, response.json()["reasons"]) == (status, reasons)
    assert abs(response.json()["queue_lag_seconds"] - waiting) < 5


def test_job_for_later_does_not_lag(db):
    deliver_mail.configure(schedule_in={"hours": 1}).defer(mail_id=1)

    assert get("/-/ready").json()["queue_lag_seconds"] == 0
