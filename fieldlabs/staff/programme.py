"""The programme of a fieldlab, under /beheer/fieldlabs/<slug>/programma/."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fieldlabs.actions.sessions import clashes
from fieldlabs.forms.fieldlab import ItemForm
from fieldlabs.models import Fieldlab, ProgrammeItem
from fieldlabs.permissions import can_plan
from smartsociety.core.permissions import require


@login_required
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """All parts, and what cannot be at the same time."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    items = list(fieldlab.items.with_taken())
    context = {"fieldlab": fieldlab, "items": items, "problems": problems(items)}
    return render(request, "fieldlabs/staff/programme.html", context)


def problems(items: Iterable[ProgrammeItem]) -> list[str]:
    """One person who leads two parts at once, and two parts in one room."""
    found = []
    for first, second in clashes(items):
        titles = {"first": first, "second": second}
        if first.lead and first.lead.casefold() == second.lead.casefold():
            found.append(
                _("%(lead)s leads “%(first)s” and “%(second)s” at the same time.")
                % {"lead": first.lead, **titles}
            )
        if first.room and first.room.casefold() == second.room.casefold():
            found.append(
                _("“%(first)s” and “%(second)s” are in %(room)s at the same time.")
                % {"room": first.room, **titles}
            )
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_create(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a part."""
    require(can_plan(request.user))
    fieldlab = get_object_or_404(Fieldlab, slug=slug)
    return _form(request, ProgrammeItem(fieldlab=fieldlab), _("“%(title)s” is added."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a part."""
    require(can_plan(request.user))
    item = get_object_or_404(ProgrammeItem.objects.select_related("fieldlab"), fieldlab__slug=slug, pk=pk)
    return _form(request, item, _("“%(title)s” is changed."))


def _form(request: HttpRequest, item: ProgrammeItem, done: str) -> HttpResponse:
    form = ItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        item = form.save()
        messages.success(request, done % {"title": item})
        return redirect("fieldlabs:programme", item.fieldlab.slug)
    return render(request, "fieldlabs/staff/item_form.html", {"form": form, "fieldlab": item.fieldlab})


@login_required
@require_POST
def item_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a part out; who chose it is free then."""
    require(can_plan(request.user))
    item = get_object_or_404(ProgrammeItem, fieldlab__slug=slug, pk=pk)
    title = str(item)
    item.delete()
    messages.success(request, _("“%(title)s” is taken out of the programme.") % {"title": title})
    return redirect("fieldlabs:programme", slug)
