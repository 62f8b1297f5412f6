"""Collections: practices that somebody put together with a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.models import Organisation
from knowledgebase.actions import collection as actions
from knowledgebase.forms.collection import CollectionForm, CollectionItemForm
from knowledgebase.models import Collection, Practice
from knowledgebase.permissions import (
    asking_organisations,
    can_edit_collection,
    can_feature,
    can_start_collection,
)
from knowledgebase.use_filters import CollectionFilter
from smartsociety.core.forms import save_answers
from smartsociety.core.numbers import number_of
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require


def _collection(request: HttpRequest, slug: str) -> Collection:
    return get_object_or_404(Collection.objects.visible_to(request.user).with_card_data(), slug=slug)


def _to_edit(request: HttpRequest, slug: str) -> Collection:
    collection = _collection(request, slug)
    require(can_edit_collection(request.user, collection))
    return collection


@require_safe
def collection_list(request: HttpRequest) -> HttpResponse:
    """All collections that this person may see."""
    rows = Collection.objects.visible_to(request.user).with_card_data()
    chosen = CollectionFilter(request.GET, queryset=rows)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "may_start": can_start_collection(request.user),
    }
    return render(request, "knowledgebase/collection_list.html", context)


@require_safe
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection, in its order; what is not published any more is left out."""
    collection = _collection(request, slug)
    notes = dict(collection.items.values_list("practice", "note"))
    practices = {
        practice.pk: practice
        for practice in Practice.objects.published().filter(pk__in=notes).with_card_data()
    }
    context = {
        "collection": collection,
        "shown": [(practices[pk], note) for pk, note in notes.items() if pk in practices],
        "may_edit": can_edit_collection(request.user, collection),
    }
    return render(request, "knowledgebase/collection_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def collection_create(request: HttpRequest) -> HttpResponse:
    """Begin a collection."""
    if not can_start_collection(request.user):
        return render(request, "knowledgebase/needs_organisation.html", status=403)
    form = _form(request, Collection(language=get_language()))
    if request.method == "POST" and form.is_valid():
        collection = actions.start_collection(collection=form.instance, by=request.user)
        messages.success(request, _("Saved. Now add practices."))
        return redirect("knowledgebase:collection_edit", collection.slug)
    return render(request, "knowledgebase/collection_form.html", {"form": form, "collection": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def collection_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said about it; its practices are on the same page."""
    collection = _to_edit(request, slug)
    form = _form(request, collection)
    if request.method == "POST" and form.is_valid():
        save_answers(form)
        messages.success(request, _("Saved."))
        return redirect(collection)
    return _edit_page(request, collection, form, CollectionItemForm())


@login_required
@require_POST
def collection_fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a practice (`add`), take one out (`out`) or move one up (`up`)."""
    collection = _to_edit(request, slug)
    for name, action in (("out", actions.take_out), ("up", actions.move_up)):
        if name in request.POST:
            item = get_object_or_404(collection.items, pk=number_of(request.POST[name]))
            action(item=item, by=request.user)
            return redirect("knowledgebase:collection_edit", slug)
    form = CollectionItemForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, collection, _form(request, collection, bound=False), form)
    actions.add(collection=collection, by=request.user, **form.cleaned_data)
    return redirect("knowledgebase:collection_edit", slug)


def _form(request: HttpRequest, collection: Collection, *, bound: bool = True) -> CollectionForm:
    mine = asking_organisations(request.user)
    if collection.organisation_id:  # an editor leaves it whose it is
        mine = Organisation.objects.filter(pk=collection.organisation_id) | Organisation.objects.filter(
            pk__in=mine.values("pk")
        )
    return CollectionForm(
        (request.POST or None) if bound else None,
        instance=collection,
        organisations=mine,
        may_feature=can_feature(request.user),
    )


def _edit_page(
    request: HttpRequest, collection: Collection, form: CollectionForm, item_form: CollectionItemForm
) -> HttpResponse:
    context = {
        "form": form,
        "item_form": item_form,
        "collection": collection,
        "items": collection.items.select_related("practice"),
    }
    return render(request, "knowledgebase/collection_form.html", context)
