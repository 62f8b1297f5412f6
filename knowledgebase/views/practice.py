"""One practice: its page, its PDF, its history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alliance.querysets import Person
from knowledgebase import linked
from knowledgebase.actions import writing
from knowledgebase.likeness import Country
from knowledgebase.models import Practice, Remark
from knowledgebase.page import PracticePage
from knowledgebase.pdf import practice_pdf
from knowledgebase.permissions import (
    can_adopt,
    can_archive,
    can_edit,
    can_propose,
    can_publish,
    can_review,
    can_write,
    has_adopted,
    is_owner,
)
from knowledgebase.views.spread import own_municipality
from knowledgebase.views.text import Text
from knowledgebase.views.versions import Version, restorable, story, versions
from smartsociety.core import content
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile

# What the page of a practice needs beside what it remembers (`PracticePage`): for its head, and for who may do what.
OUTSIDE = ("slug", "title", "summary", "language", "status", "is_external", "submitted_by")


@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice: the seven questions in fixed order, where it came from and who adopted it."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user).only(*OUTSIDE), slug=slug)
    writes = can_write(request.user, practice)
    reviews = can_review(request.user)
    is_read = reviews and practice.status in (Practice.Status.SUBMITTED, Practice.Status.IN_REVIEW)
    context = {
        "practice": practice,
        "page": PracticePage(practice.pk, content.version_of(request)),
        "fit": _fit(request.user, practice),
        "may_own": is_owner(request.user, practice),
        "may_adopt": practice.status == "published" and can_adopt(request.user, practice),
        "has_adopted": has_adopted(request.user, practice),
        "is_kept": request.user.is_authenticated and practice.bookmarks.filter(user=request.user).exists(),
        "proposal": writing.open_proposal(practice) if writes or reviews else None,
        "asked": practice.part_invitations.open().select_related("organisation") if writes or reviews else (),
        "may_write": writes,
        "may_edit": can_edit(request.user, practice),
        "may_propose": can_propose(request.user, practice),
        "may_review": reviews,
        "asked_before": Remark.objects.settled_on(practice) if is_read else (),
        "may_publish": can_publish(request.user, practice),
        "may_archive": can_archive(request.user, practice),
    }
    return render(request, "knowledgebase/practice_detail.html", context)


@require_safe
def practice_as_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same answers for in a file that everybody can read: PDF/UA-1."""
    practice = _visible(request, slug)
    response = HttpResponse(practice_pdf(practice), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{practice.slug}.pdf"'
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def practice_linked(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for programs (JSON-LD)."""
    return linked.answer(linked.practice(_visible(request, slug)))


@login_required
@require_safe
def practice_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what, the latest first, for those who write it and for editors."""
    practice = _visible(request, slug)
    require(can_write(request.user, practice) or can_review(request.user))
    context = {
        "practice": practice,
        "page": page_of(request, story(practice)),
        "may_restore": can_edit(request.user, practice) or can_propose(request.user, practice),
    }
    return render(request, "knowledgebase/practice_history.html", context)


@login_required
@require_POST
def practice_restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier text again: at once in a draft, as a proposed change when it is published."""
    practice = _visible(request, slug)
    require(can_edit(request.user, practice) or can_propose(request.user, practice))
    version: Version | None = next((each for each in versions(practice) if each.number == number), None)
    if version is None:
        raise Http404
    text = Text(practice)
    try:
        text.save(restorable(version), revision=text.revision, by=request.user)
    except ChangedMeanwhile:
        messages.error(request, _("Somebody else saved meanwhile, or an editor reads it now. Try again."))
        return redirect("knowledgebase:practice_history", slug)
    messages.success(request, _("The earlier text stands in the form. Look at it, then send it in."))
    return redirect("knowledgebase:practice_edit", slug)


def _visible(request: HttpRequest, slug: str) -> Practice:
    return get_object_or_404(Practice.objects.visible_to(request.user).with_page_data(), slug=slug)


def _fit(user: Person, practice: Practice) -> dict[str, Any] | None:
    """How like the owner the reader's municipality is; None for whoever has none, or owns it."""
    ours = own_municipality(user)
    if ours is None:
        return None
    owners = [part.organisation for part in practice.owners if part.organisation.kind == "municipality"]
    if not owners or ours in owners:
        return None
    owner, likeness = Country().sorted(ours, owners)[0]
    return {"ours": ours, "owner": owner, "likeness": likeness}
