"""Every field that says something about a person, with why and how long it is kept. A new one fails until it is here.

The page /privacy/ says the same to people; docs/privacy.md to whoever asks the organisation.
"""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from pghistory.models import Event

from alliance.actions import CONFIRMATION_TERM, REJECTION_TERM
from tests import factories
from tests.guards.sources import LABELS

SIGNED = "withdrawn, not confirmed within CONFIRMATION_TERM, or rejected REJECTION_TERM ago"
MAILED = "MAIL_RETENTION_DAYS after it was written"
TAKEN_PART = "given up: at once. Else REGISTRATION_TERM after the fieldlab"
# field: (why, until when)
PERSONAL = {
    "core.User.email": ("to sign in and to be mailed", "the account is removed"),
    "core.User.name": ("to greet and to show to colleagues", "the account is removed"),
    "core.User.password": ("to sign in, as a hash", "the account is removed"),
    "core.User.last_login": ("to see that an account is not used", "the account is removed"),
    "core.Mail.to": ("to deliver a mail and to see that it arrived", MAILED),
    "core.Mail.reply_to": ("to answer to", MAILED),
    "core.Consent.email": ("to mail who agreed, and to show that they did", "CONSENT_KEPT after withdrawal"),
    "alliance.AccessRequest.user": (
        "to decide who acts for an organisation",
        "REQUESTS_KEPT after it was decided",
    ),
    "alliance.AccessRequest.decided_by": (
        "to account for the decision",
        "REQUESTS_KEPT after it was decided",
    ),
    "alliance.BulkDecision.decided_by": ("to account for the decision", "the account is removed"),
    "alliance.Enquiry.email": ("to answer", "ENQUIRY_TERM after it was answered or closed"),
    "alliance.Enquiry.name": (
        "to answer politely; not required",
        "ENQUIRY_TERM after it was answered or closed",
    ),
    "alliance.Enquiry.handled_by": (
        "to account for the answer",
        "ENQUIRY_TERM after it was answered or closed",
    ),
    "alliance.Invitation.email": ("to invite a colleague", "INVITATIONS_KEPT after its term"),
    "alliance.Invitation.invited_by": ("to tell who invited", "the account is removed"),
    "alliance.JointInvitation.email": ("to ask a municipality", "it answered, or ANSWER_TERM ago"),
    "alliance.News.sent_by": ("to account for the mailing", "the account is removed"),
    "alliance.Membership.user": ("to know who speaks for an organisation", "the account is removed"),
    "alliance.Signature.signer_name": (
        "to verify the mandate; published with consent",
        SIGNED,
    ),
    "alliance.Signature.signer_function": (
        "to verify the mandate; published",
        SIGNED,
    ),
    "alliance.Signature.signer_email": ("to confirm and to decide", SIGNED),
    "alliance.Signature.publish_name": ("to know the consent", SIGNED),
    "alliance.Signature.decided_by": ("to account for the decision", "the account is removed"),
    "fieldlabs.Registration.name": ("to receive people; published with consent", TAKEN_PART),
    "fieldlabs.Registration.email": ("to tell about the fieldlab", TAKEN_PART),
    "fieldlabs.Registration.show_name": ("to know the consent", TAKEN_PART),
    "fieldlabs.Registration.user": ("to find the own registrations", TAKEN_PART),
    "fieldlabs.FieldlabInvitation.email": ("to invite", "REGISTRATION_TERM after the fieldlab"),
    "fieldlabs.Fieldlab.contact_email": ("a shared mailbox, published", "the fieldlab changes"),
    "fieldlabs.Fieldlab.changed_by": ("to ask about it", "the account is removed"),
    "fieldlabs.Case.created_by": ("to tell what was decided", "the account is removed"),
    "fieldlabs.PersonalAgenda.user": ("to show the own fieldlabs in a calendar", "the account is removed"),
    "fieldlabs.Outcome.created_by": ("to ask about it", "the account is removed"),
    "fieldlabs.OutcomeWriter.email": ("to know who may write", "WRITER_TERM after the report"),
    "fieldlabs.OutcomeWriter.invited_by": ("to tell who asked", "WRITER_TERM after the report"),
    "fieldlabs.FollowUp.owner_name": ("to know who does it", "OWNER_TERM after it was done or dropped"),
    "fieldlabs.FollowUp.owner_email": ("to ask and to remind", "OWNER_TERM after it was done or dropped"),
    "fieldlabs.FollowUp.created_by": ("to ask about it", "the account is removed"),
    "fieldlabs.CarriedOver.carried_by": ("to ask about it", "the account is removed"),
    "fieldlabs.Report.published_by": ("to account for the report", "the account is removed"),
    "knowledgebase.Practice.contact_email": ("a shared mailbox, published", "the practice changes"),
    "knowledgebase.Practice.created_by": ("to ask about it", "the account is removed"),
    "knowledgebase.Practice.submitted_by": ("four eyes; to send it back", "the account is removed"),
    "knowledgebase.Practice.published_by": ("four eyes", "the account is removed"),
    "knowledgebase.AdoptionDraft.user": (
        "to go on with what was said",
        "90 days after it was said, or the account goes",
    ),
    "knowledgebase.Bookmark.user": (
        "to find a practice back",
        "the person lets go of it, or the account goes",
    ),
    "knowledgebase.Need.created_by": ("to tell who asked", "the account is removed"),
    "knowledgebase.NeedOffer.offered_by": ("to tell who offered", "the account is removed"),
    "knowledgebase.NeedSupport.joined_by": ("to tell who joined", "the account is removed"),
    "knowledgebase.Question.asked_by": (
        "to mail the answer",
        "a year after the answer when it is not public; the account goes",
    ),
    "knowledgebase.Question.how_to_talk": ("to talk at the agreed moment", "TALK_TERM after the talk"),
    "knowledgebase.Subscription.user": (
        "to mail what is followed",
        "the person stops following, or the account goes",
    ),
    "knowledgebase.Publication.created_by": ("to ask about it", "the account is removed"),
    "knowledgebase.RuleVersion.created_by": ("to ask about it", "the account is removed"),
    "knowledgebase.Author.user": ("to let somebody write along", "the account is removed"),
    "knowledgebase.AuthorInvitation.email": (
        "to invite somebody to write along",
        "INVITATIONS_KEPT after the link ended",
    ),
    "knowledgebase.AuthorInvitation.invited_by": ("to tell who invited", "the account is removed"),
    "knowledgebase.PartInvitation.invited_by": ("to tell who asks", "the account is removed"),
    "knowledgebase.Review.reviewer": ("to know who reads it", "the account is removed"),
    "knowledgebase.Review.created_by": ("to know who asked", "the account is removed"),
    "knowledgebase.Judgement.created_by": ("to account for it", "the account is removed"),
    "knowledgebase.EvidenceStep.created_by": ("to account for it", "the account is removed"),
    "knowledgebase.EvidenceRequest.asked_by": ("four eyes; to answer", "the account is removed"),
    "knowledgebase.EvidenceRequest.decided_by": ("four eyes", "the account is removed"),
    "knowledgebase.Proposal.created_by": ("to ask about it", "the account is removed"),
    "knowledgebase.Proposal.submitted_by": ("four eyes; to answer", "the account is removed"),
    "knowledgebase.Proposal.decided_by": ("four eyes", "the account is removed"),
    "knowledgebase.Attachment.created_by": ("to ask about it", "the account is removed"),
    "knowledgebase.Picture.created_by": ("to ask about it", "the account is removed"),
    "knowledgebase.Adoption.claimed_by": ("to account for the claim", "the account is removed"),
}
# About a person, though neither kind nor name tells.
NAMED_OTHERWISE = {"core.Mail.to", "knowledgebase.Question.how_to_talk"}
# Named like a person's, yet of a thing or a consent.
OF_THINGS = {
    "fieldlabs.Fieldlab.contact_name": "a role or a team",
    "fieldlabs.Registration.organisation_name": "of an organisation",
    "alliance.Enquiry.organisation_name": "of an organisation",
    "alliance.Organisation.name": "of an organisation",
    "alliance.Organisation.email_domains": "of an organisation",
    "alliance.Theme.name_nl": "of a theme",
    "alliance.Theme.name_en": "of a theme",
    "knowledgebase.Practice.personal_data": "whether the practice uses any",
    "knowledgebase.PracticeOrganisation.named_because": "why an organisation is named",
    "knowledgebase.Tag.name": "of a tag",
}
# In the history because four eyes must stay provable: numbers of accounts, never names or addresses.
KEPT_IN_HISTORY = {
    "alliance.AccessRequest.decided_by",
    "alliance.AccessRequest.user",
    "alliance.BulkDecision.decided_by",
    "alliance.Enquiry.handled_by",
    "alliance.Invitation.invited_by",
    "alliance.News.sent_by",
    "alliance.Membership.user",
    "alliance.Signature.publish_name",
    "alliance.Signature.decided_by",
    "fieldlabs.Registration.user",
    "fieldlabs.Fieldlab.contact_email",  # a shared mailbox, published
    "fieldlabs.Fieldlab.changed_by",
    "fieldlabs.Case.created_by",
    "fieldlabs.CarriedOver.carried_by",
    "fieldlabs.FollowUp.created_by",
    "fieldlabs.Outcome.created_by",
    "fieldlabs.OutcomeWriter.invited_by",
    "fieldlabs.Report.published_by",
    "knowledgebase.Practice.contact_email",  # a mailbox of an organisation, published
    "knowledgebase.Practice.created_by",
    "knowledgebase.Practice.submitted_by",
    "knowledgebase.Practice.published_by",
    "knowledgebase.Author.user",
    "knowledgebase.AuthorInvitation.invited_by",
    "knowledgebase.PartInvitation.invited_by",
    "knowledgebase.Judgement.created_by",
    "knowledgebase.EvidenceRequest.asked_by",
    "knowledgebase.EvidenceRequest.decided_by",
    "knowledgebase.Proposal.created_by",
    "knowledgebase.Proposal.submitted_by",
    "knowledgebase.Proposal.decided_by",
    "knowledgebase.Attachment.created_by",
    "knowledgebase.Picture.created_by",
}
SOUNDS_PERSONAL = re.compile(r"name|mail|phone|address|birth|signer|person|password|last_login|gender|bsn")
MODELS = [model for model in apps.get_models() if model._meta.app_label in LABELS]
ROWS = [model for model in MODELS if not issubclass(model, Event)]
HISTORY = [model for model in MODELS if issubclass(model, Event)]


