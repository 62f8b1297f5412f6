"""Accounts of people who proved an address elsewhere."""

import pytest
from allauth.account.models import EmailAddress

from smartsociety.core.models import User
from smartsociety.core.people import account_for
from tests import factories

pytestmark = pytest.mark.django_db


def addresses() -> list[tuple[str, bool, bool]]:
    """Every address: (address, proven, main one)."""
    return list(EmailAddress.objects.order_by("pk").values_list("email", "verified", "primary"))


def test_account_is_made_without_password_or_rights():
    user = account_for(email="Anna@Almere.example", name="Anna Aerts", language="en")
    assert (user.email, user.name, user.language) == ("anna@almere.example", "Anna Aerts", "en")
    assert (user.has_usable_password(), user.is_staff, user.roles) == (False, False, [])
    assert addresses() == [("anna@almere.example", True, True)]


def test_account_that_exists_is_left_as_its_owner_made_it():
    anna = factories.UserFactory(email="anna@almere.example", name="Anna A.", language="nl")
    assert account_for(email="ANNA@almere.example", name="Iemand anders", language="en") == anna
    anna.refresh_from_db()
    assert (anna.name, anna.language, User.objects.count()) == ("Anna A.", "nl", 1)
    assert addresses() == [("anna@almere.example", True, True)]


def test_account_is_found_by_a_second_proven_address():
    anna = factories.UserFactory(email="anna@almere.example")
    EmailAddress.objects.create(user=anna, email="aerts@almere.example", verified=True, primary=False)
    assert account_for(email="aerts@almere.example", name="Anna", language="nl") == anna


def test_address_that_another_claims_but_never_proved_does_not_give_that_account():
    claimer = factories.UserFactory(email="claimer@evil.example")
    EmailAddress.objects.create(user=claimer, email="anna@almere.example", verified=False, primary=False)
    anna = account_for(email="anna@almere.example", name="Anna", language="nl")
    assert (anna == claimer, anna.email) == (False, "anna@almere.example")


def test_account_made_by_somebody_who_never_proved_the_address_loses_its_password():
    claimed = factories.UserFactory(email="anna@almere.example", password="x")
    claimed.set_password("een-lang-wachtwoord")
    claimed.save()
    EmailAddress.objects.update(verified=False)

    account_for(email="anna@almere.example", name="Anna", language="nl")

    claimed.refresh_from_db()
    assert claimed.has_usable_password() is False
    assert addresses() == [("anna@almere.example", True, True)]
