"""Programme staff plan fieldlabs, under /beheer/fieldlabs/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fieldlabs import actions
from fieldlabs.forms.fieldlab import CopyForm, FieldlabForm, ShiftForm
from fieldlabs.models import Fieldlab
from fieldlabs.permissions import can_plan
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition


@login_required
@require_safe
def fieldlab_list(request: HttpRequest) -> HttpResponse:
    """All fieldlabs, drafts too."""
    require(can_plan(request.user))
    return render(
        request,
        "fieldlabs/staff/fieldlab_list.html",
        {"page": page_of(request, Fieldlab.objects.with_card_data())},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fieldlab_create(request: HttpRequest) -> HttpResponse:
    """Schedule a fieldlab as a draft."""
    require(can_plan(request.user))
    form = FieldlabForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fieldlab = actions.schedule(fieldlab=form.save(commit=False), by=request.user)
        form.save_m2m()
        messages.success(request, _("%(title)s is scheduled as a draft.") % {"title": fieldlab})
        return redirect(fieldlab)
    return render(request, "fieldlabs/staff/fieldlab_form.html", {"form": form, "fieldlab": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fieldlab_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is planned; the address stays, and who counts on it hears what matters."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    form = FieldlabForm(request.POST or None, instance=fieldlab)
    status = 200
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            told = actions.change(fieldlab=fieldlab, values=form.values, revision=revision, by=request.user)
        except ChangedMeanwhile:
            form.add_error(
                None,
                _(
                    "A colleague changed this fieldlab after you opened it. Open it again in a new tab to compare."
                ),
            )
            status = 409
        else:
            message = (
                _("%(title)s is changed. Everybody who is registered gets a mail.")
                if told
                else _("%(title)s is changed.")
            )
            messages.success(request, message % {"title": form.instance})
            return redirect("fieldlabs:fieldlab_detail", slug)
    context = {"form": form, "fieldlab": get_object_or_404(Fieldlab, slug=slug)}
    return render(request, "fieldlabs/staff/fieldlab_form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fieldlab_shift(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a fieldlab to another day, with all that belongs to it; the others stay."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab.objects.with_card_data(), slug=slug)
    form = ShiftForm(request.POST or None, fieldlab=fieldlab)
    if request.method == "POST" and form.is_valid():
        try:
            fieldlab = actions.shift(
                fieldlab=fieldlab, days=form.days, reason=form.cleaned_data["reason"], by=request.user
            )
        except InvalidTransition:
            messages.error(request, _("A fieldlab that was held or cancelled cannot be moved."))
        else:
            messages.success(request, _("%(title)s is moved.") % {"title": fieldlab})
        return redirect(fieldlab)
    return render(request, "fieldlabs/staff/fieldlab_shift.html", {"form": form, "fieldlab": fieldlab})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fieldlab_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """A new draft with the same programme, on another day."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.copy(fieldlab=fieldlab, starts_on=form.cleaned_data["starts_on"], by=request.user)
        messages.success(request, _("%(title)s is copied to a draft.") % {"title": fieldlab})
        return redirect("fieldlabs:fieldlab_edit", made.slug)
    return render(request, "fieldlabs/staff/fieldlab_copy.html", {"form": form, "fieldlab": fieldlab})


@login_required
@require_POST
def fieldlab_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce, open, close, hold or cancel: the button that was pressed names the status."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    status = request.POST.get("status", "")
    own_action = {"cancelled": actions.cancel_fieldlab}
    try:
        if action := own_action.get(status):
            fieldlab = action(fieldlab=fieldlab, by=request.user)
        else:
            fieldlab = actions.move(fieldlab=fieldlab, status=status, by=request.user)
    except InvalidTransition:
        messages.error(request, _("That is not possible now."))
    else:
        messages.success(
            request,
            _("%(title)s is now: %(status)s.") % {"title": fieldlab, "status": fieldlab.get_status_display()},
        )
    return redirect(fieldlab)
