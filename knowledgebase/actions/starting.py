"""Begin a practice: of one's own organisation, from a project of the agenda, or from an outcome."""

from django.db import transaction
from django.utils import timezone

from alliance.models import Organisation, Project
from fieldlabs.models import Fieldlab, Outcome
from knowledgebase import emails
from knowledgebase.actions import people
from knowledgebase.models import Need, NeedOffer, Practice
from smartsociety.core.models import User
from smartsociety.core.slugs import unique_slug


class StartedAlready(Exception):
    """A practice of this outcome, its argument, is on its way to publication."""


@transaction.atomic
def start(
    *,
    organisation: Organisation,
    by: User,
    project: Project | None = None,
    need: Need | None = None,
    **texts: str,
) -> Practice:
    """A draft of `organisation`; perhaps from a project of the agenda, which also gives its themes, or for a `need`."""
    practice = Practice.objects.create(
        slug=unique_slug(Practice, texts["title"]), project=project, created_by=by, **texts
    )
    if asked := people.give_to(practice=practice, organisation=organisation, by=by):
        emails.part_asked(asked)
    if project:
        _set_themes(practice, project)
    if need:
        NeedOffer.objects.create(need=need, practice=practice, offered_by=by)  # told when it is published
    return practice


@transaction.atomic
def start_from_outcome(*, outcome: Outcome, by: User) -> Practice:
    """A draft practice with everything filled in that the outcome knows; the owner's people are invited.

    How far it came no outcome tells. Raises StartedAlready.
    """
    Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)  # one begins, however many try
    if waiting := outcome.practices.unfinished().first():
        raise StartedAlready(waiting)
    practice = Practice.objects.create(
        title=outcome.title[:80],
        slug=unique_slug(Practice, outcome.title),
        language=outcome.language,
        outcome=outcome,
        approach=outcome.made[:1200],
        result=outcome.learned[:900],
        shortfall=outcome.failed[:900],
        started_year=timezone.localtime(outcome.fieldlab.starts_at).year,
        created_by=by,
    )
    _set_themes(practice, outcome.fieldlab)
    if outcome.organisation and outcome.organisation.helix != "business":
        asked = people.give_to(practice=practice, organisation=outcome.organisation, by=by)
        if asked or practice.parts.exists():
            emails.outcome_became_practice(practice, asked=asked)
    return practice


def _set_themes(practice: Practice, source: Project | Fieldlab) -> None:
    practice.themes.set(source.themes.all()[:3])
    practice.save(update_fields=["revision"])  # the history notes them
