"""The mails of the knowledge base; wording in templates/emails/knowledgebase/."""

from django.utils.translation import override

from alliance.emails import representatives
from alliance.models import Organisation
from knowledgebase.meeting import meeting_url
from knowledgebase.models import (
    Adoption,
    AdoptionDraft,
    AuthorInvitation,
    EvidenceRequest,
    EvidenceStep,
    Need,
    NeedOffer,
    PartInvitation,
    Practice,
    PracticeOrganisation,
    Proposal,
    Question,
    Remark,
)
from smartsociety.core import mail
from smartsociety.core.models import User


def practice_returned(practice: Practice, *, to: User, remarks: list[Remark]) -> None:
    """To who sent it in: what to improve."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_edit", practice.slug)
    with override(to.language):
        lines = [(remark.about, remark.text) for remark in remarks]
    context = {"practice": practice, "remarks": lines, "url": url}
    _to_person("practice_returned", to, context)


def review_asked(practice: Practice, *, to: User) -> None:
    """To an editor: a colleague asks to read this."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_detail", practice.slug)
    context = {"practice": practice, "url": url}
    _to_person("review_asked", to, context)


def proposal_decided(proposal: Proposal, *, to: User) -> None:
    """To who proposed a change: what the editor says."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_detail", proposal.practice.slug)
    with override(to.language):
        lines = [(remark.about if remark.field else "", remark.text) for remark in proposal.asked]
    context = {"proposal": proposal, "practice": proposal.practice, "remarks": lines, "url": url}
    _to_person("proposal_decided", to, context)


def author_invited(invitation: AuthorInvitation, *, token: str) -> None:
    """To who is asked to write along: the link."""
    practice = invitation.practice
    url = mail.absolute_url(practice.language, "knowledgebase:author_accept", token)
    context = {
        "practice": practice,
        "invitation": invitation,
        "inviter": inviter(invitation),
        "url": url,
    }
    mail.send(
        "knowledgebase/author_invited", to=invitation.email, language=practice.language, context=context
    )


def part_asked(invitation: PartInvitation) -> None:
    """To who speaks for an organisation: does it take part? With the page where that is said."""
    to = ("knowledgebase:part_answer", invitation.practice.slug, invitation.pk)
    _to_representatives("part_asked", invitation, to, {"inviter": inviter(invitation)})


def part_given(part: PracticeOrganisation, *, by: User) -> None:
    """To who speaks for an organisation: an editor names it without asking, and why."""
    if not part.organisation.memberships.filter(user=by).exists():
        _to_representatives("part_given", part, ("knowledgebase:practice_detail", part.practice.slug), {})


def _to_representatives(
    kind: str, part: PracticeOrganisation | PartInvitation, to: tuple, context: dict
) -> None:
    about = {"part": part, "practice": part.practice, "organisation": part.organisation}
    for person in representatives(part.organisation):
        _to_person(kind, person, about | context | {"url": mail.absolute_url(person.language, *to)})


def still_right(practice: Practice, *, to: str, language: str, token: str) -> None:
    """Once a year: is this still right? With the link that needs no sign-in."""
    url = mail.absolute_url(language, "knowledgebase:practice_still_right", token)
    page = mail.absolute_url(language, "knowledgebase:practice_detail", practice.slug)
    context = {"practice": practice, "url": url, "page": page}
    mail.send("knowledgebase/still_right", to=to, language=language, context=context)


def evidence_ended(practice: Practice) -> None:
    """To the contact: a step of the ladder ended, because nobody confirmed it."""
    _to_contact("evidence_ended", practice, {})


def evidence_ends(step: EvidenceStep) -> None:
    """To the contact: a step ends soon; is asked whether it still stands."""
    practice = step.practice
    ask_url = mail.absolute_url(practice.language, "knowledgebase:evidence_ask", practice.slug)
    _to_contact("evidence_ends", practice, {"step": step, "ask_url": ask_url})


def evidence_decided(asked: EvidenceRequest, *, to: User) -> None:
    """To who asked to record a step: what the editor decided."""
    url = mail.absolute_url(to.language, "knowledgebase:practice_detail", asked.practice.slug)
    context = {"asked": asked, "practice": asked.practice, "url": url}
    _to_person("evidence_decided", to, context)


def outcome_became_practice(practice: Practice, *, asked: PartInvitation | None) -> None:
    """To whoever acts for the owner of the outcome: a draft waits for them, once it is `asked` and said yes."""
    outcome = practice.outcome
    for membership in outcome.organisation.memberships.filter(user__is_active=True).select_related("user"):
        user = membership.user
        to = ("part_answer", practice.slug, asked.pk) if asked else ("practice_edit", practice.slug)
        url = mail.absolute_url(user.language, f"knowledgebase:{to[0]}", *to[1:])
        context = {"outcome": outcome, "asked": asked, "url": url}
        mail.send(
            "knowledgebase/outcome_became_practice", to=user.email, language=user.language, context=context
        )


def practice_published(practice: Practice) -> None:
    """To the contact and to who sent it in, each once: it can be found now."""
    _to_contact("practice_published", practice, {"is_contact": True})
    sender = practice.submitted_by
    if sender and sender.is_active and sender.email.lower() != practice.contact_email.lower():
        url = mail.absolute_url(sender.language, "knowledgebase:practice_detail", practice.slug)
        context = {"practice": practice, "url": url, "is_contact": False}
        mail.send(
            "knowledgebase/practice_published", to=sender.email, language=sender.language, context=context
        )


def practice_adopted(adoption: Adoption, *, evidence_is_within_reach: bool = False) -> None:
    """To the contact: another organisation uses it too, and perhaps that shows that it can be done again."""
    practice = adoption.practice
    ask_url = mail.absolute_url(practice.language, "knowledgebase:evidence_ask", practice.slug)
    context = {"adoption": adoption, "ask_url": ask_url if evidence_is_within_reach else ""}
    _to_contact("practice_adopted", practice, context)


def adoptions_still(organisation: Organisation, adoptions: list[Adoption], *, to: User, token: str) -> None:
    """Once a year: is your organisation still this far with these? With the link that needs no sign-in."""
    context = {
        "organisation": organisation,
        "adoptions": adoptions,
        "url": mail.absolute_url(to.language, "knowledgebase:adoptions_still", token),
    }
    mail.send("knowledgebase/adoptions_still", to=to.email, language=to.language, context=context)


def adoption_to_finish(draft: AdoptionDraft) -> None:
    """To who wanted to say that an organisation uses a practice, and may say so by now."""
    person, practice = draft.user, draft.practice
    url = mail.absolute_url(person.language, "knowledgebase:practice_adopt", practice.slug)
    _to_person("adoption_to_finish", person, {"practice": practice, "url": url})


def need_matched(need: Need, *, practices: list[Practice], to: User) -> None:
    """To who looks for something: these practices came since."""
    found = [
        (practice, mail.absolute_url(to.language, "knowledgebase:practice_detail", practice.slug))
        for practice in practices
    ]
    url = mail.absolute_url(to.language, "knowledgebase:need_detail", need.slug)
    context = {"need": need, "found": found, "url": url}
    _to_person("need_matched", to, context)


def need_offered(offer: NeedOffer, *, to: User) -> None:
    """To who looks for something: the owner of this practice says that it is that."""
    need, practice = offer.need, offer.practice
    context = {
        "need": need,
        "practice": practice,
        "practice_url": mail.absolute_url(to.language, "knowledgebase:practice_detail", practice.slug),
        "url": mail.absolute_url(to.language, "knowledgebase:need_detail", need.slug),
    }
    _to_person("need_offered", to, context)


def question_asked(question: Question, *, token: str) -> None:
    """To the contact, or to who speaks for the organisation that was asked: here you answer."""
    practice = question.practice
    for to, language in _answerers(question):
        url = mail.absolute_url(language, "knowledgebase:question_answer", token)
        context = {
            "practice": practice,
            "question": question,
            "url": url,
            "picks": [(moment, f"{url}?moment={nth}") for nth, moment in enumerate(question.moments, 1)],
            "asker": organisation_names(question.asked_by),
            "limit_url": _limit_url(question, language),
        }
        mail.send("knowledgebase/question_asked", to=to, language=language, context=context)


def question_sent(question: Question) -> None:
    """To the asker: it is on its way."""
    _to_asker("question_sent", question, {})


def question_answered(question: Question) -> None:
    """To the asker: the answer."""
    calendar = meeting_url(question, question.language) if question.meeting_at else ""
    again = mail.absolute_url(question.language, "knowledgebase:question_ask", question.practice.slug)
    if question.adoption:
        again += f"?aan={question.adoption.organisation.slug}"
    mine = mail.absolute_url(question.language, "knowledgebase:my_knowledge")
    _to_asker("question_answered", question, {"calendar_url": calendar, "again_url": again, "mine_url": mine})


def question_closed(question: Question) -> None:
    """To the asker: there will be no answer, and where to ask others, if there are any."""
    practice, asked = question.practice, question.adoption
    others = practice.adoptions.askable().exclude(pk=question.adoption_id)
    others_url = ""
    if others.exists() or (asked and practice.has_contact):
        others_url = mail.absolute_url(question.language, "knowledgebase:question_ask", practice.slug)
    _to_asker("question_closed", question, {"others_url": others_url})


def meeting_agreed(question: Question) -> None:
    """To who answered: the talk that was agreed, for the calendar."""
    for to, language in _answerers(question):
        context = {
            "practice": question.practice,
            "question": question,
            "calendar_url": meeting_url(question, language),
        }
        mail.send("knowledgebase/meeting_agreed", to=to, language=language, context=context)


def _answerers(question: Question) -> list[tuple[str, str]]:
    """Addresses, with their languages, of those for whom a question is."""
    practice, adoption = question.practice, question.adoption
    if adoption:
        return [(person.email, person.language) for person in representatives(adoption.organisation)]
    return [(practice.contact_email, practice.language)] if practice.has_contact else []


def _limit_url(question: Question, language: str) -> str:
    """Where whoever is asked says how many questions they can answer."""
    if question.adoption is None:
        return mail.absolute_url(language, "knowledgebase:owner_desk", question.practice.slug)
    url = mail.absolute_url(language, "knowledgebase:practice_adopt", question.practice.slug)
    return f"{url}?organisatie={question.adoption.organisation.slug}"


def digest(user: User, parts: list, *, unsubscribe_url: str) -> None:
    """To a follower: all that is new, in one mail. `parts` are what is followed, each with its lines."""
    language = user.language
    worded = [
        (
            subject,
            [
                (
                    line.text.rstrip(":"),
                    mail.absolute_url(language, f"knowledgebase:{line.view}", line.page_of.slug),
                )
                for line in lines
            ],
        )
        for subject, lines in parts
    ]
    context = {
        "parts": worded,
        "count": sum(len(lines) for _subject, lines in worded),
        "first": worded[0][1][0][0],
        "mine_url": mail.absolute_url(language, "knowledgebase:my_knowledge"),
        "stop_url": unsubscribe_url,
    }
    mail.send(
        "knowledgebase/digest",
        to=user.email,
        language=language,
        context=context,
        unsubscribe_url=unsubscribe_url,
    )


def inviter(invitation: AuthorInvitation | PartInvitation) -> str:
    """Who invites, by name and organisation; empty for who is not known any more, or gave neither."""
    person = invitation.invited_by
    names = [person.name if person else "", organisation_names(person)]
    return ", ".join(name for name in names if name)


def organisation_names(person: User | None) -> str:
    """For which organisations somebody acts: all that an owner learns about who asks."""
    if person is None:
        return ""
    return ", ".join(
        person.memberships.order_by("organisation__name").values_list("organisation__name", flat=True)
    )


def _to_person(kind: str, person: User, context: dict) -> None:
    """To somebody with an account; not any more when it was switched off."""
    if person.is_active:
        mail.send(f"knowledgebase/{kind}", to=person.email, language=person.language, context=context)


def _to_asker(kind: str, question: Question, context: dict) -> None:
    person, practice = question.asked_by, question.practice
    if person is None or not person.is_active:
        return
    url = mail.absolute_url(question.language, "knowledgebase:practice_detail", practice.slug)
    mail.send(
        f"knowledgebase/{kind}",
        to=person.email,
        language=question.language,
        context={"practice": practice, "question": question, "url": url, **context},
    )


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
