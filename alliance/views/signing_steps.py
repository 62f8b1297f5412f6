"""The steps of signing: each an address of its own, found by the secret, kept as typed."""

from functools import wraps

from django.contrib import messages
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alliance import actions, matching
from alliance.actions import draft as drafts
from alliance.forms.draft import TITLES, DraftForms, signature_answers
from alliance.forms.signing import CheckForm
from alliance.models import Organisation, SignatureDraft
from alliance.models.organisation import Kind
from alliance.views.declaration import current_declaration
from alliance.views.signing import too_many
from smartsociety.core.limits import DAY, allowed, network_allowed

FINISHES_AN_HOUR = 600
# Enough for a person who lost a mail or two, useless to someone who wants to fill another's mailbox.
MAILS_PER_DAY = 5
MORE_ROWS = 10


def with_draft(view):
    """Give the view the draft that the secret opens; say that it is gone, or where its signature is."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: str) -> HttpResponse:
        draft = drafts.find(token)
        if draft is None:
            return render(request, "alliance/signature_draft_gone.html", status=410)
        if draft.signature_id:
            return redirect("alliance:signature_sent", token)
        return view(request, draft, token, *args)

    return opened


@require_safe
@with_draft
def draft_resume(request: HttpRequest, draft: SignatureDraft, token: str) -> HttpResponse:
    """The link in the mail: on to the first step that is not whole."""
    return _to(token, DraftForms(draft).first_open())


@require_http_methods(["GET", "HEAD", "POST"])
def signature_step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """One step. What was typed is kept, right or wrong, before anything is said about it."""
    return _step(request, token, step)


@with_draft
def _step(request: HttpRequest, draft: SignatureDraft, token: str, step: str) -> HttpResponse:
    forms = DraftForms(draft)
    if step not in forms.steps:
        raise Http404(step)
    if request.method != "POST":
        from_check = "controle" in request.GET and step in draft.answers
        rows = MORE_ROWS if "meer" in request.GET else 3
        form = forms.kept(step) if from_check else forms.shown(step, spare_rows=rows)
        return _step_page(request, forms, token, step, form)
    form = forms.posted(step, request.POST, request.FILES)
    valid = form.is_valid()
    forms = DraftForms(_keep(draft, step, form, request))
    if way := _other_way(request, forms, token, step):
        return way
    if not valid:
        return _step_page(request, forms, token, step, form)
    if step == "organisatie" and forms.signed_already(form, current_declaration()):
        return redirect("alliance:signature_duplicate", token)
    return _to(token, "controle" if "controle" in request.GET else forms.after(step))


def _keep(
    draft: SignatureDraft, step: str, form: BaseForm | BaseFormSet, request: HttpRequest
) -> SignatureDraft:
    names = {"csrfmiddlewaretoken", "back", "later", "more", "trap", "remove_document"}
    typed = {name: values for name, values in request.POST.lists() if name not in names and len(name) < 40}
    draft = drafts.keep(draft=draft, step=step, answers=dict(list(typed.items())[:120]))
    if step == "mandaat":
        # A document that is all right stays, also when another answer is wrong: a browser does not send it again.
        if document := form.cleaned_data.get("document"):
            return drafts.keep_document(draft=draft, document=document)
        if form.cleaned_data.get("remove_document"):
            return drafts.keep_document(draft=draft, document=None)
    return draft


def _other_way(request: HttpRequest, forms: DraftForms, token: str, step: str) -> HttpResponse | None:
    """Back, later, or more rows: pressed instead of on."""
    if "back" in request.POST and forms.before(step):
        return _to(token, forms.before(step))
    if "later" in request.POST:
        return redirect("alliance:signature_later", token)
    if "more" in request.POST:
        return _to(token, step, "?meer=1")
    return None


def _to(token: str, step: str, query: str = "") -> HttpResponse:
    if step == "controle":
        return redirect("alliance:signature_check", token)
    answer = redirect("alliance:signature_step", token, step)
    answer["Location"] += query
    return answer


def _step_page(request: HttpRequest, forms: DraftForms, token: str, step: str, form) -> HttpResponse:
    context = {
        "form": form,
        "token": token,
        "step": step,
        "title": TITLES[step],
        "titles": forms.titles(),
        "number": forms.steps.index(step) + 1,
        "has_before": bool(forms.before(step)),
        "has_document": bool(forms.draft.mandate_document),
        "declaration": forms.draft.declaration,
    }
    return render(request, f"alliance/signing/{step}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def signature_duplicate(request: HttpRequest, draft: SignatureDraft, token: str) -> HttpResponse:
    """The organisation signed already, or one that looks like it: become co-signer or representative."""
    forms = DraftForms(draft)
    form = forms.kept("organisatie")
    found = forms.signed_already(form, current_declaration()) if form.is_valid() else []
    certain = any(one.certain for one in found)
    if request.method == "POST" and not certain:
        draft = drafts.is_another(draft=draft, organisations=[one.organisation for one in found])
        found = []
    if not found:
        return _to(token, DraftForms(draft).first_open())
    context = {"token": token, "certain": certain, "matches": _told(found), "typed": form.cleaned_data}
    return render(request, "alliance/signature_duplicate.html", context, status=409)


def _told(found: list[matching.Match]) -> list[dict]:
    """What the world may know of each: one that waits for the secretariat has no page and no name here."""
    public = set(
        Organisation.objects.public()
        .filter(pk__in=[one.organisation.pk for one in found])
        .values_list("pk", flat=True)
    )
    return [
        {"organisation": one.organisation, "reason": one.reason, "is_public": one.organisation.pk in public}
        for one in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def signature_check(request: HttpRequest, draft: SignatureDraft, token: str) -> HttpResponse:
    """Everything once more, the text itself, each consent, and the button that signs."""
    whole = DraftForms(draft).whole()
    step, last = list(whole.items())[-1]
    if not last.is_valid():
        answer = _to(token, step)
        answer["Location"] += "?controle=1"
        return answer
    if request.method != "POST":
        initial = dict.fromkeys(draft.answers.get("controle", {}), True)
        return _check_page(request, draft, token, whole, CheckForm(initial=initial))
    form = CheckForm(request.POST)
    ticked = {name: ["on"] for name in ("publish_name", "news", "fieldlabs") if request.POST.get(name)}
    draft = drafts.keep(draft=draft, step="controle", answers=ticked)
    if draft.signature_id:  # pressed twice
        return redirect("alliance:signature_sent", token)
    if "back" in request.POST:
        return _to(token, DraftForms(draft).before("controle"))
    if "later" in request.POST:
        return redirect("alliance:signature_later", token)
    return _finish(request, draft, token, whole, form)


def _finish(
    request: HttpRequest, draft: SignatureDraft, token: str, whole: dict, form: CheckForm
) -> HttpResponse:
    declaration = current_declaration()
    if request.POST.get("version") != str(declaration.version):  # what was on the screen is what is signed
        form.add_error(
            None, _("A new version of the declaration was just published. Read the new text and sign again.")
        )
    if request.POST.get("trap"):
        form.add_error(None, _("Leave the hidden field empty and press the button again."))
    if not form.is_valid():
        return _check_page(request, draft, token, whole, form)
    if DraftForms(draft).signed_already(whole["organisatie"], declaration):
        return redirect("alliance:signature_duplicate", token)
    answers = signature_answers(whole)
    if refusal := _over_limit(request, answers["signer_email"]):
        form.add_error(None, refusal)
        return _check_page(request, draft, token, whole, form, status=429)
    consents, publish_name = form.consents, form.cleaned_data["publish_name"]
    try:
        drafts.finish(
            draft=draft,
            declaration=declaration,
            language=draft.language,
            consents=consents,
            publish_name=publish_name,
            **answers,
        )
    except actions.AlreadySigned:
        return redirect("alliance:signature_duplicate", token)
    return redirect("alliance:signature_sent", token)


def _over_limit(request: HttpRequest, address: str) -> str:
    """Why nothing is mailed now; empty when it is."""
    if not network_allowed(request, "sign", limit=FINISHES_AN_HOUR):
        return too_many()
    return "" if confirmation_allowed(address) else too_many_mails()


def confirmation_allowed(address: str) -> bool:
    """Whether this mailbox gets one more mail to confirm with today."""
    return allowed(f"confirm:{address}", limit=MAILS_PER_DAY, seconds=DAY)


def too_many_mails() -> str:
    """What is said when a mailbox got enough."""
    return _("We sent several mails to this address today. Look in your mailbox, or try again tomorrow.")


def _check_page(
    request: HttpRequest,
    draft: SignatureDraft,
    token: str,
    whole: dict,
    form: CheckForm,
    *,
    status: int = 200,
) -> HttpResponse:
    declaration = current_declaration()
    forms = DraftForms(draft)
    if draft.declaration != declaration and not form.is_bound:
        messages.warning(request, _("The text has a new version since you began. Read it before you sign."))
    context = {
        "form": form,
        "token": token,
        "titles": forms.titles(),
        "number": len(forms.steps) + 1,
        "declaration": declaration,
        "answers": signature_answers(whole),
        "organisation": whole["organisatie"].cleaned_data,
        "known": whole["organisatie"].organisation,
        "kind": dict(Kind.choices).get(whole["organisatie"].cleaned_data["kind"], ""),
        "blocks": [label for value, label in whole["inbreng"].fields["contributes"].choices
                   if value in whole["inbreng"].cleaned_data["contributes"]],
        "has_document": bool(draft.mandate_document),
    }  # fmt: skip
    return render(request, "alliance/signing/controle.html", context, status=status)
