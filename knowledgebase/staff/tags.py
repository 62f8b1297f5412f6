"""Staff keep the tags, under /beheer/trefwoorden/: rename, synonyms, merge."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase.actions import tag as tags
from knowledgebase.forms.tag import MergeForm, TagForm
from knowledgebase.models import Tag
from knowledgebase.permissions import can_review
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require


@login_required
@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    """All tags in use, those nobody looked at first."""
    require(can_review(request.user))
    rows = Tag.objects.standing().annotate(practice_count=Count("practices")).order_by("is_curated", "name")
    page = page_of(request, rows)
    unused = set(Tag.objects.unused().filter(pk__in=[tag.pk for tag in page]).values_list("pk", flat=True))
    return render(request, "knowledgebase/staff/tag_list.html", {"page": page, "unused": unused})


@login_required
@require_POST
def tag_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Erase one that nothing uses."""
    require(can_review(request.user))
    tag = get_object_or_404(Tag, slug=slug)
    try:
        tags.remove(tag=tag, by=request.user)
    except tags.InUse:
        messages.error(request, _("“%(name)s” is in use, so it stays.") % {"name": tag})
    else:
        messages.success(request, _("“%(name)s” is removed.") % {"name": tag})
    return redirect("knowledgebase:tag_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tag_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Another name, synonyms; or merge it into another tag."""
    require(can_review(request.user))
    tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=slug)
    if tag.merged_into:
        messages.error(request, _("A colleague merged this tag already; this is the one that stayed."))
        return redirect("knowledgebase:tag_edit", tag.merged_into.slug)
    merging = "merge" in request.POST
    form = TagForm(
        request.POST if request.method == "POST" and not merging else None,
        initial={"name": tag.name, "synonyms": ", ".join(tag.synonyms)},
    )
    merge = MergeForm(request.POST if merging else None, tag=tag)
    if merging and merge.is_valid():
        try:
            into = tags.merge(tag=tag, into=merge.cleaned_data["into"], by=request.user)
        except tags.AlreadyMerged:
            merge.add_error("into", _("A colleague merged one of these tags meanwhile. Choose again."))
        else:
            messages.success(request, _("Merged into %(name)s.") % {"name": into})
            return redirect("knowledgebase:tag_edit", into.slug)
    if request.method == "POST" and not merging and form.is_valid():
        try:
            tags.rename(tag=tag, by=request.user, **form.cleaned_data)
        except tags.NameTaken as error:
            form.add_error(None, _("“%(word)s” is another tag. Merge them.") % {"word": error.args[0]})
        else:
            messages.success(request, _("The tag is changed."))
            return redirect("knowledgebase:tag_list")
    context = {"tag": tag, "form": form, "merge": merge}
    return render(request, "knowledgebase/staff/tag_edit.html", context)
