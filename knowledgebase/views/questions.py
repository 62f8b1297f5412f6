"""Ask about a practice, answer, and the desk where an owner sees both its questions and its readers."""

from collections.abc import Sequence
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
from knowledgebase.addressees import Addressee, addressees
from knowledgebase.forms.question import AnswerForm, QuestionForm, QuestionLimitForm
from knowledgebase.models import Practice, Question
from knowledgebase.permissions import can_answer, is_owner
from knowledgebase.reading import readers_of
from knowledgebase.views.spread import own_municipality
from smartsociety.core.permissions import require
from smartsociety.core.states import InvalidTransition

A_YEAR = timedelta(days=365)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the owner of a practice, or who uses it too (`?aan=` has the choice ready), something or for a talk."""
    practice = get_object_or_404(Practice.objects.published().with_card_data(), slug=slug)
    named = request.GET.get("aan", "")
    there = addressees(practice, request.user, ours=own_municipality(request.user), named=named)
    form = QuestionForm(
        request.POST or None, practice=practice, user=request.user, addressees=there, named=named
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(practice=practice, by=request.user, language=get_language(), **form.cleaned_data)
        except actions.TooMany:  # also when somebody was first with the last one of this month
            form.add_error(None, _("They cannot answer more questions this month."))
        else:
            messages.success(request, _("Your question is sent. You get the answer by mail."))
            return redirect(practice)
    context = {"form": form, "practice": practice, "addressees": there, "is_full": _is_full(there)}
    return render(request, "knowledgebase/question_ask.html", context)


def _is_full(there: Sequence[Addressee]) -> bool:
    """Whether nobody of them can answer more questions this month."""
    return all(each.is_full for each in there)


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
    """The same for a signed-in person of the owner, or of the organisation that was asked."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    questions = practice.questions.select_related("practice", "adoption__organisation")
    question = get_object_or_404(questions, pk=pk)
    require(can_answer(request.user, question))
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
    question = get_object_or_404(request.user.questions.exclude(status="closed"), pk=pk)
    agrees = request.POST.get("agree") == "1"
    try:
        question = actions.agree(question=question, agrees=agrees, by=request.user)
    except actions.NotForEverybody:
        messages.error(request, _("There is an e-mail address or a telephone number in your question."))
    else:
        messages.success(request, _agreed(question))
    return redirect("knowledgebase:my_knowledge")


def _agreed(question: Question) -> str:
    """What to say afterwards."""
    if question.is_public:
        return _("You agreed. Everybody can read your question and the answer now.")
    if question.asker_agrees:
        return _("You agreed. Everybody can read it as soon as who answers agrees too.")
    return _("You withdrew your consent. Only you and who answers can read it.")


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
        "questions": practice.questions.to_owner()[:50],
    }
    return render(request, "knowledgebase/owner_desk.html", context)


def _own(request: HttpRequest, slug: str) -> Practice:
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    require(is_owner(request.user, practice))
    return practice
