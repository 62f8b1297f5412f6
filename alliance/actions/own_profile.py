"""What representatives change about their organisation, and what the secretariat confirms of it."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from alliance import emails
from alliance.models import Organisation, Signature, Theme
from smartsociety.core.models import User
from smartsociety.core.revisions import lock_revision


@transaction.atomic
def update_profile(
    *, organisation: Organisation, revision: int, domains: Iterable[str], by: User, **profile: Any
) -> Organisation:
    """Save the profile. A mail domain that is new waits for the secretariat before it counts as evidence.

    Raises ChangedMeanwhile when a colleague saved after `revision`.
    """
    organisation = lock_revision(Organisation.objects, pk=organisation.pk, revision=revision)
    for name, value in profile.items():
        setattr(organisation, name, value)
    before = set(organisation.proposed_domains)
    wanted = list(dict.fromkeys(domains))
    organisation.email_domains = [domain for domain in wanted if domain in organisation.email_domains]
    organisation.proposed_domains = [domain for domain in wanted if domain not in organisation.known_domains]
    organisation.save()
    if set(organisation.proposed_domains) - before:
        emails.domains_to_check(organisation)
    return organisation


@transaction.atomic
def update_contribution(
    *,
    signature: Signature,
    revision: int,
    themes: Iterable[Theme],
    contributes: Iterable[str],
    contribution_note: str,
    statement: str,
    by: User,
) -> Signature:
    """Save what the organisation brings and says. Raises ChangedMeanwhile when a colleague saved after `revision`."""
    signature = lock_revision(Signature.objects, pk=signature.pk, revision=revision)
    signature.contributes = list(contributes)
    signature.contribution_note, signature.statement = contribution_note, statement
    signature.save()
    signature.themes.set(themes)
    return signature


@transaction.atomic
def set_logo(*, organisation: Organisation, webp: bytes, by: User) -> Organisation:
    """Show this logo from now on; the former file goes once the change is certain."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    former = organisation.logo.name
    organisation.logo.save("logo.webp", ContentFile(webp), save=False)
    organisation.save(update_fields=["logo"])
    _forget_file(organisation, former)
    return organisation


@transaction.atomic
def remove_logo(*, organisation: Organisation, by: User) -> Organisation:
    """Show no logo; without one, nothing happens."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    former, organisation.logo = organisation.logo.name, ""
    organisation.save(update_fields=["logo"])
    _forget_file(organisation, former)
    return organisation


@transaction.atomic
def decide_domain(*, organisation: Organisation, domain: str, confirmed: bool, by: User) -> bool:
    """The secretariat says whether a proposed mail domain is the organisation's. False when it no longer waits."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if domain not in organisation.proposed_domains:
        return False
    organisation.proposed_domains.remove(domain)
    if confirmed:
        organisation.email_domains.append(domain)
    organisation.revision += 1
    organisation.save()
    return True


def _forget_file(organisation: Organisation, name: str) -> None:
    if name:
        storage = organisation.logo.storage
        transaction.on_commit(lambda: storage.delete(name))
