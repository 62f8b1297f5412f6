"""What the database never lets the parts of the alliance become. Organisation and signature: see test_models."""

import pytest
from django.utils import timezone

from tests import factories
from tests.database import refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "make", "fields"),
    [
        ("accessrequest_role_is_known", factories.AccessRequestFactory, {"role": "mayor"}),
        ("accessrequest_status_is_known", factories.AccessRequestFactory, {"status": "lost"}),
        ("bulkdecision_kind_is_known", factories.BulkDecisionFactory, {"kind": "publish"}),
        (
            "enquiry_status_is_known",
            factories.EnquiryFactory,
            {"status": "lost", "handled_at": timezone.now()},
        ),
        ("invitation_role_is_known", factories.InvitationFactory, {"role": "mayor"}),
        ("project_phase_is_known", factories.ProjectFactory, {"phase": "dream"}),
        ("jointinvitation_answer_has_its_date", factories.JointInvitationFactory, {"accepted": True}),
        (
            "jointinvitation_answer_has_its_date",
            factories.JointInvitationFactory,
            {"accepted": None, "answered_at": timezone.now()},
        ),
        (
            "organisation_successor_has_its_date",
            factories.OrganisationFactory,
            {"succeeded_on": "2023-01-01"},
        ),
    ],
)
def test_alliance_refuses(constraint, make, fields):
    with refused_by(f"alliance_{constraint}"):
        make(**fields)


def test_successor_without_a_day_is_refused():
    with refused_by("alliance_organisation_successor_has_its_date"):
        factories.OrganisationFactory(successor=factories.OrganisationFactory())


def test_kvk_number_is_of_one_organisation():
    factories.OrganisationFactory.create_batch(2, kvk_number="")
    factories.OrganisationFactory(kvk_number="12345678")
    with refused_by("alliance_organisation_kvk_number_is_unique"):
        factories.OrganisationFactory(kvk_number="12345678")


def test_partnership_asks_a_municipality_once():
    asked = factories.JointInvitationFactory()
    with refused_by("alliance_jointinvitation_asked_once"):
        factories.JointInvitationFactory(signature=asked.signature, organisation=asked.organisation)
