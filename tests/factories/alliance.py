"""Factories of the alliance."""

from datetime import timedelta

import factory
from django.utils import timezone

from alliance.models import (
    AccessRequest,
    BulkDecision,
    Declaration,
    Enquiry,
    Invitation,
    JointInvitation,
    Membership,
    Milestone,
    News,
    Organisation,
    Project,
    Signature,
    SignatureDraft,
    Theme,
)
from smartsociety.core.tokens import hash_token
from tests.factories.core import UserFactory


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name_nl = factory.Sequence(lambda n: f"Thema {n}")
    name_en = factory.Sequence(lambda n: f"Theme {n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A municipality of the register."""

    class Meta:
        model = Organisation

    kind = "municipality"
    name = factory.Sequence(lambda n: f"Gemeente {n:03}")
    slug = factory.Sequence(lambda n: f"gemeente-{n}")
    province = "utrecht"
    inhabitants = 30_000
    in_register = True


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "representative"


class DeclarationFactory(factory.django.DjangoModelFactory):
    """Version 1, in force."""

    class Meta:
        model = Declaration
        django_get_or_create = ("version",)

    version = 1
    title_nl = "Steunverklaring"
    title_en = "Declaration of support"
    text_nl = "Wij werken samen."
    text_en = "We work together."
    sha256 = factory.LazyAttribute(
        lambda o: Declaration(
            **{k: getattr(o, k) for k in ("title_nl", "title_en", "text_nl", "text_en")}
        ).compute_sha256()
    )
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=400))


class SignatureFactory(factory.django.DjangoModelFactory):
    """Unconfirmed, unless a trait says otherwise."""

    class Meta:
        model = Signature

    class Params:
        submitted = factory.Trait(status="submitted", confirmed_at=factory.LazyFunction(timezone.now))
        published = factory.Trait(
            status="published",
            confirmed_at=factory.LazyFunction(timezone.now),
            published_at=factory.LazyFunction(timezone.now),
        )
        on_hold = factory.Trait(
            status="on_hold",
            confirmed_at=factory.LazyFunction(timezone.now),
            published_at=factory.LazyFunction(timezone.now),
        )
        rejected = factory.Trait(
            status="rejected", confirmed_at=factory.LazyFunction(timezone.now), reason="No mandate"
        )
        withdrawn = factory.Trait(
            status="withdrawn",
            signer_name="",
            signer_function="",
            signer_email="",
            published_at=factory.LazyFunction(timezone.now),
            withdrawn_at=factory.LazyFunction(timezone.now),
        )
        expired = factory.Trait(status="expired", signer_name="", signer_function="", signer_email="")

    organisation = factory.SubFactory(OrganisationFactory)
    declaration = factory.SubFactory(DeclarationFactory)
    signer_name = "Anna Aerts"
    signer_function = "Burgemeester"
    signer_email = factory.Sequence(lambda n: f"signer{n}@organisation.example")
    mandate_by = "College van burgemeester en wethouders"
    mandate_on = factory.LazyFunction(timezone.localdate)


def signature_at(status: str, **fields) -> Signature:
    """A signature that stands at `status`, with what belongs to that."""
    return SignatureFactory(**({} if status == "unconfirmed" else {status: True}), **fields)


class ProjectFactory(factory.django.DjangoModelFactory):
    """On the agenda, led by a municipality."""

    class Meta:
        model = Project

    slug = factory.Sequence(lambda n: f"project-{n}")
    title_nl = factory.Sequence(lambda n: f"Project {n}")
    summary_nl = "Samen een probleem oplossen."
    lead = factory.SubFactory(OrganisationFactory)
    is_published = True


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    project = factory.SubFactory(ProjectFactory)
    title_nl = factory.Sequence(lambda n: f"Mijlpaal {n}")
    due_on = factory.LazyFunction(timezone.localdate)


class EnquiryFactory(factory.django.DjangoModelFactory):
    """Waits for an answer."""

    class Meta:
        model = Enquiry

    subject = factory.Sequence(lambda n: f"Vraag {n}")
    email = factory.Sequence(lambda n: f"asker{n}@organisation.example")
    message = "Mag een kleine gemeente ook meedoen?"


class NewsFactory(factory.django.DjangoModelFactory):
    """Written, not sent."""

    class Meta:
        model = News

    subject_nl = factory.Sequence(lambda n: f"Nieuws {n}")
    subject_en = factory.Sequence(lambda n: f"News {n}")
    text_nl = "Er komt een fieldlab."
    text_en = "A field lab is coming."


class InvitationFactory(factory.django.DjangoModelFactory):
    """Stands for two weeks; its link has the token `invitation-<n>`."""

    class Meta:
        model = Invitation

    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"colleague{n}@organisation.example")
    role = "editor"
    token_hash = factory.Sequence(lambda n: hash_token(f"invitation-{n}"))
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class AccessRequestFactory(factory.django.DjangoModelFactory):
    """Asked, not decided."""

    class Meta:
        model = AccessRequest

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = "representative"
    message = "Ik volg mijn collega op."


class SignatureDraftFactory(factory.django.DjangoModelFactory):
    """Begun just now; found with the secret that `token_hash` is the hash of."""

    class Meta:
        model = SignatureDraft

    token_hash = factory.Sequence(lambda n: f"{n:064}")
    declaration = factory.SubFactory(DeclarationFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class JointInvitationFactory(factory.django.DjangoModelFactory):
    """A municipality that a partnership in force named, not answered yet."""

    class Meta:
        model = JointInvitation

    signature = factory.SubFactory(SignatureFactory, published=True, organisation__kind="partnership")
    organisation = factory.SubFactory(OrganisationFactory)
    email = factory.Sequence(lambda n: f"griffie{n}@gemeente.example")
    token_hash = factory.Sequence(lambda n: f"{n:064}")


class BulkDecisionFactory(factory.django.DjangoModelFactory):
    """Rejected nothing yet."""

    class Meta:
        model = BulkDecision

    kind = "reject"
    reason = "Verzonnen namen."
