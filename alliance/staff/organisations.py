"""The secretariat's pages about organisations, under /beheer/organisaties/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, Func, Q, TextField, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance import matching
from alliance.actions.merging import MergeBlocked, Merged, NoMerge, merge, preview
from alliance.actions.register import correct_organisation
from alliance.actions.succession import NoSuccession, end_succession, succeed
from alliance.forms.staff import CorrectOrganisationForm, MergeForm, SuccessionForm
from alliance.models import Organisation
from alliance.permissions import can_keep_register
from alliance.views.moved import follows_moves
from smartsociety.core.audit import history
from smartsociety.core.conflict import CONFLICT, Conflict, conflict_over, reopened
from smartsociety.core.forms import SeenForm
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile

HISTORY_SHOWN = 30


@login_required
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation, by name; found by part of a name, another name, domain or KvK number."""
    require(can_keep_register(request.user))
    rows = Organisation.objects.order_by("name", "pk")
    if words := request.GET.get("q", "").strip():
        rows = _search(rows, words)
    return render(request, "alliance/staff/organisation_list.html", {"page": page_of(request, rows)})


@login_required
@require_safe
@follows_moves
def staff_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What we know about one organisation, what may be the same one, and what happened to it."""
    require(can_keep_register(request.user))
    organisation = get_object_or_404(Organisation.objects.select_related("successor"), slug=slug)
    context = {
        "organisation": organisation,
        "duplicates": matching.matches_of(organisation),
        "signatures": organisation.signatures.with_card_data(),
        "predecessors": organisation.predecessors.order_by("name"),
        "changes": history(organisation)[:HISTORY_SHOWN],
    }
    return render(request, "alliance/staff/organisation_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Put facts right; with a reason, which the audit keeps."""
    require(can_keep_register(request.user))
    organisation = get_object_or_404(Organisation, slug=slug)
    form = CorrectOrganisationForm(request.POST or None, instance=organisation)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            correct_organisation(
                organisation=organisation,
                revision=form.cleaned_data["revision"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                **form.facts,
            )
        except ChangedMeanwhile as error:
            organisation = error.args[0]
            conflict = conflict_over(organisation, form)
            reopened(form, revision=organisation.revision)
        else:
            messages.success(request, _("Corrected."))
            return redirect("alliance:staff_organisation", slug)
    context = {"organisation": organisation, "form": form, "conflict": conflict}
    return render(
        request, "alliance/staff/organisation_correct.html", context, status=CONFLICT if conflict else None
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Which one stays stands in the address (`?into=`); what would move is shown before it does."""
    require(can_keep_register(request.user))
    duplicate = get_object_or_404(Organisation, slug=slug)
    into = Organisation.objects.exclude(pk=duplicate.pk).filter(slug=request.GET.get("into", "")).first()
    if into is None:
        return _choose(request, duplicate)
    revisions = {"revision": duplicate.revision, "into_revision": into.revision}
    form = MergeForm(request.POST or None, initial=revisions)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            merge(duplicate=duplicate, into=into, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            conflict = _conflict_of_two(duplicate, into, form)
            reopened(form, **revisions)
        except (NoMerge, MergeBlocked):
            pass  # the preview says why
        else:
            messages.success(
                request, _("%(one)s is now part of %(other)s.") % {"one": duplicate.name, "other": into.name}
            )
            return redirect("alliance:staff_organisation", into.slug)
    return _merge_page(request, duplicate, into, form, conflict)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def succession_list(request: HttpRequest) -> HttpResponse:
    """Municipal mergers: those that are noted, and a form for the next."""
    require(can_keep_register(request.user))
    form = SuccessionForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        predecessor, successor, on = (form.cleaned_data[name] for name in ("predecessor", "successor", "on"))
        try:
            succeed(
                predecessor=predecessor, successor=successor, on=on, by=request.user,
                revision=predecessor.revision,
            )  # fmt: skip
        except NoSuccession:
            form.add_error(
                "successor", _("Choose another organisation of the same kind, that is no predecessor itself.")
            )
        except ChangedMeanwhile:
            form.add_error("predecessor", _("A colleague just changed this organisation. Look at it first."))
        else:
            messages.success(
                request,
                _("Noted: %(one)s becomes part of %(other)s.") % {"one": predecessor, "other": successor},
            )
            return redirect("alliance:succession_list")
    gone = Organisation.objects.filter(successor__isnull=False).select_related("successor")
    page = page_of(request, gone.order_by("-succeeded_on", "name"))
    return render(request, "alliance/staff/succession_list.html", {"form": form, "page": page})


@login_required
@require_POST
def succession_end(request: HttpRequest, slug: str) -> HttpResponse:
    """It was a mistake: the organisation stands on its own again."""
    require(can_keep_register(request.user))
    organisation = get_object_or_404(Organisation, slug=slug)
    form = SeenForm(request.POST)
    try:
        revision = form.cleaned_data["revision"] if form.is_valid() else 0
        end_succession(predecessor=organisation, revision=revision, by=request.user)
    except ChangedMeanwhile:
        messages.error(request, _("A colleague changed this organisation meanwhile. Nothing was changed."))
    else:
        messages.success(request, _("%(name)s stands on its own again.") % {"name": organisation})
    return redirect("alliance:succession_list")


def _search(rows, words: str):
    lines = Func(F("aliases"), Value("\n"), function="array_to_string", output_field=TextField())
    domains = Func(F("email_domains"), Value("\n"), function="array_to_string", output_field=TextField())
    found = rows.alias(alias_lines=lines, domain_lines=domains)
    named = Q(name__icontains=words) | Q(alias_lines__icontains=words)
    return found.filter(named | Q(domain_lines__icontains=words) | Q(kvk_number=words))


def _choose(request: HttpRequest, duplicate: Organisation) -> HttpResponse:
    """Which of the others is the same: those that look alike, and what was searched for."""
    words = request.GET.get("q", "").strip()
    others = Organisation.objects.exclude(pk=duplicate.pk).order_by("name", "pk")
    context = {
        "organisation": duplicate,
        "duplicates": matching.matches_of(duplicate),
        "found": _search(others, words)[:20] if words else [],
        "words": words,
    }
    return render(request, "alliance/staff/organisation_merge_choose.html", context)


def _merge_page(
    request: HttpRequest,
    duplicate: Organisation,
    into: Organisation,
    form: MergeForm,
    conflict: Conflict | None,
) -> HttpResponse:
    merged: Merged | None = None
    refusal = ""
    try:
        merged = preview(duplicate=duplicate, into=into, by=request.user)
    except NoMerge:
        refusal = _(
            "These two cannot become one this way. An organisation of the register stays, "
            "and an example and a real one stay apart."
        )
    except MergeBlocked as blocked:
        refusal = _("%(kind)s %(number)s stands in the way. Change or remove it first, then merge.") % {
            "kind": blocked.row._meta.verbose_name,
            "number": blocked.row.pk,
        }
    context = {
        "organisation": duplicate,
        "into": into,
        "form": form,
        "conflict": conflict,
        "refusal": refusal,
        "moved": sorted(merged.moved.items()) if merged else [],
        "joined": sorted(merged.joined.items()) if merged else [],
        "ended": merged.ended if merged else [],
    }
    return render(
        request, "alliance/staff/organisation_merge.html", context, status=CONFLICT if conflict else None
    )


def _conflict_of_two(duplicate: Organisation, into: Organisation, form: MergeForm) -> Conflict:
    """What changed in either of them."""
    seen = ((duplicate, "revision"), (into, "into_revision"))
    changes = [
        change
        for organisation, name in seen
        for change in history(organisation)
        if change.data.get("revision", 0) > form.cleaned_data[name]
    ]
    return Conflict(changes)
