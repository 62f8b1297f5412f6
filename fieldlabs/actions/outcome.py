"""What happens to an outcome."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fieldlabs import emails
from fieldlabs.models import Outcome, OutcomeWriter
from smartsociety.core.files import remove_file
from smartsociety.core.models import User
from smartsociety.core.revisions import lock_revision
from smartsociety.core.slugs import unique_slug
from smartsociety.core.states import InvalidTransition

# Addresses of whom staff asked to write are forgotten this long after the report.
WRITER_TERM = timedelta(days=30)


@transaction.atomic
def record_outcome(*, outcome: Outcome, by: User) -> Outcome:
    """Keep a new outcome of a fieldlab as a draft, with an address of its own."""
    outcome.slug = unique_slug(Outcome, outcome.title)
    outcome.created_by = by
    outcome.save()
    return outcome


@transaction.atomic
def write_outcome(*, outcome: Outcome, revision: int, names: Iterable[str], by: User) -> Outcome:
    """Keep what was typed in the fields `names`, unless somebody saved after `revision`: raises ChangedMeanwhile.

    When nothing differs nothing is written, so an idle window never overtakes anybody.
    """
    saved = lock_revision(Outcome.objects.all(), pk=outcome.pk, revision=revision)
    columns = {name: Outcome._meta.get_field(name).attname for name in names}
    changed = [name for name, column in columns.items() if getattr(saved, column) != getattr(outcome, column)]
    if not changed:
        outcome.revision = revision
        return outcome
    outcome.revision = saved.revision
    outcome.save(update_fields=[*changed, "revision"])
    return outcome


@transaction.atomic
def publish_outcome(*, outcome: Outcome, by: User) -> Outcome:
    """Show an outcome to everybody. Raises InvalidTransition when it is shown, or does not tell what was learned."""
    outcome = Outcome.objects.select_for_update(of=("self",), no_key=True).get(pk=outcome.pk)
    if not outcome.learned:
        raise InvalidTransition(outcome, Outcome.Status.PUBLISHED)
    outcome.become(Outcome.Status.PUBLISHED)
    outcome.published_at = outcome.published_at or timezone.now()
    outcome.revision += 1
    outcome.save(update_fields=["status", "published_at", "revision"])
    return outcome


@transaction.atomic
def take_back_outcome(*, outcome: Outcome, by: User) -> Outcome:
    """A draft again, for whom it was shown too soon. What was reported stays: raises InvalidTransition."""
    outcome = Outcome.objects.select_for_update(of=("self",), no_key=True).get(pk=outcome.pk)
    if outcome.fieldlab.status == "reported":
        raise InvalidTransition(outcome, Outcome.Status.DRAFT)
    outcome.become(Outcome.Status.DRAFT)
    outcome.revision += 1
    outcome.save(update_fields=["status", "revision"])
    return outcome


@transaction.atomic
def discard_outcome(*, outcome: Outcome, by: User) -> None:
    """Throw a draft away, with its files. Raises InvalidTransition when it is published or became a practice."""
    outcome = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    if outcome.is_published or outcome.practices.exists():
        raise InvalidTransition(outcome, "discarded")
    for each in outcome.files.all():
        remove_file(each.file)
    outcome.delete()


@transaction.atomic
def invite_writer(*, outcome: Outcome, email: str, by: User) -> OutcomeWriter:
    """Ask somebody of the team to write; they sign in with this address. Asked again, they are mailed again."""
    writer, _made = OutcomeWriter.objects.get_or_create(
        outcome=outcome, email=email.lower(), defaults={"invited_by": by}
    )
    emails.write_outcome(outcome, to=writer.email)
    return writer


def erase_writers() -> int:
    """Forget who was asked to write, WRITER_TERM after the report. Returns how many."""
    before = timezone.now() - WRITER_TERM
    return OutcomeWriter.objects.filter(outcome__fieldlab__report__published_at__lt=before).delete()[0]
