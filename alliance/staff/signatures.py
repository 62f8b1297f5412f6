"""The secretariat's pages about signatures, under /beheer/ondertekeningen/."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance import actions, matching
from alliance.actions import desk
from alliance.filters import SignatureFilter
from alliance.forms.staff import CorrectSignatureForm, HoldForm, RejectForm
from alliance.models import Signature
from alliance.permissions import can_verify_signatures
from smartsociety.core.audit import history
from smartsociety.core.conflict import CONFLICT, Conflict, conflict_over, reopened
from smartsociety.core.forms import SeenForm
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition

Status = Signature.Status
HISTORY_SHOWN = 30


@dataclass(frozen=True)
class Step:
    """A decision of the secretariat, as it stands on the page of a signature."""

    action: Callable[..., Signature]
    form: type[SeenForm]
    heading: str
    text: str
    button: str
    done: str
    variant: str = "secondary"


STEPS = {
    "publish": Step(
        actions.publish,
        SeenForm,
        gettext_lazy("Publish"),
        gettext_lazy(
            "The organisation appears in the list at once. "
            "The signer gets a mail and represents the organisation from then on."
        ),
        gettext_lazy("Publish the signature"),
        gettext_lazy("Published: %(name)s is a signatory."),
        "primary",
    ),
    "reject": Step(
        actions.reject,
        RejectForm,
        gettext_lazy("Reject"),
        gettext_lazy("Who confirmed the address reads your reason in a mail and can sign again."),
        gettext_lazy("Reject the signature"),
        gettext_lazy("Rejected: %(name)s."),
        "negative",
    ),
    "hold": Step(
        desk.hold,
        HoldForm,
        gettext_lazy("Put on hold"),
        gettext_lazy(
            "The organisation does not count as a signatory for a while, and the public proof says so. "
            "The signer reads your reason in a mail."
        ),
        gettext_lazy("Put the signature on hold"),
        gettext_lazy("On hold: %(name)s."),
        "negative",
    ),
    "resume": Step(
        desk.resume,
        SeenForm,
        gettext_lazy("Resume"),
        gettext_lazy("The signature is in force again, with its first date. The signer gets a mail."),
        gettext_lazy("Put the signature back in force"),
        gettext_lazy("In force again: %(name)s."),
        "primary",
    ),
    "reopen": Step(
        desk.reopen,
        SeenForm,
        gettext_lazy("Reopen"),
        gettext_lazy(
            "For a rejection that was a mistake. The signature waits for you again. "
            "If the signer never confirmed it, the signer gets a new link."
        ),
        gettext_lazy("Reopen the signature"),
        gettext_lazy("Reopened: %(name)s."),
    ),
}
# What the secretariat can do with a signature, by where it stands. Withdrawn and expired are the end.
POSSIBLE = {
    Status.SUBMITTED: ("publish", "reject"),
    Status.UNCONFIRMED: ("reject",),
    Status.PUBLISHED: ("hold",),
    Status.ON_HOLD: ("resume",),
    Status.REJECTED: ("reopen",),
}
CORRECTABLE = (Status.UNCONFIRMED, Status.SUBMITTED, Status.PUBLISHED, Status.ON_HOLD)


@login_required
@require_safe
def signature_list(request: HttpRequest) -> HttpResponse:
    """All signatures by status; what waits for the secretariat comes first, longest waiting on top."""
    require(can_verify_signatures(request.user))
    status = request.GET.get("status") or Status.SUBMITTED
    data = request.GET.copy()
    data["status"] = status
    order = ("confirmed_at", "pk") if status == Status.SUBMITTED else ("-created_at", "-pk")
    found = SignatureFilter(data, queryset=Signature.objects.with_card_data()).qs.order_by(*order)
    context = {
        "page": page_of(request, found),
        "tabs": _tabs(request, status),
        "status": status,
        "words": request.GET.get("q", ""),
    }
    return render(request, "alliance/staff/signature_list.html", context)


def _tabs(request: HttpRequest, current: str) -> list[tuple[str, str, bool]]:
    """A link per status that occurs, with how many there are; `list_links` shows them."""
    numbers = dict(Signature.objects.order_by().values_list("status").annotate(number=Count("pk")))
    shown = [(value, label, numbers.get(value, 0)) for value, label in Status.choices]
    shown.sort(key=lambda each: each[0] not in (Status.SUBMITTED, Status.ON_HOLD))
    tabs = []
    for value, label, number in [*shown, ("all", _("All"), sum(numbers.values()))]:
        query = request.GET.copy()
        query.pop("page", None)
        query["status"] = value
        tabs.append((f"{label} ({number})", query.urlencode(), value == current))
    return tabs


@login_required
@require_safe
def signature_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """One signature with its evidence, and what can be decided about it."""
    require(can_verify_signatures(request.user))
    return _page(request, _found(pk))


@login_required
@require_POST
def signature_decide(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One decision, about the signature as it was on the screen."""
    require(can_verify_signatures(request.user))
    signature, form = _found(pk), STEPS[step].form(request.POST)
    if not form.is_valid():
        return _page(request, signature, bound={step: form})
    try:
        STEPS[step].action(signature=signature, by=request.user, **form.cleaned_data)
    except (ChangedMeanwhile, InvalidTransition):
        signature = _found(pk)
        conflict = conflict_over(signature, form)
        bound = {step: reopened(form, revision=signature.revision)}
        return _page(request, signature, bound=bound, conflict=conflict)
    except actions.AlreadySigned:
        messages.error(
            request, _("The organisation has signed this version again since. Nothing was changed.")
        )
        return redirect("alliance:signature_verify", pk)
    except desk.SignerForgotten:
        messages.error(
            request,
            _("The details of the signer were erased after their term. The organisation can sign again."),
        )
        return redirect("alliance:signature_verify", pk)
    messages.success(request, STEPS[step].done % {"name": signature.organisation})
    return redirect("alliance:staff_signature_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signature_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what is not in the signer's own words; with a reason, which the audit keeps."""
    require(can_verify_signatures(request.user))
    signature = get_object_or_404(Signature.objects.with_card_data(), pk=pk, status__in=CORRECTABLE)
    form = CorrectSignatureForm(
        request.POST if request.method == "POST" else None, initial=CorrectSignatureForm.initial_of(signature)
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            desk.correct(signature=signature, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            signature = _found(pk)
            conflict = conflict_over(signature, form)
            reopened(form, revision=signature.revision)
        except actions.AlreadySigned:
            form.add_error("organisation", _("This organisation has signed this version already."))
        else:
            messages.success(request, _("Corrected. The signer gets a mail."))
            return redirect("alliance:signature_verify", pk)
    context = {"signature": signature, "form": form, "conflict": conflict}
    return render(
        request, "alliance/staff/signature_correct.html", context, status=CONFLICT if conflict else None
    )


def _found(pk: int) -> Signature:
    return get_object_or_404(Signature.objects.with_card_data().select_related("decided_by"), pk=pk)


def _page(
    request: HttpRequest,
    signature: Signature,
    *,
    bound: dict[str, SeenForm] | None = None,
    conflict: Conflict | None = None,
) -> HttpResponse:
    organisation = signature.organisation
    context = {
        "signature": signature,
        "decisions": _decisions(signature, bound or {}),
        "can_correct": signature.status in CORRECTABLE,
        "conflict": conflict,
        "duplicates": matching.matches_of(organisation),
        "earlier": organisation.signatures.exclude(pk=signature.pk).with_card_data(),
        "changes": history(signature)[:HISTORY_SHOWN],
    }
    return render(
        request, "alliance/staff/signature_verify.html", context, status=CONFLICT if conflict else None
    )


def _decisions(signature: Signature, bound: dict[str, SeenForm]) -> list[dict[str, Any]]:
    """What can be decided now, each with its form; several forms on a page, so each has names of its own."""
    return [
        {
            "step": STEPS[name],
            "form": bound.get(name)
            or STEPS[name].form(initial={"revision": signature.revision}, auto_id=f"id_{name}_%s"),
            "url": reverse(f"alliance:signature_{name}", args=[signature.pk]),
        }
        for name in POSSIBLE.get(signature.status, ())
    ]
