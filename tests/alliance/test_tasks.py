"""What the worker does for the alliance."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from alliance import tasks
from alliance.models import Signature
from tests import factories


def test_personal_data_are_erased_every_night():
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic["alliance.erase_personal_data"] == "40 3 * * *"


@pytest.mark.django_db(transaction=True)
def test_worker_forgets_who_did_not_confirm_and_who_was_rejected_long_ago(run_jobs):
    now = timezone.now()
    overdue = factories.SignatureFactory(confirmation_expires_at=now - timedelta(hours=1))
    fresh = factories.SignatureFactory(confirmation_expires_at=now + timedelta(hours=1))
    rejected = factories.SignatureFactory(rejected=True, decided_at=now - timedelta(days=91))
    tasks.erase_personal_data.defer(timestamp=0)
    run_jobs()
    kept = {row.pk: (row.status, row.signer_name) for row in Signature.objects.all()}
    assert kept == {
        overdue.pk: ("expired", ""),
        fresh.pk: ("unconfirmed", "Anna Aerts"),
        rejected.pk: ("rejected", ""),
    }
