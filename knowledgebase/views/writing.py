"""Write a practice, part by part, and send it in; a published one changes by a proposal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alliance.models import Project
from fieldlabs.models import Outcome
from fieldlabs.permissions import can_turn_into_practice
from knowledgebase import actions
from knowledgebase.forms.practice import PracticeForm, StartForm, section_form
from knowledgebase.forms.writing import WritingForm
from knowledgebase.models import Need, Practice
from knowledgebase.models.choices import Section
from knowledgebase.models.sections import SECTIONS
from knowledgebase.permissions import can_arrange, can_start, can_write, writing_organisations
from knowledgebase.views.text import Text
from smartsociety.core import autosave
from smartsociety.core.conflict import CONFLICT, Overtaken, overtaken_by, reopened
from smartsociety.core.permissions import NotNow, require
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition

UNDER_REVIEW = (Practice.Status.SUBMITTED, Practice.Status.IN_REVIEW)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_create(request: HttpRequest) -> HttpResponse:
    """Begin: title, summary and owner; perhaps from a project (`?project=`) or for who asks (`?need=`)."""
    everybody = can_start(request.user)
    organisations = writing_organisations(request.user)
    if not everybody and not organisations.exists():
        return render(request, "knowledgebase/write_not_possible.html", status=403)
    project = Project.objects.filter(slug=request.GET.get("project", ""), is_published=True).first()
    need = Need.objects.open().filter(slug=request.GET.get("need", "")).first()
    form = StartForm(
        request.POST or None,
        organisations=None if everybody else organisations,
        initial={"title": project.title[:80]} if project else {},
    )
    if request.method == "POST" and form.is_valid():
        practice = actions.start(by=request.user, project=project, need=need, **form.cleaned_data)
        messages.success(
            request,
            _("A draft is made. Outside your organisation and VNG nobody sees it until it is published."),
        )
        if not practice.parts.exists():
            _tell_no_owner_yet(request, practice)
        return redirect("knowledgebase:practice_edit", practice.slug)
    context = {"form": form, "project": project, "need": need}
    return render(request, "knowledgebase/practice_create.html", context)


@login_required
@require_POST
def practice_start(request: HttpRequest, outcome_slug: str) -> HttpResponse:
    """Turn an outcome into a draft practice."""
    outcome = get_object_or_404(Outcome.objects.visible_to(request.user).with_card_data(), slug=outcome_slug)
    require(can_turn_into_practice(request.user, outcome))
    try:
        practice = actions.start_from_outcome(outcome=outcome, by=request.user)
    except actions.StartedAlready as error:
        practice = error.args[0]
        if not Practice.objects.visible_to(request.user).filter(pk=practice.pk).exists():
            messages.success(request, _("A practice of this outcome is being made already."))
            return redirect(outcome)
        messages.success(request, _("A practice of this outcome is being made already. This is it."))
        is_draft = practice.status == Practice.Status.DRAFT
        return redirect("knowledgebase:practice_edit", practice.slug) if is_draft else redirect(practice)
    messages.success(request, _("A draft is made from the outcome. Complete it and send it in."))
    if not practice.parts.exists():
        _tell_no_owner_yet(request, practice)
    return redirect("knowledgebase:practice_edit", practice.slug)


def _tell_no_owner_yet(request: HttpRequest, practice: Practice) -> None:
    if asked := practice.part_invitations.select_related("organisation").first():
        words = _("We asked %(name)s whether it is the owner. It is shown once it said yes.")
        messages.info(request, words % {"name": asked.organisation})
    else:
        messages.warning(request, _("It has no owner yet. Add one at “Who takes part”."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The core: keep half done, look at it, or send it in."""
    text = written(request, slug)
    form = _form(PracticeForm, request, text)
    return _write(request, text, form, "knowledgebase/practice_edit.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """A part of what a follower wants to know, saved on its own."""
    text = written(request, slug)
    if section not in SECTIONS:
        raise Http404
    form = _form(section_form(section), request, text)
    return _write(request, text, form, "knowledgebase/practice_section.html", section=section)


def written(request: HttpRequest, slug: str) -> Text:
    """The text this person writes; 404 when it is not visible, 403 when it is not theirs to write now."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user).with_card_data(), slug=slug)
    if practice.status in UNDER_REVIEW and can_write(request.user, practice):
        raise NotNow(_("This was sent in, and an editor reads it now."), practice.get_absolute_url())
    require(can_arrange(request.user, practice))
    return Text(practice)


def _form(form: type[WritingForm], request: HttpRequest, text: Text) -> WritingForm:
    return form(
        request.POST or None,
        instance=text.reading,
        revision=text.revision,
        initial=text.initial,
        remarks=text.remarks,
    )


def _write(
    request: HttpRequest, text: Text, form: WritingForm, template: str, section: str = ""
) -> HttpResponse:
    if autosave.is_autosave(request):
        return _autosaved(request, text, form)
    overtaken: Overtaken | None = None
    preview: Practice | None = None
    if request.method == "POST" and form.is_valid():
        try:
            revision = text.save(form.values, revision=form.cleaned_data["revision"], by=request.user)
        except ChangedMeanwhile:
            text = _anew(text)
            fresh = type(form)(instance=text.reading, revision=text.revision, initial=text.initial)
            overtaken = overtaken_by(text.proposal or text.practice, form, fresh)
            form = reopened(form, revision=text.revision)
        else:
            if "preview" not in request.POST:
                return _saved(request, text, section)
            text, form, preview = _anew(text), reopened(form, revision=revision), form.instance
    context = {
        "form": form,
        "text": text,
        "practice": text.practice,
        "overtaken": overtaken,
        "preview": preview,
        "section": section,
        "section_label": Section(section).label if section else "",
        "parts": text.contents(section),
    }
    return render(request, template, context, status=CONFLICT if overtaken else None)


def _anew(text: Text) -> Text:
    return Text(Practice.objects.with_card_data().get(pk=text.practice.pk))


def _autosaved(request: HttpRequest, text: Text, form: WritingForm) -> HttpResponse:
    form.is_valid()
    values = form.values if "revision" in form.cleaned_data else {}
    if not values:
        return autosave.kept(form, revision=text.revision)
    try:
        revision = text.save(values, revision=form.cleaned_data["revision"], by=request.user)
    except ChangedMeanwhile:
        return autosave.overtaken()
    return autosave.kept(form, revision=revision)


def _saved(request: HttpRequest, text: Text, section: str) -> HttpResponse:
    """On to sending in, or stay where one was."""
    if "submit" in request.POST and text.is_proposal:
        return redirect("knowledgebase:proposal_submit", text.practice.slug)
    if "submit" in request.POST and _submitted(request, text.practice):
        return redirect(text.practice)
    if "submit" not in request.POST:
        words = (
            _("Saved. Readers still see the published text.") if text.is_proposal else _("Saved as a draft.")
        )
        messages.success(request, words)
    if section:
        return redirect("knowledgebase:practice_section", text.practice.slug, section)
    return redirect("knowledgebase:practice_edit", text.practice.slug)


def say_missing(request: HttpRequest, practice: Practice) -> None:
    """What was typed is kept; what an editor needs beside it."""
    missing = [str(label) for label in practice.missing_core_fields]
    if not practice.has_government_owner:
        missing.append(_("a government as owner"))
    messages.error(
        request,
        _("Saved, but not sent in yet. Still missing: %(missing)s.") % {"missing": ", ".join(missing)},
    )


def _submitted(request: HttpRequest, practice: Practice) -> bool:
    try:
        actions.submit(practice=practice, by=request.user)
    except actions.NotComplete as error:
        say_missing(request, error.args[0])
        return False
    except InvalidTransition:  # sent twice: the first one counted
        return True
    messages.success(request, _("Sent in. An editor will look at it."))
    return True
