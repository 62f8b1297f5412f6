"""Ask the owner, answer, and the desk where an owner sees both its questions and its readers."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase import meeting as calendar
from knowledgebase.actions import question as actions
from knowledgebase.forms.question import AnswerForm, QuestionForm, QuestionLimitForm
from knowledgebase.models import Practice, Question
from knowledgebase.permissions import is_owner
from knowledgebase.reading import readers_of
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition

A_YEAR = timedelta(days=365)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the owner of a practice something, or for a talk."""
    practice = get_object_or_404(Practice.objects.published().with_card_data(), slug=slug)
    is_full = actions.is_full(practice)
    form = QuestionForm(request.POST or None, practice=practice, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(practice=practice, by=request.user, language=get_language(), **form.cleaned_data)
        except actions.TooMany:  # also when somebody was first with the last one of this month
            is_full = True
        else:
            messages.success(request, _("Your question is sent. You get the answer by mail."))
            return redirect(practice)
    context = {"form": form, "practice": practice, "is_full": is_full}
    return render(request, "knowledgebase/question_ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link in the mail: answer without signing in."""
    question = actions.with_token(token)
    if question is None:
        raise Http404("No question has this link.")
    return _answer_page(request, question, by=None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same for a signed-in person of the owner."""
    practice = _own(request, slug)
    question = get_object_or_404(practice.questions.select_related("practice"), pk=pk)
    return _answer_page(request, question, by=request.user)


def _answer_page(request: HttpRequest, question: Question, *, by) -> HttpResponse:
    form = AnswerForm(request.POST or None, question=question, picked=request.GET.get("moment", ""))
    done = ""
    if request.method == "POST" and "close" in request.POST:
        done = _handled(actions.close, question=question, by=by)
    elif request.method == "POST" and form.is_valid():
        done = _handled(actions.answer, question=question, by=by, **form.cleaned_data)
    if done:
        messages.success(request, done)
        return redirect(request.path)
    context = {"question": question, "form": form if question.status == Question.Status.OPEN else None}
    return render(request, "knowledgebase/question_answer.html", context)


def _handled(action, **answers) -> str:
    """What to say afterwards."""
    try:
        action(**answers)
    except InvalidTransition:
        return _("A colleague answered this already.")
    return _("Thank you. We mailed it to the asker.")


@login_required
@require_POST
def question_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The asker lets everybody read it, or takes that back."""
    question = get_object_or_404(request.user.questions.filter(status="answered"), pk=pk)
    agrees = request.POST.get("agree") == "1"
    actions.agree(question=question, agrees=agrees, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("knowledgebase:my_knowledge")


@require_safe
def meeting(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file of an agreed talk."""
    question = calendar.meeting_of(token)
    if question is None:
        raise Http404("No talk has this address.")
    return HttpResponse(
        calendar.calendar_file(question),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="smart-society.ics"'},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def owner_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """For the owner: how many read it, what is asked, and how many questions it can answer."""
    practice = _own(request, slug)
    form = QuestionLimitForm(request.POST or None, instance=practice)
    if request.method == "POST" and form.is_valid():
        actions.limit_questions(
            practice=practice, number=form.cleaned_data["questions_a_month"], by=request.user
        )
        messages.success(request, _("Saved."))
        return redirect("knowledgebase:owner_desk", slug)
    context = {
        "practice": practice,
        "form": form,
        "readers": readers_of(practice, since=timezone.localdate() - A_YEAR),
        "questions": practice.questions.all()[:50],
    }
    return render(request, "knowledgebase/owner_desk.html", context)


def _own(request: HttpRequest, slug: str) -> Practice:
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    require(is_owner(request.user, practice))
    return practice
