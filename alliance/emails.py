"""The mails of the alliance; wording in templates/emails/alliance/."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import override

from alliance.models import (
    AccessRequest,
    Declaration,
    Enquiry,
    Invitation,
    JointInvitation,
    Membership,
    News,
    Organisation,
    Signature,
)
from smartsociety.core import mail
from smartsociety.core.models import User

# A representative hears of so many requests for access a day; the others stand on the page.
REQUESTS_A_DAY = 5


def confirm_signature(signature: Signature, *, token: str) -> None:
    """To the signer: open this link to confirm. The only place where the token exists in plain text."""
    _to_signer("confirm_signature", signature, link=("alliance:signature_confirm", token))


def draft_link(*, to: str, language: str, token: str, expires_at: datetime) -> None:
    """To whoever goes on later: the link to what was filled in."""
    url = mail.absolute_url(language, "alliance:draft_resume", token)
    mail.send("alliance/draft_link", to=to, language=language, context={"url": url, "expires_at": expires_at})


def joint_invitation(invitation: JointInvitation, *, token: str) -> None:
    """To a municipality that a partnership named: it joins or declines by itself."""
    language = invitation.signature.language
    mail.send(
        "alliance/joint_invitation",
        to=invitation.email,
        language=language,
        context={
            "invitation": invitation,
            "url": mail.absolute_url(language, "alliance:joint_answer", token),
        },
    )


def joint_answered(invitation: JointInvitation) -> None:
    """To the signer of the partnership: what a municipality answered."""
    if invitation.signature.signer_email:
        mail.send(
            "alliance/joint_answered",
            to=invitation.signature.signer_email,
            language=invitation.signature.language,
            context={"invitation": invitation},
        )


def signature_received(signature: Signature) -> None:
    """To the signer: confirmed, the secretariat looks at it."""
    _to_signer("signature_received", signature)


def signature_to_verify(signature: Signature) -> None:
    """To the secretariat: something waits."""
    mail.send(
        "alliance/signature_to_verify",
        to=settings.SECRETARIAT_EMAIL,
        language="nl",
        context={
            "signature": signature,
            "url": mail.absolute_url("nl", "alliance:signature_verify", signature.pk),
        },
    )


def signature_published(signature: Signature) -> None:
    """To the signer, who from now on represents the organisation."""
    _to_signer("signature_published", signature, link=("organisation_detail", signature.organisation.slug))


def signature_rejected(signature: Signature) -> None:
    """To the signer, with the reason."""
    _to_signer("signature_rejected", signature)


def signature_withdrawn(signature: Signature, *, to: str, language: str) -> None:
    """To the signer, whose address the row no longer holds."""
    mail.send(
        "alliance/signature_withdrawn",
        to=to,
        language=language,
        context={
            "signature": signature,
            "url": mail.absolute_url(language, "alliance:signature_proof", signature.code),
        },
    )


def enquiry_received(enquiry: Enquiry) -> None:
    """To the asker: it arrived. Says nothing that was typed, because anyone can type anybody's address."""
    mail.send("alliance/enquiry_received", to=enquiry.email, language=enquiry.language, context={})


def enquiry_to_answer(enquiry: Enquiry) -> None:
    """To the secretariat: a question waits."""
    mail.send(
        "alliance/enquiry_to_answer",
        to=settings.SECRETARIAT_EMAIL,
        language="nl",
        context={
            "enquiry": enquiry,
            "url": mail.absolute_url("nl", "alliance:enquiry_detail", enquiry.pk),
        },
    )


def enquiry_answered(enquiry: Enquiry) -> None:
    """To the asker: the answer, with the question below it. A reply goes to the secretariat."""
    mail.send(
        "alliance/enquiry_answered",
        to=enquiry.email,
        language=enquiry.language,
        context={"enquiry": enquiry},
        reply_to=settings.SECRETARIAT_EMAIL,
    )


def news(message: News, *, to: str, language: str, unsubscribe_url: str) -> None:
    """To one person who agreed to news, with the way out in the text and in the headers."""
    with override(language):
        context = {"subject": message.subject, "text": message.text, "url": unsubscribe_url}
    mail.send("alliance/news", to=to, language=language, context=context, unsubscribe_url=unsubscribe_url)


def milestone_reached(news: News) -> None:
    """To the secretariat: a round number of signatories, and a message that is ready to be read and sent."""
    _to_person("milestone_reached", to=settings.SECRETARIAT_EMAIL, language="nl", context={"news": news},
               link=("alliance:news_detail", news.pk))  # fmt: skip


def invitation(invitation: Invitation, *, token: str) -> None:
    """To a colleague: come and act for the organisation. The only place where the token exists in plain text."""
    known = User.objects.filter(email=invitation.email).first()
    language = (known or invitation.invited_by).language
    _to_person("invitation", to=invitation.email, language=language,
               context={"invitation": invitation, "organisation": invitation.organisation},
               link=("alliance:invitation_accept", token))  # fmt: skip


def role_changed(membership: Membership) -> None:
    """To the member: what you may do for the organisation is different from now on."""
    organisation, context = membership.organisation, {"membership": membership}
    _to_member("role_changed", membership.user, organisation, "alliance:own_overview", **context)


def membership_ended(person: User, organisation: Organisation) -> None:
    """To a former member."""
    _to_member("membership_ended", person, organisation, "alliance:access_request")


