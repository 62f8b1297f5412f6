"""Invented organisations that signed, wait, left or were refused; and whom the people of the sample act for."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.text import slugify

from alliance.actions import CONFIRMATION_TERM
from alliance.models import Declaration, JointInvitation, Membership, Organisation, Signature, Theme
from alliance.models.organisation import REGISTERED_KINDS
from alliance.register import load_register, load_themes
from alliance.sample import agenda, contact, desk
from smartsociety.core import sample
from smartsociety.core.models import User
from smartsociety.core.tokens import new_token

FOLDER = Path(__file__).parent
# The representative speaks for the first; the editor elsewhere writes practices of the second.
REPRESENTED, EDITED = "duinbeek", "maasvoort"
# A partnership signed for its municipalities: these said yes when they were asked, this one has not answered yet.
PARTNERSHIP, JOINED, ASKED = "samenwerking-de-vier-dorpen", ("zandloo", "wolderveen"), "terpwald"
# Its first link was never opened.
TRIED_BEFORE = "ouderenbond-samen-wijzer"

Status = Signature.Status


def load() -> None:
    """The register, themes and declaration; invented organisations and what they signed; agenda, questions, news."""
    load_register()
    load_themes()
    declaration = load_declaration()
    load_organisations(declaration)
    load_memberships()
    desk.load(declaration)
    agenda.load()
    contact.load(represented=REPRESENTED)


def unload() -> None:
    """Remove every example organisation and what points to it. Themes and the declaration stay: they are real."""
    contact.unload()
    agenda.unload()
    desk.unload()
    examples = Organisation.objects.filter(is_example=True)
    Signature.objects.filter(joint_with__organisation__in=examples).update(joint_with=None)
    Organisation.objects.filter(successor__in=examples).update(successor=None, succeeded_on=None)
    Signature.objects.filter(organisation__in=examples).delete()
    examples.delete()


def load_declaration() -> Declaration:
    """Version 1, our own draft, in force since before the first signature."""
    text = sample.read(FOLDER / "declaration.toml")
    declaration = Declaration(**text, is_concept=True, published_at=sample.ago(23))
    declaration.sha256 = declaration.compute_sha256()
    values = {name: getattr(declaration, name) for name in [*text, "is_concept", "published_at", "sha256"]}
    return Declaration.objects.get_or_create(version=values.pop("version"), defaults=values)[0]


def load_organisations(declaration: Declaration) -> None:
    """Those that are not there yet, each with its signature. Raises CommandError when a real one has their address."""
    entries = sample.read(FOLDER / "organisations.toml")["organisations"]
    known = dict(
        Organisation.objects.filter(slug__in=[entry["slug"] for entry in entries]).values_list(
            "slug", "is_example"
        )
    )
    if real := [slug for slug, is_example in known.items() if not is_example]:
        raise CommandError(f"Real organisations have the address of an example: {', '.join(real)}")
    new = [
        (seed, entry, entry.pop("signature"))
        for seed, entry in enumerate(entries)
        if entry["slug"] not in known
    ]
    organisations = Organisation.objects.bulk_create(
        _organisation(entry, given, seed) for seed, entry, given in new
    )
    secretariat = User.objects.get(email=sample.SECRETARIAT)
    signatures = Signature.objects.bulk_create(
        _signature(
            given, seed=seed, organisation=organisation, declaration=declaration, decided_by=secretariat
        )
        for organisation, (seed, _entry, given) in zip(organisations, new, strict=True)
    )
    themes = dict(Theme.objects.values_list("slug", "pk"))
    link = Signature.themes.through
    link.objects.bulk_create(
        link(signature=signature, theme_id=themes[slug])
        for signature, (_seed, _entry, given) in zip(signatures, new, strict=True)
        for slug in given["themes"]
    )
    made = {signature.organisation.slug: signature for signature in signatures}
    if PARTNERSHIP in made:
        load_joint(made)
    if TRIED_BEFORE in made:
        load_earlier_attempt(made[TRIED_BEFORE])


def load_joint(made: dict[str, Signature]) -> None:
    """Whom the partnership signed for, and what they answered. `made`: new signatures by organisation."""
    joint = made[PARTNERSHIP]
    for slug in (*JOINED, ASKED):
        own, joins = made[slug], slug in JOINED
        JointInvitation.objects.create(
            signature=joint,
            organisation=own.organisation,
            email=mailbox(own.organisation),
            token_hash=new_token()[1],
            asked_at=own.created_at - timedelta(days=6 if joins else 1),
            answered_at=own.created_at if joins else None,
            accepted=True if joins else None,
        )
    Signature.objects.filter(pk__in=[made[slug].pk for slug in JOINED]).update(joint_with=joint)


def load_earlier_attempt(signature: Signature) -> None:
    """A signature that expired, before the one that waits now."""
    attempt = Signature(
        organisation=signature.organisation,
        declaration=signature.declaration,
        mandate_by=signature.mandate_by,
        mandate_on=signature.mandate_on,
        contributes=signature.contributes,
        status=Status.EXPIRED,
        created_at=signature.created_at - timedelta(days=21),
    )
    attempt.mandate_on = min(attempt.mandate_on, attempt.created_at.date())
    attempt.save()


def load_memberships() -> None:
    """Whom the people of the sample act for."""
    for email, slug, role in (
        (sample.REPRESENTATIVE, REPRESENTED, Membership.Role.REPRESENTATIVE),
        (sample.EDITOR_ELSEWHERE, EDITED, Membership.Role.EDITOR),
    ):
        user, organisation = User.objects.get(email=email), Organisation.objects.get(slug=slug)
        Membership.objects.get_or_create(user=user, organisation=organisation, defaults={"role": role})


def mailbox(organisation: Organisation) -> str:
    """Where mail to an invented organisation would go, if mail went there."""
    domain = organisation.email_domains[0] if organisation.email_domains else f"{organisation.slug}.example"
    return f"contact@{domain}"


def _organisation(entry: dict[str, Any], signature: dict[str, Any], seed: int) -> Organisation:
    values = entry | {"province": slugify(entry["province"])}
    in_register = entry["kind"] in REGISTERED_KINDS
    created_at = _signed_at(signature, seed)
    return Organisation(**values, is_example=True, in_register=in_register, created_at=created_at)


def _signed_at(given: dict[str, Any], seed: int):
    moment = sample.ago(given["months_ago"], seed=seed)
    if given["status"] == Status.SUBMITTED:
        # Nobody waits for weeks.
        return max(moment, timezone.localtime() - timedelta(days=6 + seed % 7))
    return moment


def _signature(
    given: dict[str, Any],
    *,
    seed: int,
    organisation: Organisation,
    declaration: Declaration,
    decided_by: User,
) -> Signature:
    """A signature with the dates that its status tells of."""
    status, signed_at = given["status"], _signed_at(given, seed)
    decision = min(signed_at, sample.ago(given["mandate_months_ago"], seed=seed)) - timedelta(
        days=3 + seed % 9
    )
    signature = Signature(
        organisation=organisation,
        declaration=declaration,
        signer_name=given["signer_name"],
        signer_function=given["signer_function"],
        signer_email=mailbox(organisation),
        publish_name=given["consent_name"],
        mandate_by=given["mandate_by"],
        mandate_on=decision.date(),
        contributes=given["contributes"],
        statement=given["statement"],
        reason=given.get("reason", ""),
        status=status,
        created_at=signed_at,
    )
    if status == Status.UNCONFIRMED:
        _token, signature.confirmation_hash = new_token()
        signature.confirmation_expires_at = signed_at + CONFIRMATION_TERM
        return signature
    signature.confirmed_at = sample.after(signed_at, minutes=20 + seed)
    if status == Status.SUBMITTED:
        return signature
    signature.decided_by = decided_by
    signature.decided_at = sample.after(signed_at, weeks=1 + seed % 2)
    if status == Status.REJECTED:
        signature.decided_at = sample.after(signed_at, weeks=3)
        return signature
    signature.published_at = signature.decided_at
    if status == Status.ON_HOLD:
        signature.decided_at = sample.after(signed_at, weeks=4)
    elif status == Status.WITHDRAWN:
        signature.decided_at = signature.withdrawn_at = sample.after(signed_at, weeks=36)
        signature.forget_signer()
    return signature
