"""Two organisations that are one: whatever points to the duplicate points to the one that stays."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, Q, UniqueConstraint
from django.utils import timezone
from pghistory.models import Event

from alliance import emails
from alliance.models import Organisation, Signature
from alliance.models.signature import ACTIVE
from smartsociety.core.audit import because
from smartsociety.core.files import remove_file
from smartsociety.core.models import User
from smartsociety.core.revisions import lock_revision

Status = Signature.Status
# When two rows become one, this value wins; otherwise that of the one that stays.
STRONGER = {
    "alliance.membership": ("role", "representative"),
    "knowledgebase.practiceorganisation": ("role", "owner"),
}
# When two rows become one, these add up.
ADDED = {"knowledgebase.readcount": "number"}
# What the one that stays gains; of the rest it takes what it does not have itself.
_GATHERED = ("aliases", "email_domains", "proposed_domains", "former_slugs")
_OWN = ("id", "name", "slug", "revision", "in_register", "is_example", "created_at")


class NoMerge(Exception):
    """These two cannot become one: the same one, one of the register that would go, or a real one and an example."""


class MergeBlocked(Exception):
    """Something points to the duplicate that may not point to the other; somebody must look at it first."""

    def __init__(self, row: Model) -> None:
        super().__init__(f"{row._meta.label} {row.pk}")
        self.row = row


@dataclass
class Merged:
    """What a merge did: per kind of thing how many moved and how many became one, and which signatures ended."""

    organisation: Organisation
    moved: Counter = field(default_factory=Counter)
    joined: Counter = field(default_factory=Counter)
    ended: list[Signature] = field(default_factory=list)


def pointers(model: type[Model]) -> list[ForeignKey]:
    """Every foreign key to `model`, also of tables between two models; not of the audit tables, which never change."""
    relations = (each for each in model._meta.get_fields(include_hidden=True) if each.auto_created)
    found = [each.field for each in relations if each.one_to_many or each.one_to_one]
    return [each for each in found if not issubclass(each.model, Event)]


@transaction.atomic
def merge(
    *,
    duplicate: Organisation,
    into: Organisation,
    revision: int,
    into_revision: int,
    reason: str,
    by: User,
) -> Merged:
    """Move everything from `duplicate` to `into`, and remove it; its address and its name keep leading there.

    Raises NoMerge, MergeBlocked, or ChangedMeanwhile when one of the two is not at its revision any more.
    """
    revisions = {duplicate.pk: revision, into.pk: into_revision}
    if len(revisions) < 2:  # an organisation and itself
        raise NoMerge(into)
    rows = {
        pk: lock_revision(Organisation.objects, pk=pk, revision=revisions[pk]) for pk in sorted(revisions)
    }
    duplicate, into = rows[duplicate.pk], rows[into.pk]
    if duplicate.in_register or duplicate.is_example != into.is_example:
        raise NoMerge(into)
    merged = Merged(into)
    with because(reason):
        _part(duplicate, into)
        for pointer in pointers(Organisation):
            _move(pointer, duplicate, into, merged)
        _take_over(duplicate, into)
    for signature in merged.ended:
        emails.signature_merged(signature)
    _forget_ended(merged.ended)
    return merged


def preview(*, duplicate: Organisation, into: Organisation, by: User) -> Merged:
    """What `merge` would do: done, and taken back. Raises NoMerge and MergeBlocked."""
    with transaction.atomic():
        merged = merge(
            duplicate=duplicate, into=into, by=by, reason="",
            revision=duplicate.revision, into_revision=into.revision,
        )  # fmt: skip
        transaction.set_rollback(True)
    return merged


def _part(duplicate: Organisation, into: Organisation) -> None:
    """One of the two as the successor of the other: they are the same, so there is no succession."""
    for one, other in ((duplicate, into), (into, duplicate)):
        if one.successor_id == other.pk:
            one.successor, one.succeeded_on = None, None
            one.save()


def _move(pointer: ForeignKey, old: Model, new: Model, merged: Merged) -> None:
    for row in pointer.model._base_manager.filter(**{pointer.name: old}).order_by("pk"):
        twin = _twin(row, pointer, new)
        if twin is not None and isinstance(row, Signature):
            _end_one(row, twin, merged)
        elif twin is not None:
            _absorb(twin, row, merged)
            merged.joined[_word(row)] += 1
            continue
        _point(row, pointer, new)
        merged.moved[_word(row)] += 1


def _word(row: Model) -> str:
    """What kind of thing it is; a row between two models is called after the model that has the field."""
    model = row._meta.auto_created or type(row)
    return str(model._meta.verbose_name_plural)


def _point(row: Model, pointer: ForeignKey, new: Model) -> None:
    """Let `row` point to `new`. Where it did so already with another key, one of the two is emptied."""
    same = [
        each for each in pointers(type(new))
        if each.model is pointer.model and each != pointer and getattr(row, each.attname) == new.pk
    ]  # fmt: skip
    change: dict[str, Any] = {each.name: None for each in same if each.null}
    change[pointer.name] = None if pointer.null and same and not change else new
    try:
        with transaction.atomic():
            pointer.model._base_manager.filter(pk=row.pk).update(**change)
    except IntegrityError as error:
        raise MergeBlocked(row) from error


def _twin(row: Model, pointer: ForeignKey, new: Model) -> Model | None:
    """The row that already says of `new` what `row` says of the old one, where the database allows only one."""
    rows = pointer.model._base_manager.exclude(pk=row.pk)
    for fields, condition in _unique_with(pointer):
        others = {
            name: getattr(row, pointer.model._meta.get_field(name).attname)
            for name in fields - {pointer.name}
        }
        applies = pointer.model._base_manager.filter(condition, pk=row.pk).exists()
        if applies and None not in others.values():
            twin = rows.filter(condition, **{pointer.name: new}, **others).first()
            if twin is not None:
                return twin
    return None


def _unique_with(pointer: ForeignKey) -> list[tuple[set[str], Q]]:
    """What must be unique together with this key: names of fields, and when."""
    meta = pointer.model._meta
    constraints = [each for each in meta.constraints if isinstance(each, UniqueConstraint)]
    found = [(set(each.fields), each.condition or Q()) for each in constraints]
    found += [(set(names), Q()) for names in meta.unique_together]
    found += [({pointer.name}, Q())] if pointer.unique else []
    return [(names, condition) for names, condition in found if pointer.name in names]


def _absorb(kept: Model, gone: Model, merged: Merged) -> None:
    """Two rows become one: what points to `gone` moves, `kept` takes what it does not have itself."""
    for pointer in pointers(type(gone)):
        _move(pointer, gone, kept, merged)
    _fill(kept, gone)
    name, wins = STRONGER.get(kept._meta.label_lower, ("", ""))
    if name and getattr(gone, name) == wins:
        setattr(kept, name, wins)
    if number := ADDED.get(kept._meta.label_lower):
        setattr(kept, number, getattr(kept, number) + getattr(gone, number))
    gone.delete()
    kept.save()


def _fill(kept: Model, gone: Model, *, without: tuple[str, ...] = ()) -> None:
    for column in kept._meta.concrete_fields:
        if column.primary_key or column.name in without:
            continue
        value = getattr(gone, column.attname)
        if getattr(kept, column.attname) in (None, "", [], {}) and value not in (None, "", [], {}):
            setattr(kept, column.attname, value)


def _take_over(duplicate: Organisation, into: Organisation) -> None:
    names = [*into.aliases, duplicate.name, *duplicate.aliases]
    gathered = {name: [*getattr(into, name), *getattr(duplicate, name)] for name in _GATHERED}
    gathered["aliases"] = [name for name in names if name.lower() != into.name.lower()]
    gathered["former_slugs"].append(duplicate.slug)
    _fill(into, duplicate, without=_OWN)
    for name, values in gathered.items():
        setattr(into, name, list(dict.fromkeys(values)))
    if duplicate.logo and into.logo.name != duplicate.logo.name:
        remove_file(duplicate.logo)
    duplicate.delete()
    into.save()


def _end_one(row: Signature, twin: Signature, merged: Merged) -> None:
    """Both signed the same version: the one in force, or else the first, stays. The other ends where it stands."""
    order = (Status.PUBLISHED, Status.ON_HOLD, Status.SUBMITTED, Status.UNCONFIRMED)
    _kept, ended = sorted((row, twin), key=lambda each: (order.index(each.status), each.created_at, each.pk))
    if ended.status in ACTIVE:
        ended.become(Status.WITHDRAWN)
        ended.withdrawn_at = ended.decided_at = timezone.now()
        merged.ended.append(_with_signer(ended))
    else:
        ended.become(Status.EXPIRED)
    ended.revision += 1
    ended.forget_signer()
    ended.nudged_at = None
    ended.save()


def _with_signer(signature: Signature) -> Signature:
    """The row as it was, to mail its signer once all is done."""
    return Signature.objects.select_related("organisation").get(pk=signature.pk)


def _forget_ended(ended: list[Signature]) -> None:
    for invitation in chain.from_iterable(each.joint_invitations.filter(answered_at=None) for each in ended):
        invitation.delete()
