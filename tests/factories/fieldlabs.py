"""Factories of fieldlabs."""

from datetime import timedelta

import factory
from django.utils import timezone

from fieldlabs.models import (
    CarriedOver,
    Case,
    CaseDemand,
    Fieldlab,
    FieldlabInvitation,
    FollowUp,
    Measurement,
    Needs,
    Outcome,
    OutcomeFile,
    OutcomeLink,
    OutcomeWriter,
    PersonalAgenda,
    ProgrammeItem,
    QuestionnaireAnswer,
    QuestionnaireInvitation,
    Registration,
    Report,
    SessionChoice,
)
from fieldlabs.report.figures import figures
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
    status = "published"
    published_at = factory.LazyAttribute(lambda o: timezone.now() if o.status == "published" else None)


class MeasurementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Measurement

    outcome = factory.SubFactory(OutcomeFactory)
    indicator = factory.Sequence(lambda n: f"Wachttijd {n}")
    baseline = 10
    value = 7
    unit = "minuten"
    method = "Dagboeken van twaalf bewoners."


class OutcomeLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutcomeLink

    outcome = factory.SubFactory(OutcomeFactory)
    title = factory.Sequence(lambda n: f"Demo {n}")
    url = "https://demo.example/"


class OutcomeFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutcomeFile

    outcome = factory.SubFactory(OutcomeFactory)
    title = factory.Sequence(lambda n: f"Presentatie {n}")
    file = factory.django.FileField(filename="document.pdf", data=b"%PDF-1.7\n%%EOF\n")
    extension = "pdf"
    size = 15


class OutcomeWriterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutcomeWriter

    outcome = factory.SubFactory(OutcomeFactory)
    email = factory.Sequence(lambda n: f"team{n}@organisation.example")


class FollowUpFactory(factory.django.DjangoModelFactory):
    """Agreed at a fieldlab that was held, due next week."""

    class Meta:
        model = FollowUp

    due_fieldlab = None
    status = "asked"
    fieldlab = factory.SubFactory(FieldlabFactory, held=True)
    what = factory.Sequence(lambda n: f"Uitzoeken wie dit beheert ({n})")
    owner_name = "Bas Bakker"
    owner_email = "bas@organisation.example"
    due_on = factory.LazyAttribute(
        lambda o: None if o.due_fieldlab else timezone.localdate() + timedelta(days=7)
    )
    settled_at = factory.LazyAttribute(lambda o: timezone.now() if o.status in ("done", "dropped") else None)


class CarriedOverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CarriedOver

    followup = factory.SubFactory(FollowUpFactory)
    was_due_on = factory.LazyFunction(timezone.localdate)
    to_fieldlab = factory.SubFactory(FieldlabFactory)


class ReportFactory(factory.django.DjangoModelFactory):
    """Written, and not published yet."""

    class Meta:
        model = Report

    class Params:
        published = factory.Trait(
            fieldlab=factory.SubFactory(FieldlabFactory, held=True, status="reported"),
            figures=factory.LazyAttribute(lambda o: figures(o.fieldlab)),
            published_at=factory.LazyFunction(timezone.now),
        )

    fieldlab = factory.SubFactory(FieldlabFactory, held=True)
    summary_nl = "Twee dagen meten, en één les."


class QuestionnaireInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionnaireInvitation

    registration = factory.SubFactory(RegistrationFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064d}")


class QuestionnaireAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionnaireAnswer

    fieldlab = factory.SubFactory(FieldlabFactory, held=True)
    rating = 4
    useful = "yes"
