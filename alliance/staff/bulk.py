"""Decisions on many signatures at once, under /beheer/ondertekeningen/: choose, look, decide, take back."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.actions.bulk import AFFECTED, AT_MOST, AlreadyUndone, decide_many, undo
from alliance.forms.staff import BulkChoiceForm, BulkDecideForm
from alliance.models import BulkDecision, Signature
from alliance.permissions import can_verify_signatures
from smartsociety.core.conflict import CONFLICT
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition

SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_decide(request: HttpRequest) -> HttpResponse:
    """What is chosen stands in the address; it is shown and counted before anything is decided."""
    require(can_verify_signatures(request.user))
    choice = BulkChoiceForm(request.GET or None)
    if not choice.is_valid():
        return render(request, "alliance/staff/bulk_choose.html", {"choice": choice})
    rows = list(_chosen(choice.cleaned_data)[: AT_MOST + 1])
    form = BulkDecideForm(request.POST or None, initial={"seen": _digest(rows), "notify": True})
    if request.method == "POST" and form.is_valid() and len(rows) <= AT_MOST:
        if form.cleaned_data["seen"] == _digest(rows) and (done := _decide_all(request, form, rows)):
            return done
        return _preview(
            request, choice, _start_over(request), list(_chosen(choice.cleaned_data)), changed=True
        )
    return _preview(request, choice, form, rows)


@login_required
@require_safe
def bulk_list(request: HttpRequest) -> HttpResponse:
    """What was decided about many at once; the latest can be taken back first."""
    require(can_verify_signatures(request.user))
    page = page_of(request, BulkDecision.objects.select_related("decided_by"))
    return render(request, "alliance/staff/bulk_list.html", {"page": page})


@login_required
@require_POST
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    require(can_verify_signatures(request.user))
    decision = get_object_or_404(BulkDecision, pk=pk)
    try:
        undone = undo(decision=decision, by=request.user)
    except AlreadyUndone:
        messages.error(request, _("A colleague took this decision back already. Nothing was changed."))
        return redirect("alliance:bulk_list")
    restored = ngettext(
        "Taken back: %(count)s signature is where it was.",
        "Taken back: %(count)s signatures are where they were.",
        undone.restored,
    ) % {"count": undone.restored}
    left = ngettext(
        "%(count)s was left alone, because something happened to it since.",
        "%(count)s were left alone, because something happened to them since.",
        undone.left,
    ) % {"count": undone.left}
    messages.success(request, f"{restored} {left}" if undone.left else restored)
    return redirect("alliance:bulk_list")


def _decide_all(request: HttpRequest, form: BulkDecideForm, rows: list[Signature]) -> HttpResponse | None:
    """The way on after the decision; None when a colleague was first with one of them."""
    kind = form.cleaned_data["kind"]
    seen = {row.pk: row.revision for row in rows if row.status in AFFECTED[kind]}
    if not seen:
        messages.error(request, _("None of these signatures can be changed so. Nothing was changed."))
        return redirect(request.get_full_path())
    try:
        decide_many(
            kind=kind,
            seen=seen,
            reason=form.cleaned_data["reason"],
            notify=form.cleaned_data["notify"],
            by=request.user,
        )
    except (ChangedMeanwhile, InvalidTransition):
        return None
    done = ngettext("Decided about %(count)s signature.", "Decided about %(count)s signatures.", len(seen))
    messages.success(request, done % {"count": len(seen)})
    return redirect("alliance:bulk_list")


def _chosen(choice: dict) -> QuerySet[Signature]:
    """Those that answer to everything that was filled in, in a fixed order."""
    rows = Signature.objects.with_card_data().order_by("created_at", "pk")
    if choice["picked"]:
        rows = rows.filter(pk__in=choice["picked"])
    if choice["domain"]:
        rows = rows.filter(
            Q(signer_email__iendswith=f"@{choice['domain']}")
            | Q(signer_email__iendswith=f".{choice['domain']}")
        )
    if text := choice["text"]:
        rows = rows.filter(Q(organisation__name__icontains=text) | Q(signer_name__icontains=text))
    if choice["since"]:
        rows = rows.filter(created_at__date__gte=choice["since"])
    if choice["until"]:
        rows = rows.filter(created_at__date__lte=choice["until"])
    return rows


def _digest(rows: list[Signature]) -> str:
    """Tells these signatures, as they are, from any others."""
    return sha256(" ".join(f"{row.pk}:{row.revision}" for row in rows).encode()).hexdigest()


def _start_over(request: HttpRequest) -> BulkDecideForm:
    """The form with what was typed; `_preview` lets it know what is shown now."""
    return BulkDecideForm(request.POST)


def _preview(
    request: HttpRequest,
    choice: BulkChoiceForm,
    form: BulkDecideForm,
    rows: list[Signature],
    *,
    changed: bool = False,
) -> HttpResponse:
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = _digest(rows)
    context = {
        "choice": choice,
        "form": form,
        "rows": rows[:SHOWN],
        "count": len(rows),
        "too_many": len(rows) > AT_MOST,
        "at_most": AT_MOST,
        "to_reject": sum(row.status in AFFECTED["reject"] for row in rows),
        "to_hold": sum(row.status in AFFECTED["hold"] for row in rows),
        "changed": changed,
    }
    return render(request, "alliance/staff/bulk_preview.html", context, status=CONFLICT if changed else None)