def suspects() -> set[str]:
    """Fields that by kind or name could be about a person."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in ROWS
        for field in model._meta.local_fields
        if isinstance(field, models.EmailField)
        or SOUNDS_PERSONAL.search(field.name)
        or field.related_model is apps.get_model(settings.AUTH_USER_MODEL)
    }


def test_every_field_about_a_person_is_classified():
    assert sorted(suspects() | NAMED_OTHERWISE) == sorted({*PERSONAL, *OF_THINGS})


def test_a_field_is_in_one_table():
    assert set(PERSONAL) & set(OF_THINGS) == set()
    assert {name for name, (why, until) in PERSONAL.items() if not (why and until)} == set()


@pytest.mark.parametrize("model", HISTORY, ids=lambda model: model._meta.label)
def test_history_holds_no_field_about_a_person_but_those_that_prove_something(model):
    source = model.pgh_tracked_model._meta.label
    held = {f"{source}.{field.name}" for field in model._meta.local_fields}
    assert held & set(PERSONAL) - KEPT_IN_HISTORY == set()


def test_history_exceptions_are_real():
    held = {
        f"{model.pgh_tracked_model._meta.label}.{field.name}"
        for model in HISTORY
        for field in model._meta.local_fields
    }
    assert KEPT_IN_HISTORY - held == set()
    assert KEPT_IN_HISTORY - set(PERSONAL) == set()


def test_terms_are_what_the_privacy_page_promises():
    assert (CONFIRMATION_TERM.days, REJECTION_TERM.days, settings.MAIL_RETENTION_DAYS) == (7, 90, 30)


def test_removing_an_account_leaves_nothing_of_the_person_but_things(db):
    """Everything that points to a person lets go of the person, and what belongs to an organisation stays."""
    person = factories.UserFactory(name="Bas Bakker", email="bas@ede.example")
    membership = factories.MembershipFactory(user=person)
    practice = factories.PracticeFactory(created_by=person, submitted_by=person)
    adoption = factories.AdoptionFactory(claimed_by=person)
    outcome = factories.OutcomeFactory(created_by=person)
    signature = factories.SignatureFactory(published=True, decided_by=person)
    registration = factories.RegistrationFactory(user=person, name="Wie dan ook")
    person.delete()
    for row, name in [
        (practice, "created_by"), (practice, "submitted_by"), (adoption, "claimed_by"), (outcome, "created_by"),
        (signature, "decided_by"), (registration, "user"),
    ]:  # fmt: skip
        row.refresh_from_db()
        assert getattr(row, name) is None
    assert not type(membership).objects.filter(pk=membership.pk).exists()
    tables = [table for table in connection.introspection.table_names() if table.startswith(LABELS)]
    left = [table for table in tables if _names(table, "Bas Bakker") or _names(table, "bas@ede.example")]
    assert left == []


def _names(table: str, words: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" t WHERE strpos(to_jsonb(t)::text, %s) > 0', [words])  # noqa: S608
        return cursor.fetchone() is not None
