"""What a person may do in fieldlabs."""

import pytest
from django.contrib.auth.models import AnonymousUser

from fieldlabs.models import Case, Fieldlab
from fieldlabs.permissions import can_plan, can_propose, can_register, can_withdraw_case
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("rights", "allowed"),
    [
        ({}, False),
        ({"is_staff": True}, False),
        ({"is_staff": True, "roles": ["programme"]}, True),
        ({"is_staff": True, "roles": ["secretariat", "editor"]}, False),
        ({"is_staff": True, "is_superuser": True}, True),
    ],
)
def test_programme_staff_plan(rights, allowed):
    assert can_plan(factories.UserFactory(**rights)) is allowed


@pytest.mark.parametrize("status", Fieldlab.Status.values)
def test_everybody_registers_while_it_is_open(status):
    assert can_register(Fieldlab(status=status)) is (status == "open")


def test_visitor_plans_nothing():
    assert can_plan(AnonymousUser()) is False


def test_people_of_signatories_programme_staff_and_editors_propose_cases(planner):
    member = factories.MembershipFactory(
        organisation=factories.SignatureFactory(published=True).organisation, role="editor"
    ).user
    outside = factories.MembershipFactory().user  # of an organisation that did not sign
    reviewer = factories.UserFactory(is_staff=True, roles=["editor"])
    people = (member, planner, reviewer, outside, factories.UserFactory(), AnonymousUser())
    assert [can_propose(person) for person in people] == [True, True, True, False, False, False]


@pytest.mark.parametrize("status", Case.Status.values)
def test_case_is_withdrawn_by_who_asked_while_it_waits(status, planner):
    membership = factories.MembershipFactory()
    case = factories.case_at(status, organisation=membership.organisation)
    waits = status in ("proposed", "accepted")
    people = (membership.user, planner, factories.MembershipFactory().user, AnonymousUser())
    assert [can_withdraw_case(person, case) for person in people] == [waits, waits, False, False]
