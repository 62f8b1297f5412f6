"""What the database never lets people and the sample mark become."""

import pytest
from django.utils import timezone

from smartsociety.core.models import SampleLoad, User
from tests import factories
from tests.database import refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("email_is_lower_case", {"email": "Anna@almere.example"}),
        ("roles_are_known", {"is_staff": True, "roles": ["secretariat", "mayor"]}),
        ("only_staff_have_roles", {"roles": ["secretariat"]}),
        ("only_staff_have_roles", {"is_superuser": True}),
    ],
)
def test_user_refuses(constraint, fields):
    with refused_by(f"core_user_{constraint}"):
        factories.UserFactory(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("email_is_lower_case", {"email": "Anna@almere.example"}),
        ("purpose_is_known", {"purpose": "advertising"}),
    ],
)
def test_consent_refuses(constraint, fields):
    with refused_by(f"core_consent_{constraint}"):
        factories.ConsentFactory(**fields)


def test_consent_to_one_purpose_stands_once_and_can_be_given_again():
    factories.ConsentFactory(email="anna@almere.example", withdrawn_at=timezone.now())
    factories.ConsentFactory(email="anna@almere.example")
    with refused_by("core_consent_stands_once"):
        factories.ConsentFactory(email="anna@almere.example")


def test_staff_who_leave_lose_their_roles_first():
    user = factories.UserFactory(is_staff=True, roles=["secretariat"])
    with refused_by("core_user_only_staff_have_roles"):
        User.objects.filter(pk=user.pk).update(is_staff=False)


def test_sample_data_are_loaded_once():
    with refused_by("core_sampleload_is_single"):
        SampleLoad.objects.create(only=False)
    SampleLoad.objects.create()
    with refused_by("core_sampleload_pkey"):
        SampleLoad.objects.create()