def access_requested(request: AccessRequest) -> None:
    """To the representatives, or to the secretariat when nobody speaks for the organisation; within bounds."""
    organisation, context = request.organisation, {"request": request, "organisation": request.organisation}
    for person in representatives(organisation):
        if mail.sent_recently("alliance/access_requested", to=person.email) < REQUESTS_A_DAY:
            _to_member("access_requested", person, organisation, "alliance:own_people", request=request)
    if not representatives(organisation):
        _to_person("access_requested", to=settings.SECRETARIAT_EMAIL, language="nl", context=context,
                   link=("alliance:staff_access_list",))  # fmt: skip


def access_granted(request: AccessRequest, *, by: User) -> None:
    """To the asker; and to the representatives, who must know who else speaks or writes for the organisation."""
    _to_member("access_granted", request.user, request.organisation, "alliance:own_overview", request=request)
    for person in representatives(request.organisation):
        if person not in (by, request.user):
            _to_member("member_joined", person, request.organisation, "alliance:own_people", request=request)


def access_refused(request: AccessRequest) -> None:
    """To the asker."""
    _to_member("access_refused", request.user, request.organisation, "organisation_detail", request=request)


def domains_to_check(organisation: Organisation) -> None:
    """To the secretariat: a representative named a mail domain that only counts once it is confirmed."""
    _to_person("domains_to_check", to=settings.SECRETARIAT_EMAIL, language="nl",
               context={"organisation": organisation}, link=("alliance:staff_access_list",))  # fmt: skip


def still_right(signature: Signature, *, token: str) -> None:
    """To those who speak for the organisation, once a year: say whether this is still right."""
    _about_silence("still_right", signature, token)


def held_unanswered(signature: Signature, *, token: str) -> None:
    """To the same: nobody answered, so the signature is on hold; one press puts it back."""
    _about_silence("held_unanswered", signature, token)


def signature_held(signature: Signature) -> None:
    """To the signer: not in force for a while, and why."""
    _to_signer("signature_held", signature, link=("alliance:signature_proof", signature.code))


def paper_entered(signature: Signature) -> None:
    """To who signed on paper: the secretariat entered it, and what happens now. A reply goes to the secretariat."""
    mail.send(
        "alliance/paper_entered",
        to=signature.signer_email,
        language=signature.language,
        context={"signature": signature},
        reply_to=settings.SECRETARIAT_EMAIL,
    )


def signature_resumed(signature: Signature) -> None:
    """To the signer: in force again."""
    _to_signer("signature_resumed", signature, link=("alliance:signature_proof", signature.code))


def signature_reopened(signature: Signature) -> None:
    """To the signer: the rejection was taken back, the secretariat looks once more."""
    _to_signer("signature_reopened", signature)


def signature_corrected(signature: Signature, *, reason: str) -> None:
    """To the signer: what the secretariat put right, and why."""
    context = {"signature": signature, "reason": reason}
    _to_person("signature_corrected", to=signature.signer_email, language=signature.language, context=context,
               link=("alliance:contact",))  # fmt: skip


def signature_merged(signature: Signature) -> None:
    """To the signer: the organisation stood in the list twice and signed twice, so this signature ended."""
    context = {"signature": signature}
    _to_person("signature_merged", to=signature.signer_email, language=signature.language, context=context,
               link=("alliance:signature_proof", signature.code))  # fmt: skip


def sign_again(signature: Signature, declaration: Declaration) -> None:
    """To those who speak for a signatory of an earlier version: there is a new one."""
    people = [(person.email, person.language) for person in representatives(signature.organisation)]
    for to, language in people or [(signature.signer_email, signature.language)]:
        number = declaration.version, signature.declaration.version
        context = {
            "signature": signature,
            "declaration": declaration,
            "compare_url": mail.absolute_url(language, "alliance:declaration_compare", *reversed(number)),
        }
        _to_person("sign_again", to=to, language=language, context=context,
                   link=("alliance:signature_create",))  # fmt: skip


def succession(predecessor: Organisation) -> None:
    """To those who speak for an organisation that goes up in another."""
    for person in representatives(predecessor):
        context = {"organisation": predecessor, "name": person.name}
        _to_person("succession", to=person.email, language=person.language, context=context,
                   link=("organisation_detail", predecessor.successor.slug))  # fmt: skip


def representatives(organisation: Organisation) -> list[User]:
    """Who speaks for the organisation and can sign in."""
    speaks = {"memberships__organisation": organisation, "memberships__role": Membership.Role.REPRESENTATIVE}
    return list(User.objects.filter(is_active=True, **speaks).order_by("pk"))


def _about_silence(kind: str, signature: Signature, token: str) -> None:
    people = [(person.email, person.language) for person in representatives(signature.organisation)]
    context = {"signature": signature, "organisation": signature.organisation}
    for to, language in people or [(signature.signer_email, signature.language)]:
        own_url = mail.absolute_url(language, "alliance:own_overview", signature.organisation.slug)
        _to_person(kind, to=to, language=language, context={**context, "own_url": own_url},
                   link=("alliance:still_right", token))  # fmt: skip


def _to_member(kind: str, person: User, organisation: Organisation, page: str, **context: object) -> None:
    context = {**context, "organisation": organisation, "name": person.name}
    _to_person(
        kind, to=person.email, language=person.language, context=context, link=(page, organisation.slug)
    )


def _to_person(kind: str, *, to: str, language: str, context: dict, link: tuple[str, ...]) -> None:
    url = mail.absolute_url(language, *link)
    mail.send(f"alliance/{kind}", to=to, language=language, context={**context, "url": url})


def _to_signer(kind: str, signature: Signature, *, link: tuple[str, str] | None = None) -> None:
    context = {"signature": signature, "url": mail.absolute_url(signature.language, *link) if link else ""}
    mail.send(f"alliance/{kind}", to=signature.signer_email, language=signature.language, context=context)
