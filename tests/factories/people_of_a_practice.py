"""Factories of who takes part in a practice and who writes it along."""

from datetime import timedelta

import factory
from django.utils import timezone

from knowledgebase.models import Author, AuthorInvitation, PartInvitation
from tests.factories.alliance import OrganisationFactory
from tests.factories.core import UserFactory
from tests.factories.knowledgebase import PracticeFactory


class AuthorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Author

    practice = factory.SubFactory(PracticeFactory)
    user = factory.SubFactory(UserFactory)


class AuthorInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AuthorInvitation

    practice = factory.SubFactory(PracticeFactory)
    email = factory.Sequence(lambda n: f"schrijver-{n}@partner.example")
    token_hash = factory.Sequence(lambda n: f"{n:064}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class PartInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartInvitation

    practice = factory.SubFactory(PracticeFactory, draft=True)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "partner"
    invited_by = factory.SubFactory(UserFactory)
