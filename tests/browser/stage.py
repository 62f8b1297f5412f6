"""What the pages of the browser tests need and the sample data lack: secrets that are known, and a second version."""

from datetime import timedelta

from django.utils import timezone

from alliance.actions.consent import agree, unsubscribe_url
from alliance.actions.own_nudge import token_for
from alliance.models import Declaration, Invitation, JointInvitation, Organisation, Signature
from fieldlabs.models import Fieldlab, Registration
from knowledgebase.actions.adoption_check import token_for as adoptions_token
from knowledgebase.models import Adoption, Question
from smartsociety.core.models import Consent
from smartsociety.core.tokens import hash_token
from tests import factories

NEW_COLLEAGUE = "nieuwe.collega@vng.example"  # staff without a second factor
SUBSCRIBER = "abonnee@organisatie.example"
# Secrets of links in mails, and of signatures being written.
DRAFT, DRAFT_OF_PARTNERSHIP, DRAFT_NEW = "draft-whole", "draft-partnership", "draft-new"
DRAFT_SENT, DRAFT_ANSWERED, DRAFT_OF_SIGNATORY = "draft-sent", "draft-answered", "draft-signatory"
DRAFT_ALIKE = "draft-alike"
JOINT, JOINED, INVITATION, CONFIRM = "joint-asked", "joint-joined", "invitation", "confirm"
QUESTION = "question-open"
FOLLOW_UP, QUESTIONNAIRE, AUTHOR = "follow-up", "questionnaire", "author"
ASKED = "practice-asked"
SIGNER = {
    "signer_name": ["Vera Vermeer"],
    "signer_function": ["Wethouder"],
    "signer_email": ["vera@amersfoort.example"],
}
MANDATE = {"mandate_by": ["College van burgemeester en wethouders"], "mandate_on": ["2026-03-02"]}
BRINGS = {"contributes": ["knowledge", "process"], "statement": ["Wij willen leren van wat elders al werkt."]}


def prepare() -> None:
    """With the sample data loaded: everything that `pages.everything` names besides."""
    factories.UserFactory(email=NEW_COLLEAGUE, is_staff=True)
    factories.MembershipFactory(
        organisation=Organisation.objects.get(slug="duinbeek"), user__name="Kees Kok", role="editor"
    )
    _versions()
    _drafts()
    _links()


def _versions() -> None:
    """Version 2 is in force since last week, version 3 is being written."""
    second = Declaration.objects.get(version=2)
    second.sha256, second.published_at = second.compute_sha256(), timezone.now() - timedelta(days=7)
    second.save()
    factories.DeclarationFactory(version=3, sha256="", published_at=None)


def _drafts() -> None:
    signatory = Organisation.objects.get(slug="duinbeek")
    factories.SignatureFactory(
        organisation=signatory, declaration=Declaration.objects.get(version=2), published=True
    )
    _draft(DRAFT, "Amersfoort")
    _draft(
        DRAFT_OF_PARTNERSHIP,
        "Samenwerking De Drie Molens",
        kind=["partnership"],
        place=["Amersfoort"],
        province=["utrecht"],
    )
    _draft(
        DRAFT_NEW,
        "Sensoria BV",
        kind=["company"],
        place=["Ede"],
        province=["gelderland"],
        website=["https://www.sensoria.example"],
        kvk_number=["12345678"],
    )
    _draft(DRAFT_OF_SIGNATORY, signatory.name)
    alike = factories.OrganisationFactory(name="Lantaarnwerk", kind="company", place="Ede", in_register=False)
    factories.SignatureFactory(
        organisation=alike, declaration=Declaration.objects.get(version=2), published=True
    )
    _draft(DRAFT_ALIKE, "Lantaarnwrek", kind=["company"], place=["Ede"])
    factories.SignatureDraftFactory(
        token_hash=hash_token(DRAFT_SENT), signature=Signature.objects.filter(status="unconfirmed").first()
    )
    factories.SignatureDraftFactory(
        token_hash=hash_token(DRAFT_ANSWERED), signature=Signature.objects.filter(status="submitted").first()
    )


def _draft(secret: str, organisation: str, **described: list[str]) -> None:
    factories.SignatureDraftFactory(
        token_hash=hash_token(secret),
        declaration=Declaration.objects.get(version=2),
        answers={
            "organisatie": {"organisation_name": [organisation], **described},
            "gemeenten": {"form-TOTAL_FORMS": ["3"], "form-INITIAL_FORMS": ["0"]},
            "ondertekenaar": SIGNER,
            "mandaat": MANDATE,
            "inbreng": BRINGS,
        },
    )


def secrets() -> set[str]:
    """All that stand in an address in place of what the page is about."""
    named = {value for name, value in globals().items() if name.isupper() and isinstance(value, str)}
    registrations = {registration.token for registration in Registration.objects.all()}
    return {*named, *registrations, still_right_secret(), still_adopted_secret(), unsubscribe_secret()}


def _links() -> None:
    """The links in mails that wait for an answer."""
    held = Fieldlab.objects.get(status="held")
    factories.FollowUpFactory(fieldlab=held, token_hash=hash_token(FOLLOW_UP))
    factories.QuestionnaireInvitationFactory(
        registration=held.registrations.first(), token_hash=hash_token(QUESTIONNAIRE)
    )
    factories.AuthorInvitationFactory(token_hash=hash_token(AUTHOR))
    asked = factories.PracticeFactory(slug=ASKED, asked_at=timezone.now())
    factories.AdoptionFactory(practice=asked, asked_at=timezone.now())
    Question.objects.filter(status="open").update(token_hash=hash_token(QUESTION))
    factories.SignatureFactory(
        confirmation_hash=hash_token(CONFIRM), confirmation_expires_at=timezone.now() + timedelta(days=7)
    )
    for secret, answered in ((JOINT, None), (JOINED, True)):
        first = JointInvitation.objects.filter(accepted=answered).first()
        JointInvitation.objects.filter(pk=first.pk).update(
            token_hash=hash_token(secret),
            asked_at=timezone.now() - timedelta(days=6),
        )
    Invitation.objects.filter(pk=Invitation.objects.first().pk).update(token_hash=hash_token(INVITATION))
    agree(email=SUBSCRIBER, purpose="news", language="nl", wording="Ja")
    asked = Signature.objects.filter(organisation__slug="rietveen")
    asked.update(nudged_at=timezone.now() - timedelta(days=3))


def still_right_secret() -> str:
    """Of the link that asks a year later whether all is still right."""
    return token_for(Signature.objects.get(organisation__slug="rietveen"))


def still_adopted_secret() -> str:
    """Of the link that asks who took practices over whether that is still so."""
    adoption = Adoption.objects.exclude(asked_at=None).get()
    return adoptions_token(adoption.organisation, [adoption.pk], adoption.asked_at.isoformat())


def unsubscribe_secret() -> str:
    """Of the link under a news message."""
    url = unsubscribe_url(Consent.objects.get(email=SUBSCRIBER), "news-1")
    return url.rstrip("/").rpartition("/")[2]
