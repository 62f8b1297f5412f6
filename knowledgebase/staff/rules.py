"""Staff keep ground rules and standards, under /beheer/spelregels/."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase.actions import rule as actions
from knowledgebase.forms.rule import AgreeForm, NewRuleForm, RuleForm, WordingForm
from knowledgebase.models import GroundRule
from knowledgebase.permissions import can_keep_library
from smartsociety.core.conflict import CONFLICT, Overtaken, overtaken_by, reopened
from smartsociety.core.deciding import decide
from smartsociety.core.forms import save_answers
from smartsociety.core.pages import page_of
from smartsociety.core.permissions import require
from smartsociety.core.revisions import ChangedMeanwhile

FORM = "knowledgebase/staff/rule_form.html"


@login_required
@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """All of them, retired ones too."""
    require(can_keep_library(request.user))
    page = page_of(request, GroundRule.objects.with_card_data())
    return render(request, "knowledgebase/staff/rule_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_create(request: HttpRequest) -> HttpResponse:
    """Propose one."""
    require(can_keep_library(request.user))
    form = NewRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("text", "public_value")}
        rule = actions.propose(rule=form.instance, by=request.user, **words)
        form._save_m2m()
        messages.success(request, _("Proposed. Everybody can read it from now on."))
        return redirect(rule)
    return _page(request, form, _("Propose a ground rule"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Its title, its themes and who follows it; not its wording."""
    require(can_keep_library(request.user))
    rule = get_object_or_404(GroundRule, slug=slug)
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        save_answers(form)
        messages.success(request, _("Saved."))
        return redirect(rule)
    return _page(request, form, _("Change title, themes and followers"), rule)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_reword(request: HttpRequest, slug: str) -> HttpResponse:
    """Another wording, never unseen over that of a colleague."""
    require(can_keep_library(request.user))
    rules = GroundRule.objects.with_versions()
    rule = get_object_or_404(rules, slug=slug)
    form = WordingForm(request.POST or None, rule=rule)
    overtaken: Overtaken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, rule, _("The new version is there."), actions.reword, **form.cleaned_data)
        except ChangedMeanwhile:
            rule = rules.get(pk=rule.pk)
            fresh = WordingForm(rule=rule, initial={"reason": form.cleaned_data["reason"]})
            overtaken = overtaken_by(rule.current, form, fresh)
            reopened(form, revision=rule.current.number)
    return _page(request, form, _("Write a new version"), rule, overtaken)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_agree(request: HttpRequest, slug: str) -> HttpResponse:
    """A fieldlab agreed."""
    require(can_keep_library(request.user))
    rule = get_object_or_404(GroundRule, slug=slug)
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _done(request, rule, _("Recorded that it was agreed."), actions.agree, **form.cleaned_data)
    return _page(request, form, _("Record that it was agreed"), rule)


@login_required
@require_POST
def rule_retire(request: HttpRequest, slug: str) -> HttpResponse:
    """It no longer holds."""
    require(can_keep_library(request.user))
    rule = get_object_or_404(GroundRule, slug=slug)
    return _done(request, rule, _("Retired. It stays to be read."), actions.retire)


def _page(
    request: HttpRequest,
    form: forms.BaseForm,
    title: str,
    rule: GroundRule | None = None,
    overtaken: Overtaken | None = None,
) -> HttpResponse:
    context = {"form": form, "rule": rule, "title": title, "overtaken": overtaken}
    return render(request, FORM, context, status=CONFLICT if overtaken else None)


def _done(request: HttpRequest, rule: GroundRule, said: str, act: Callable, **answers) -> HttpResponse:
    late = _("A colleague was first. Nothing was changed.")
    return decide(request, act, done=said, late=late, to=rule, rule=rule, **answers)
