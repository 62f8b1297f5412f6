"""Factories of fieldlabs."""

from datetime import timedelta

import factory
from django.utils import timezone

from fieldlabs.models import Fieldlab, Outcome, Registration
from tests.factories.alliance import OrganisationFactory


class FieldlabFactory(factory.django.DjangoModelFactory):
    """Next month, open for registration."""

    class Meta:
        model = Fieldlab

    class Params:
        held = factory.Trait(
            status="held",
            starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=31)),
        )

    slug = factory.Sequence(lambda n: f"fieldlab-{n}")
    title_nl = factory.Sequence(lambda n: f"Fieldlab {n}")
    summary_nl = "Samen werken aan casussen."
    place = "Utrecht"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(days=1))
    capacity = 10
    status = "open"


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Registration

    fieldlab = factory.SubFactory(FieldlabFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    name = "Bas Bakker"
    email = factory.Sequence(lambda n: f"participant{n}@organisation.example")


class OutcomeFactory(factory.django.DjangoModelFactory):
    """Of a fieldlab that was held."""

    class Meta:
        model = Outcome

    fieldlab = factory.SubFactory(FieldlabFactory, held=True)
    slug = factory.Sequence(lambda n: f"outcome-{n}")
    title = factory.Sequence(lambda n: f"Opbrengst {n}")
    organisation = factory.SubFactory(OrganisationFactory)
    made = "Een werkend prototype."
    learned = "Meten is makkelijker dan besluiten."
    failed = "De batterij was na een week leeg."
