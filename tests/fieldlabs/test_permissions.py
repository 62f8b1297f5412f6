"""What a person may do in fieldlabs."""

import pytest
from django.contrib.auth.models import AnonymousUser

from fieldlabs.models import Fieldlab
from fieldlabs.permissions import can_cancel, can_plan, can_register
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
def test_representative_registers_while_it_is_open(status):
    representative = factories.MembershipFactory().user
    assert can_register(representative, Fieldlab(status=status)) is (status == "open")


def test_others_do_not_register(fieldlab):
    editor = factories.MembershipFactory(role="editor").user
    assert [
        can_register(person, fieldlab) for person in (AnonymousUser(), factories.UserFactory(), editor)
    ] == [False] * 3


def test_visitor_plans_nothing():
    assert can_plan(AnonymousUser()) is False


@pytest.mark.parametrize(
    ("status", "allowed"),
    [("registered", True), ("waiting", True), ("cancelled", False), ("attended", False), ("absent", False)],
)
def test_person_cancels_the_own_registration_while_it_stands(registered, status, allowed):
    registration = registered(status=status)
    assert can_cancel(registration.user, registration) is allowed
    assert can_cancel(factories.UserFactory(), registration) is False


def test_visitor_cancels_nothing_also_not_what_belongs_to_nobody():
    assert can_cancel(AnonymousUser(), factories.RegistrationFactory(user=None)) is False
