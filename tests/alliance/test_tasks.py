"""What the worker does for the alliance."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from alliance import tasks
from alliance.models import Signature, SignatureDraft
from smartsociety.core.models import Consent
from tests import factories


def test_signatures_expire_every_night():
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic["alliance.erase_personal_data"] == "40 3 * * *"


@pytest.mark.django_db(transaction=True)
def test_worker_expires_what_nobody_confirmed(run_jobs):
    overdue = factories.SignatureFactory(confirmation_expires_at=timezone.now() - timedelta(hours=1))
    fresh = factories.SignatureFactory(confirmation_expires_at=timezone.now() + timedelta(hours=1))
    tasks.erase_personal_data.defer(timestamp=0)
    run_jobs()
    assert dict(Signature.objects.values_list("pk", "status")) == {
        overdue.pk: "expired",
        fresh.pk: "unconfirmed",
    }


@pytest.mark.django_db(transaction=True)
def test_worker_erases_consents_a_year_after_they_were_withdrawn(run_jobs):
    factories.ConsentFactory(withdrawn_at=timezone.now() - timedelta(days=366))
    recent = factories.ConsentFactory(withdrawn_at=timezone.now() - timedelta(days=364))
    standing = factories.ConsentFactory()
    tasks.erase_personal_data.defer(timestamp=0)
    run_jobs()
    assert set(Consent.objects.all()) == {recent, standing}


@pytest.mark.django_db(transaction=True)
def test_worker_erases_drafts_and_addresses_of_municipalities_that_nobody_needs(run_jobs):
    factories.SignatureDraftFactory(expires_at=timezone.now() - timedelta(hours=1))
    kept = factories.SignatureDraftFactory()
    unanswered = factories.JointInvitationFactory(asked_at=timezone.now() - timedelta(days=61))
    tasks.erase_personal_data.defer(timestamp=0)
    run_jobs()
    assert list(SignatureDraft.objects.all()) == [kept]
    unanswered.refresh_from_db()
    assert unanswered.email == ""
