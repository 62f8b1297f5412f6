"""The people of the sample data: known passwords in development, no way in anywhere else."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from smartsociety.core import sample
from smartsociety.core.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def people():
    return User.objects.filter(email__endswith="@voorbeeld.example")


def test_people_can_sign_in_during_development(settings):
    settings.DEBUG = True
    sample.load_people()

    assert all(person.check_password(sample.PASSWORD) for person in people())
    assert {user.pk for user in people().filter(is_staff=True)} == set(
        Authenticator.objects.values_list("user", flat=True)
    )


def test_people_cannot_sign_in_elsewhere():
    sample.load_people()

    assert [person for person in people() if person.has_usable_password()] == []
    assert not Authenticator.objects.exists()


def test_people_of_development_are_closed_when_loaded_elsewhere(settings):
    settings.DEBUG = True
    sample.load_people()
    settings.DEBUG = False
    sample.load_people()

    assert [person for person in people() if person.has_usable_password()] == []
    assert not Authenticator.objects.exists()


def test_people_are_loaded_once(settings):
    settings.DEBUG = True
    sample.load_people()
    sample.load_people()

    assert (
        people().count()
        == len(sample.PEOPLE)
        == EmailAddress.objects.filter(verified=True, primary=True).count()
    )
    assert [person.name for person in sample.PEOPLE if not person.name.endswith("(voorbeeld)")] == []
