"""Take a practice over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alliance.models import Organisation
from knowledgebase import actions
from knowledgebase.actions import adoption_check
from knowledgebase.forms.adoption import AdoptionForm
from knowledgebase.models import Adoption, AdoptionDraft, Practice
from knowledgebase.permissions import adopting_organisations, is_owner
from smartsociety.core.numbers import number_of

# What a visitor wants to say, by practice, until they are signed in.
SESSION_KEY = "adoption_answers"
FOUND_AT_MOST = 8


def _practice(slug: str) -> Practice:
    return get_object_or_404(Practice.objects.published().with_card_data(), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def practice_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Wij gebruiken dit ook. Who does not speak for an organisation yet fills in the same, and is led on."""
    practice = _practice(slug)
    organisations = adopting_organisations(request.user, practice)
    if not organisations.exists():
        if is_owner(request.user, practice):
            return render(request, "knowledgebase/adopt_own.html", {"practice": practice})
        return _adopt_later(request, practice)
    known = _known(request, practice, organisations)
    form = AdoptionForm(
        request.POST or None,
        instance=known,
        initial=_kept(request, practice),
        organisations=organisations,
        practice=practice,
    )
    if request.method == "POST" and form.is_valid():
        return _adopted(request, practice, form)
    context = {"form": form, "practice": practice, "represents": True}
    return render(request, "knowledgebase/practice_adopt.html", context)


def _adopted(request: HttpRequest, practice: Practice, form: AdoptionForm) -> HttpResponse:
    name = {"name": form.cleaned_data["organisation"]}
    try:
        actions.adopt(practice=practice, by=request.user, **form.cleaned_data)
    except actions.OwnsIt:
        messages.error(
            request,
            _("%(name)s owns this practice by now, so it does not take it over. Nothing was changed.") % name,
        )
    else:
        messages.success(request, _("Thank you. %(name)s is now shown with this practice.") % name)
    return redirect(practice)


def _known(request: HttpRequest, practice: Practice, organisations: QuerySet) -> Adoption | None:
    """What was said before; of the organisation in the address (`?organisatie=`) when somebody has several."""
    said = practice.adoptions.filter(organisation__in=organisations)
    return said.filter(organisation__slug=request.GET.get("organisatie", "")).first() or said.first()


def _adopt_later(request: HttpRequest, practice: Practice) -> HttpResponse:
    """Ask all but the organisation, and keep it: in the session of a visitor, or with the account."""
    form = AdoptionForm(
        request.POST or None, initial=_kept(request, practice), organisations=None, practice=practice
    )
    if request.method == "POST" and form.is_valid():
        if request.user.is_authenticated:
            actions.keep_for_later(practice=practice, answers=form.answers, by=request.user)
        else:
            said = request.session.get(SESSION_KEY, {})
            request.session[SESSION_KEY] = {**said, str(practice.pk): form.answers}
        return redirect("knowledgebase:adopt_next", practice.slug)
    context = {"form": form, "practice": practice, "represents": False}
    return render(request, "knowledgebase/practice_adopt.html", context)


def _kept(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """What this person said before."""
    said = request.session.get(SESSION_KEY, {}).get(str(practice.pk))
    if said or not request.user.is_authenticated:
        return said or {}
    draft = AdoptionDraft.objects.filter(practice=practice, user=request.user).first()
    return draft.answers if draft else {}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adoptions_still(request: HttpRequest, token: str) -> HttpResponse:
    """The yearly question: still so, by one button. A link alone changes nothing, as mail programs open links too."""
    try:
        if request.method == "POST":
            asked = adoption_check.still_so(token=token, only=number_of(request.POST.get("adoption", "")))
        else:
            asked = adoption_check.asked_by(token)
    except adoption_check.DeadLink:
        return render(request, "knowledgebase/adoptions_still_dead.html", status=404)
    page = "adoptions_still" if asked.open else "adoptions_still_done"
    return render(request, f"knowledgebase/{page}.html", {"asked": asked})


@login_required
@require_safe
def adopt_next(request: HttpRequest, slug: str) -> HttpResponse:
    """Signed in now: on to the form with what was said, or first the way to an organisation."""
    practice = _practice(slug)
    _take_from_session(request, practice)
    if adopting_organisations(request.user, practice).exists():
        messages.info(request, _("We kept what you filled in. Choose your organisation and confirm."))
        return redirect("knowledgebase:practice_adopt", slug)
    name = request.GET.get("q", "").strip()
    context = {
        "practice": practice,
        "draft": AdoptionDraft.objects.filter(practice=practice, user=request.user).first(),
        "name": name,
        "organisations": _found(request, name),
        "asked": request.user.access_requests.filter(status="asked").select_related("organisation"),
    }
    return render(request, "knowledgebase/adopt_next.html", context)


def _take_from_session(request: HttpRequest, practice: Practice) -> None:
    said = request.session.get(SESSION_KEY, {})
    if answers := said.pop(str(practice.pk), None):
        actions.keep_for_later(practice=practice, answers=answers, by=request.user)
        request.session[SESSION_KEY] = said


def _found(request: HttpRequest, name: str) -> list[tuple[Organisation, bool]]:
    """Organisations called so, each with whether it signed: then there is somebody to ask."""
    if not name:
        return []
    visible = Organisation.objects.visible_to(request.user).of_today()
    found = list(visible.filter(name__icontains=name).order_by("name")[:FOUND_AT_MOST])
    signed = set(
        Organisation.objects.signatories()
        .filter(pk__in=[each.pk for each in found])
        .values_list("pk", flat=True)
    )
    return [(organisation, organisation.pk in signed) for organisation in found]
