"""Factories of the ground: people, mail, consents."""

from datetime import timedelta

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from smartsociety.core.models import Consent, Mail, RateCount, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@organisation.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"  # signs in by a code in the mail

    @factory.post_generation
    def verified_address(self, create, extracted, **kwargs):
        """Everybody proved the address."""
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


def give_second_factor(user: User) -> None:
    """An authenticator app, so that staff pages open."""
    TOTP.activate(user, generate_totp_secret())


class MailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mail

    to = factory.Sequence(lambda n: f"reader{n}@organisation.example")
    subject = "Onderwerp"
    text = "Tekst"
    kind = "alliance/confirm_signature"


class ConsentFactory(factory.django.DjangoModelFactory):
    """Agreed to news."""

    class Meta:
        model = Consent

    email = factory.Sequence(lambda n: f"agreed{n}@organisation.example")
    purpose = "news"
    wording = "Ik wil nieuws."


class RateCountFactory(factory.django.DjangoModelFactory):
    """Tried once in this hour."""

    class Meta:
        model = RateCount

    key = factory.Sequence(lambda n: f"{n:064}")
    count = 1
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=1))
