"""Editors move practices a little up or down in search, under /beheer/zoekwoorden/voorrang/."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase.actions import boost as actions
from knowledgebase.forms.boost import BoostForm
from knowledgebase.models import Boost
from knowledgebase.permissions import can_review
from knowledgebase.precedence import Precedence, touched
from knowledgebase.querysets import PRACTICE_KIND
from knowledgebase.searched import priors
from smartsociety.core.audit import history
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.search import effects


@login_required
@require_safe
def boost_list(request: HttpRequest) -> HttpResponse:
    """What comes a little higher or lower, and why."""
    require(can_review(request.user))
    page = page_of(request, Boost.objects.select_related("practice", "tag", "theme"))
    return render(request, "knowledgebase/staff/boost_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def boost_create(request: HttpRequest) -> HttpResponse:
    """Give precedence to something."""
    require(can_review(request.user))
    return _form(request, Boost())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def boost_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The other way, or for another reason."""
    require(can_review(request.user))
    return _form(request, get_object_or_404(Boost, pk=pk))


@login_required
@require_POST
def boost_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """No precedence any more."""
    require(can_review(request.user))
    boost = get_object_or_404(Boost, pk=pk)
    of = str(boost.of)
    actions.take_boost(boost=boost, by=request.user)
    messages.success(request, _("“%(name)s” stands where its words bring it again.") % {"name": of})
    return redirect("knowledgebase:boost_list")


def _form(request: HttpRequest, boost: Boost) -> HttpResponse:
    form = BoostForm(request.POST or None, instance=boost)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = _effects(form)
        else:
            actions.give_boost(boost=form.instance, by=request.user)
            messages.success(
                request, _("Saved. It holds from the next search on; when it is about many, within minutes.")
            )
            return redirect("knowledgebase:boost_list")
    context = {"form": form, "preview": preview, "changes": history(boost) if boost.pk else []}
    return render(request, "knowledgebase/staff/boost_form.html", context)


def _effects(form: BoostForm) -> effects.Preview:
    """On what was typed and on what people ask most."""
    boost = form.instance
    others = Boost.objects.exclude(pk=boost.pk)
    then = priors(touched(boost), Precedence.of([*others, boost]))
    answer = effects.answers([PRACTICE_KIND])
    asked = effects.tried(form.cleaned_data["question"])
    return effects.compared(asked, answer, answer, effects.with_priors(then))
