"""What happened to an organisation, in words for the people who act for it; never who else it was by name."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliance.models import Membership, Organisation, Signature
from alliance.permissions import can_manage
from smartsociety.core.audit import Change, history_around
from smartsociety.core.models import User
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require

# What nobody needs to read about: the machinery beside a change.
_SILENT = {"revision", "nudged_at", "decided_at", "decided_by_id", "confirmation_expires_at", "slug"}
_SILENT |= {"former_slugs", "renewal_asked_for"}


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    at: datetime
    what: str
    by: str


@login_required
@require_safe
def own_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that changed, the latest first."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    require(can_manage(request.user, organisation))
    page = page_of(request, changes_of(organisation, viewer=request.user))
    return render(request, "alliance/own/history.html", {"organisation": organisation, "page": page})


def changes_of(organisation: Organisation, *, viewer: User) -> list[Line]:
    """The history as lines; changes that say nothing to people are left out."""
    changes = history_around(organisation, Membership, Signature)
    lines = [Line(change.at, _what(change), _by(change, viewer)) for change in changes]
    return [line for line in lines if line.what]


def _by(change: Change, viewer: User) -> str:
    if change.by is None:
        return _("automatically, or by a link in a mail")
    if change.by == viewer:
        return _("you")
    return _("staff of VNG") if change.by.is_staff else _("a colleague")


def _what(change: Change) -> str:
    if change.model is Membership:
        return _membership(change)
    return _signature(change) if change.model is Signature else _organisation(change)


def _organisation(change: Change) -> str:
    if change.kind == "insert":
        return _("The organisation was entered in the portal.")
    if change.fields == ("logo",):
        return _("There is another logo.") if change.data.get("logo") else _("The logo was removed.")
    names = _names(change)
    return _("The profile changed: %(fields)s.") % {"fields": ", ".join(names)} if names else ""


def _membership(change: Change) -> str:
    role = Membership.Role(change.data["role"]).label
    sentences = {
        "insert": _("Somebody joined as %(role)s."),
        "update": _("Somebody's role changed to %(role)s."),
        "delete": _("Somebody who was %(role)s left."),
    }
    return sentences[change.kind] % {"role": role.lower()}


def _signature(change: Change) -> str:
    if change.kind == "insert":
        return _("The declaration was signed; the signer got a link to confirm.")
    if "status" in change.fields:
        return _status(change.data["status"])
    if "checked_on" in change.fields:
        return _("It was confirmed that the signature is still right.")
    names = _names(change)
    return _("Beside the signature changed: %(fields)s.") % {"fields": ", ".join(names)} if names else ""


def _status(status: str) -> str:
    sentences = {
        Signature.Status.UNCONFIRMED: _("The signature waits for its signer again."),
        Signature.Status.SUBMITTED: _("The signature waits for the secretariat."),
        Signature.Status.PUBLISHED: _("The signature is in force."),
        Signature.Status.REJECTED: _("The signature was rejected."),
        Signature.Status.ON_HOLD: _("The signature was put on hold."),
        Signature.Status.WITHDRAWN: _("The signature was withdrawn."),
        Signature.Status.EXPIRED: _("The signature was never confirmed and expired."),
    }
    return sentences.get(status, "")


def _names(change: Change) -> list[str]:
    words = zip(change.fields, change.field_names, strict=True)
    return [name for field, name in words if field not in _SILENT and not field.startswith("confirmation")]
