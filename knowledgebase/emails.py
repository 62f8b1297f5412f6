"""The mails of the knowledge base; wording in templates/emails/knowledgebase/."""

from knowledgebase.models import Adoption, Practice
from smartsociety.core import mail
from smartsociety.core.models import User


def practice_returned(practice: Practice, *, to: User, remark: str) -> None:
    """To who sent it in: what to improve."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_edit", practice.slug)
    context = {"practice": practice, "remark": remark, "url": url}
    mail.send("knowledgebase/practice_returned", to=to.email, language=to.language, context=context)


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
