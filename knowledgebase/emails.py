"""The mails of the knowledge base; wording in templates/emails/knowledgebase/."""

from django.utils.translation import override

from knowledgebase.models import Adoption, AuthorInvitation, Practice, Proposal, Remark
from smartsociety.core import mail
from smartsociety.core.models import User


def practice_returned(practice: Practice, *, to: User, remarks: list[Remark]) -> None:
    """To who sent it in: what to improve."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_edit", practice.slug)
    with override(to.language):
        lines = [(remark.about, remark.text) for remark in remarks]
    context = {"practice": practice, "remarks": lines, "url": url}
    mail.send("knowledgebase/practice_returned", to=to.email, language=to.language, context=context)


def review_asked(practice: Practice, *, to: User) -> None:
    """To an editor: a colleague asks to read this."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_detail", practice.slug)
    context = {"practice": practice, "url": url}
    mail.send("knowledgebase/review_asked", to=to.email, language=to.language, context=context)


def proposal_decided(proposal: Proposal, *, to: User) -> None:
    """To who proposed a change: what the editor says."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_detail", proposal.practice.slug)
    context = {"proposal": proposal, "practice": proposal.practice, "url": url}
    mail.send("knowledgebase/proposal_decided", to=to.email, language=to.language, context=context)


def author_invited(invitation: AuthorInvitation, *, token: str) -> None:
    """To who is asked to write along: the link."""
    practice = invitation.practice
    url = mail.absolute_url(practice.language, "knowledgebase:author_accept", token)
    context = {"practice": practice, "invitation": invitation, "url": url}
    mail.send(
        "knowledgebase/author_invited", to=invitation.email, language=practice.language, context=context
    )


def still_right(practice: Practice, *, to: str, language: str, token: str) -> None:
    """Once a year: is this still right? With the link that needs no sign-in."""
    url = mail.absolute_url(language, "knowledgebase:practice_still_right", token)
    page = mail.absolute_url(language, "knowledgebase:practice_detail", practice.slug)
    context = {"practice": practice, "url": url, "page": page}
    mail.send("knowledgebase/still_right", to=to, language=language, context=context)


def evidence_ended(practice: Practice) -> None:
    """To the contact: a step of the ladder ended, because nobody confirmed it."""
    _to_contact("evidence_ended", practice, {})


def outcome_became_practice(practice: Practice) -> None:
    """To whoever acts for the owner of the outcome: a draft waits for them."""
    outcome = practice.outcome
    for membership in outcome.organisation.memberships.filter(user__is_active=True).select_related("user"):
        user = membership.user
        url = mail.absolute_url(user.language, "knowledgebase:practice_edit", practice.slug)
        context = {"outcome": outcome, "url": url}
        mail.send(
            "knowledgebase/outcome_became_practice", to=user.email, language=user.language, context=context
        )


def practice_published(practice: Practice) -> None:
    """To the contact: it can be found now."""
    _to_contact("practice_published", practice, {})


def practice_adopted(adoption: Adoption) -> None:
    """To the contact: another organisation uses it too."""
    _to_contact("practice_adopted", adoption.practice, {"adoption": adoption})


def _to_contact(kind: str, practice: Practice, context: dict) -> None:
    if not practice.contact_email:  # what comes from elsewhere has none
        return
    url = mail.absolute_url(practice.language, "knowledgebase:practice_detail", practice.slug)
    mail.send(
        f"knowledgebase/{kind}",
        to=practice.contact_email,
        language=practice.language,
        context={"practice": practice, "url": url, **context},
    )
