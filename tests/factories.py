"""One minimal, unsurprising factory per model; traits for states."""

from datetime import timedelta

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from alliance.models import (
    AccessRequest,
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
from fieldlabs.models import Fieldlab, Outcome, Registration
from knowledgebase.models import Adoption, Practice, PracticeOrganisation
from smartsociety.core.models import Consent, Mail, User
from smartsociety.core.tokens import hash_token


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


class PracticeFactory(factory.django.DjangoModelFactory):
    """Complete and published, owned by one municipality."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status="draft", published_at=None)
        submitted = factory.Trait(
            status="submitted", published_at=None, submitted_by=factory.SubFactory(UserFactory)
        )
        in_review = factory.Trait(
            status="in_review", published_at=None, submitted_by=factory.SubFactory(UserFactory)
        )
        archived = factory.Trait(status="archived")

    slug = factory.Sequence(lambda n: f"practice-{n}")
    title = factory.Sequence(lambda n: f"Praktijkvoorbeeld {n}")
    summary = "Een korte samenvatting."
    problem = "Het probleem."
    approach = "De aanpak."
    result = "Het resultaat."
    shortfall = "Wat niet werkte."
    contact_role = "Adviseur"
    contact_email = "mobiliteit@gemeente.example"
    status = "published"
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def owner(self, create, extracted, **kwargs):
        """`owner=organisation`, or a new one; `owner=False` for none."""
        if extracted is not False:
            organisation = extracted or OrganisationFactory()
            PracticeOrganisation.objects.create(practice=self, organisation=organisation)


def practice_at(status: str, **fields) -> Practice:
    """A practice that stands at `status`, with what belongs to that."""
    return PracticeFactory(**({} if status == "published" else {status: True}), **fields)


class PracticeOrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticeOrganisation

    practice = factory.SubFactory(PracticeFactory, owner=False)
    organisation = factory.SubFactory(OrganisationFactory)


class AdoptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adoption

    practice = factory.SubFactory(PracticeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    stage = "in_use"


class MailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mail

    to = factory.Sequence(lambda n: f"reader{n}@organisation.example")
    subject = "Onderwerp"
    text = "Tekst"
    kind = "alliance/confirm_signature"


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


class ConsentFactory(factory.django.DjangoModelFactory):
    """Agreed to news."""

    class Meta:
        model = Consent

    email = factory.Sequence(lambda n: f"agreed{n}@organisation.example")
    purpose = "news"
    wording = "Ik wil nieuws."


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
