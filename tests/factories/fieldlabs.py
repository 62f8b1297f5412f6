"""Factories of fieldlabs."""

from datetime import timedelta

import factory
from django.utils import timezone

from fieldlabs.models import (
    Case,
    CaseDemand,
    Fieldlab,
    FieldlabInvitation,
    Needs,
    Outcome,
    PersonalAgenda,
    ProgrammeItem,
    Registration,
    SessionChoice,
)
from tests.factories.alliance import OrganisationFactory
from tests.factories.core import UserFactory


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
    """With a place, for a municipality."""

    class Meta:
        model = Registration

    class Params:
        offered = factory.Trait(
            status="offered",
            offer_expires_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=2)),
        )
        gone = factory.Trait(name="", email="", user=None)

    fieldlab = factory.SubFactory(FieldlabFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    helix = "government"
    name = "Bas Bakker"
    email = factory.Sequence(lambda n: f"participant{n}@organisation.example")


def registration_at(status: str, **fields) -> Registration:
    """A registration that stands at `status`, with what belongs to that."""
    gone = {"name": "", "email": "", "user": None}
    traits = {"offered": {"offered": True}, "cancelled": gone, "lapsed": gone}
    return RegistrationFactory(**{**fields, **traits.get(status, {}), "status": status})


class NeedsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Needs

    registration = factory.SubFactory(RegistrationFactory)
    access = "Een rustige ruimte"
    diet = "Noten"


class ProgrammeItemFactory(factory.django.DjangoModelFactory):
    """A track of an hour that people choose, at the start."""

    class Meta:
        model = ProgrammeItem

    fieldlab = factory.SubFactory(FieldlabFactory)
    kind = "track"
    title_nl = factory.Sequence(lambda n: f"Spoor {n}")
    starts_at = factory.LazyAttribute(lambda o: o.fieldlab.starts_at)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=1))


class SessionChoiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionChoice

    registration = factory.SubFactory(RegistrationFactory)
    item = factory.SubFactory(ProgrammeItemFactory)


class CaseFactory(factory.django.DjangoModelFactory):
    """Proposed by a municipality."""

    class Meta:
        model = Case

    slug = factory.Sequence(lambda n: f"case-{n}")
    title = factory.Sequence(lambda n: f"Casus {n}")
    organisation = factory.SubFactory(OrganisationFactory)
    question = "Hoe weten wij of een laadplek vrij is?"


def case_at(status: str, **fields) -> Case:
    """A case that stands at `status`, with what belongs to that."""
    if status in ("accepted", "answered"):
        fields.setdefault("fieldlab", FieldlabFactory())
    if status == "merged":
        fields.setdefault("merged_into", CaseFactory())
    return CaseFactory(status=status, **fields)


class CaseDemandFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseDemand

    case = factory.SubFactory(CaseFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class FieldlabInvitationFactory(factory.django.DjangoModelFactory):
    """Sent, not used."""

    class Meta:
        model = FieldlabInvitation

    fieldlab = factory.SubFactory(FieldlabFactory)
    email = factory.Sequence(lambda n: f"invited{n}@organisation.example")


class PersonalAgendaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PersonalAgenda

    user = factory.SubFactory(UserFactory)


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
