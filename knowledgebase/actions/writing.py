"""Writing: a draft changes at once, a published practice by a proposal; never over what a colleague wrote."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from alliance.models import Organisation, Project
from knowledgebase import emails
from knowledgebase.actions.practice import NotComplete, lock
from knowledgebase.actions.tag import tags_named
from knowledgebase.models import Need, NeedOffer, Practice, PracticeOrganisation, Proposal
from knowledgebase.models.practice import LINKS
from knowledgebase.models.proposal import OPEN
from smartsociety.core.models import User
from smartsociety.core.revisions import ChangedMeanwhile, lock_revision
from smartsociety.core.slugs import unique_slug


class NotPublished(Exception):
    """What is in the archive does not change."""


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
    PracticeOrganisation.objects.create(practice=practice, organisation=organisation)
    if project:
        practice.themes.set(project.themes.all()[:3])
        practice.save(update_fields=["revision"])  # the history notes them
    if need:
        NeedOffer.objects.create(need=need, practice=practice, offered_by=by)  # told when it is published
    return practice


@transaction.atomic
def save_draft(*, practice: Practice, revision: int, values: dict[str, Any], by: User) -> Practice:
    """Keep what was typed. Raises ChangedMeanwhile when a colleague saved one of `values` after `revision`."""
    practice = lock_revision(
        Practice.objects, pk=practice.pk, revision=revision, overlaps=partial(_overlaps, values, revision)
    )
    values = _with_gaps_of_others(values, practice.gaps)
    links = {name: values[name] for name in LINKS if name in values}
    for name in values.keys() - links.keys():
        setattr(practice, name, values[name])
    for name, rows in links.items():  # before the row, which notes them
        getattr(practice, name).set(tags_named(rows) if name == "tags" else rows)
    practice.save()
    return practice


def open_proposal(practice: Practice) -> Proposal | None:
    """The change that is being written or waits for an editor."""
    return practice.proposals.filter(status__in=OPEN).select_related("created_by").first()


@transaction.atomic
def propose(*, practice: Practice, revision: int, values: dict[str, Any], by: User) -> Proposal:
    """Keep what was typed as a proposed change, 0 being the revision of one that is not there yet.

    Raises ChangedMeanwhile.
    """
    lock(practice)  # one opens, however many try
    proposal = open_proposal(practice)
    if proposal is None:
        if revision:
            raise ChangedMeanwhile(practice)
        proposal = Proposal(practice=practice, created_by=by)
    elif proposal.status != Proposal.Status.DRAFT or (
        proposal.revision != revision and _overlaps(values, revision, proposal)
    ):
        raise ChangedMeanwhile(proposal)
    values = _with_gaps_of_others(values, proposal.overlaid().gaps)
    if "tags" in values:
        values = values | {"tags": tags_named(values["tags"])}
    proposal.keep(values)
    proposal.revision += 1
    proposal.save()
    return proposal


def _overlaps(values: dict[str, Any], revision: int, row: Practice | Proposal) -> bool:
    """Whether one of `values` is not any more what it was at `revision`; unknown counts as yes."""
    then = row.events.filter(revision=revision).order_by("pgh_id").last()
    return then is None or _answers(then, values) != _answers(row, values)


def _answers(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    """What a practice, a proposal or an event of one has for the fields in `values`."""
    if hasattr(row, "values"):
        answers = {name: row.values.get(name) for name in values}
    else:
        columns = values.keys() - set(LINKS)
        answers = {name: getattr(row, Practice._meta.get_field(name).attname) for name in columns}
        answers |= {name: row.linked.get(name) for name in values.keys() & set(LINKS)}
    gaps = answers.pop("gaps", None) or {}  # of all parts, of which only those of this one count
    return answers | {f"gap of {name}": gaps.get(name) for name in values}


def _with_gaps_of_others(values: dict[str, Any], saved: dict[str, str]) -> dict[str, Any]:
    """The gaps of the questions that were asked, beside those that are `saved` of other parts."""
    if "gaps" not in values:
        return values
    others = {name: why for name, why in saved.items() if name not in values}
    return values | {"gaps": others | {name: why for name, why in values["gaps"].items() if name in values}}


@transaction.atomic
def submit_proposal(*, proposal: Proposal, note: str, by: User) -> Proposal:
    """To the editors. Raises NotComplete, or InvalidTransition when it was sent in or decided before."""
    proposal = lock_proposal(proposal)
    proposal.become(Proposal.Status.SUBMITTED)
    _completed(proposal)
    proposal.note, proposal.submitted_at, proposal.submitted_by = note, timezone.now(), by
    proposal.save()
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: User) -> Proposal:
    """Think again: the published text stays as it is. Raises InvalidTransition."""
    proposal = lock_proposal(proposal)
    proposal.become(Proposal.Status.WITHDRAWN)
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.save()
    return proposal


@transaction.atomic
def approve_proposal(*, proposal: Proposal, revision: int | None, by: User) -> Proposal:
    """The proposed text, read at `revision`, is the published one from now on. The database refuses who sent it in.

    Raises InvalidTransition, NotPublished, NotComplete, or ChangedMeanwhile when it is not the text that was read.
    """
    proposal = _decided(proposal, Proposal.Status.APPROVED, revision, by)
    proposal.save()
    practice = _completed(proposal)
    if practice.status != Practice.Status.PUBLISHED:
        raise NotPublished(practice)
    practice.revision += 1
    practice.checked_on, practice.asked_at, practice.others_asked_at = timezone.localdate(), None, None
    for name in proposal.values.keys() & set(LINKS):
        rows, pks = getattr(practice, name), proposal.values[name]
        known = rows.model.objects
        rows.set(known.meant_by(pks) if name == "tags" else known.filter(pk__in=pks))
    practice.save()
    if proposal.submitted_by:
        emails.proposal_decided(proposal, to=proposal.submitted_by)
    return proposal


@transaction.atomic
def decline_proposal(
    *,
    proposal: Proposal,
    revision: int | None,
    reason: str,
    again: bool,
    by: User,
    remarks: dict[str, str] | None = None,
) -> Proposal:
    """Not so: back to who wrote it (`again`), perhaps with remarks by field, or not at all.

    Raises as approving does.
    """
    status = Proposal.Status.DRAFT if again else Proposal.Status.DECLINED
    proposal = _decided(proposal, status, revision, by)
    proposal.reason, proposal.remarks = reason, remarks or {}
    proposal.save()
    if proposal.submitted_by:
        emails.proposal_decided(proposal, to=proposal.submitted_by)
    return proposal


def _decided(proposal: Proposal, status: str, revision: int | None, by: User) -> Proposal:
    """The proposal as an editor decided on it, unsaved; only the text that was read, for another may wait by now."""
    proposal = lock_proposal(proposal)
    proposal.become(status)
    if proposal.revision != revision:
        raise ChangedMeanwhile(proposal)
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    return proposal


def _completed(proposal: Proposal) -> Practice:
    """The practice as it would be, held; an earlier text that is taken again may leave a core field empty."""
    lock(proposal.practice)
    practice = proposal.overlaid()
    if practice.missing_core_fields:
        raise NotComplete(practice)
    return practice


def lock_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("practice", "submitted_by")
    return rows.get(pk=proposal.pk)
