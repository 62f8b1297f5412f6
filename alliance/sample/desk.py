"""What the secretariat did and is doing: a text being written, a municipal merger, decisions on many at once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from alliance.actions.declaration import TEXTS
from alliance.models import BulkDecision, Declaration, Organisation, Signature
from smartsociety.core import sample
from smartsociety.core.models import User

FOLDER = Path(__file__).parent
# Part of the successor since the first of January of last year.
PREDECESSOR, SUCCESSOR = "oud-lindelo", "lindelo"
HELD_BY_MISTAKE = "lichtmast"

Status = Signature.Status


def load(declaration: Declaration) -> None:
    """What is not there yet."""
    given = sample.read(FOLDER / "desk.toml")
    _load_draft(declaration, given["draft"])
    if not Organisation.objects.filter(slug=PREDECESSOR).exists():
        _load_merger(given["predecessor"])
    secretariat = User.objects.get(email=sample.SECRETARIAT)
    if not BulkDecision.objects.filter(reason=given["abuse"]["reason"]).exists():
        _load_abuse(given["abuse"], declaration, secretariat)
        _load_mistake(given["mistake"], secretariat)


def unload() -> None:
    """Remove the draft and the decisions; what belongs to an organisation goes with it."""
    given = sample.read(FOLDER / "desk.toml")
    Declaration.objects.filter(published_at=None, text_nl__endswith=given["draft"]["addition_nl"]).delete()
    BulkDecision.objects.filter(reason__in=[given[name]["reason"] for name in ("abuse", "mistake")]).delete()


def _load_draft(declaration: Declaration, given: dict[str, str]) -> None:
    """The next version, with one paragraph more than the one in force."""
    if Declaration.objects.filter(version__gt=declaration.version).exists():
        return
    texts = {name: getattr(declaration, name) for name in TEXTS}
    for language in ("nl", "en"):
        texts[f"text_{language}"] += "\n\n" + given[f"addition_{language}"]
    Declaration.objects.create(version=declaration.version + 1, is_concept=True, **texts)


def _load_merger(given: dict[str, Any]) -> None:
    since = timezone.localdate().replace(month=1, day=1)
    Organisation.objects.create(
        slug=PREDECESSOR,
        kind="municipality",
        in_register=True,
        is_example=True,
        successor=Organisation.objects.get(slug=SUCCESSOR),
        succeeded_on=since.replace(year=since.year - 1),
        created_at=sample.ago(30),
        **given,
    )


def _load_abuse(given: dict[str, Any], declaration: Declaration, by: User) -> None:
    """Signatures of nobody, rejected together."""
    before = {}
    moment = timezone.localtime() - timedelta(days=given["days_ago"])
    for number, name in enumerate(given["names"]):
        signature = _nonsense(name, given, declaration, moment - timedelta(minutes=20 - number), by)
        before[str(signature.pk)] = [Status.SUBMITTED, signature.revision]
    BulkDecision.objects.create(
        kind="reject", reason=given["reason"], before=before, notified=False, decided_at=moment, decided_by=by
    )


def _nonsense(name: str, given: dict[str, Any], declaration: Declaration, at, by: User) -> Signature:
    slug = name.lower().replace(" ", "-")
    organisation = Organisation.objects.create(  # entered by the signer
        slug=slug, name=name, kind="company", place=given["place"], is_example=True, created_at=at
    )
    return Signature.objects.create(
        organisation=organisation,
        declaration=declaration,
        signer_name=given["signer_name"],
        signer_function=given["signer_function"],
        signer_email=f"info@{slug}.example",
        mandate_by=given["mandate_by"],
        mandate_on=at.date(),
        status=Status.REJECTED,
        reason=given["reason"],
        created_at=at,
        confirmed_at=at + timedelta(minutes=3),
        decided_at=at + timedelta(minutes=20),
        decided_by=by,
    )


def _load_mistake(given: dict[str, Any], by: User) -> None:
    """Put on hold and taken back: the signature is in force as before."""
    signature = Signature.objects.get(organisation__slug=HELD_BY_MISTAKE)
    moment = timezone.localtime() - timedelta(days=given["days_ago"])
    BulkDecision.objects.create(
        kind="hold",
        reason=given["reason"],
        before={str(signature.pk): [Status.PUBLISHED, signature.revision]},
        notified=False,
        decided_at=moment,
        undone_at=moment + timedelta(minutes=10),
        decided_by=by,
    )
