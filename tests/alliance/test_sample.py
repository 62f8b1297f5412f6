"""The invented alliance: what it shows of signing, the agenda and the work of the secretariat."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from alliance.models import (
    AccessRequest,
    BulkDecision,
    Declaration,
    Enquiry,
    Milestone,
    News,
    Organisation,
    Project,
    Signature,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    """All sample data."""
    call_command("load_sample")


def count(model, **conditions):
    return model.objects.filter(**conditions).count()


def test_sample_partnership_signed_with_two_of_its_municipalities(loaded):
    partnership = Signature.objects.published().get(organisation__slug="samenwerking-de-vier-dorpen")
    joined = set(partnership.joint_signatures.values_list("organisation__slug", "status"))
    assert joined == {("zandloo", "published"), ("wolderveen", "published")}
    answers = set(partnership.joint_invitations.values_list("organisation__slug", "accepted"))
    assert answers == {("zandloo", True), ("wolderveen", True), ("terpwald", None)}


def test_sample_secretariat_writes_a_text_and_has_decided_about_many_at_once(loaded):
    draft = Declaration.objects.get(published_at=None)
    assert (draft.version, Declaration.objects.current().version) == (2, 1)
    standing, undone = BulkDecision.objects.order_by("decided_at")
    assert (standing.kind, standing.undone_at, len(standing.before)) == ("reject", None, 3)
    rejected = Signature.objects.filter(pk__in=standing.before, status="rejected", reason=standing.reason)
    assert rejected.count() == 3
    assert undone.undone_at > undone.decided_at
    assert count(Signature, pk__in=undone.before, status="published") == len(undone.before) == 1


def test_sample_has_a_municipal_merger(loaded):
    gone = Organisation.objects.get(successor__isnull=False)
    assert (gone.slug, gone.successor.slug, gone.is_gone) == ("oud-lindelo", "lindelo", True)


def test_sample_agenda_has_every_phase_and_says_that_it_is_an_example(loaded):
    assert set(Project.objects.published().values_list("phase", flat=True)) == {
        "idea", "preparation", "running", "finished", "stopped",
    }  # fmt: skip
    assert not Project.objects.exclude(
        title_nl__startswith="Voorbeeld", title_en__startswith="Example"
    ).exists()
    assert not Project.objects.exclude(lead__is_example=True, lead__signatures__status="published").exists()
    assert not Project.partners.through.objects.exclude(organisation__is_example=True).exists()
    assert not Milestone.objects.filter(reached_on__gt=timezone.localdate()).exists()


def test_sample_secretariat_and_representative_have_something_to_answer(loaded):
    assert Counter(Enquiry.objects.values_list("status", flat=True)) == {
        "open": 1,
        "answered": 1,
        "closed": 1,
    }
    assert (count(News, sent_at=None), count(News)) == (1, 2)
    asked = AccessRequest.objects.get()
    assert (asked.status, asked.organisation.slug) == ("asked", "duinbeek")
    assert asked.organisation.invitations.get().expires_at > timezone.now()
