"""A signature that was set on paper, entered by the secretariat."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from alliance import emails
from alliance.actions.signature import AlreadySigned, enter_organisation
from alliance.models import Declaration, Organisation, Signature
from smartsociety.core.models import User


@transaction.atomic
def enter_paper(
    *,
    organisation: Organisation | Mapping[str, str],
    declaration: Declaration,
    signed_on: date,
    scan: ContentFile,
    contributes: Iterable[str] = (),
    by: User,
    **answers: object,
) -> Signature:
    """Keep what the paper says with its scan; it waits to be verified like any other, and its signer is told.

    `organisation` is a known one, or what to enter. Raises AlreadySigned when it has an active signature under this
    version.
    """
    if not isinstance(organisation, Organisation):
        organisation = enter_organisation(**organisation)
    signature = Signature(
        organisation=organisation,
        declaration=declaration,
        contributes=list(contributes),
        text_sha256=declaration.sha256,
        on_paper=True,
        created_at=min(timezone.make_aware(datetime.combine(signed_on, time(12))), timezone.now()),
        confirmed_at=timezone.now(),
        **answers,
    )
    signature.become(Signature.Status.SUBMITTED)
    signature.mandate_document.save(scan.name, scan, save=False)
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError as error:
        signature.mandate_document.delete(save=False)
        raise AlreadySigned(organisation) from error
    emails.paper_entered(signature)
    return signature
