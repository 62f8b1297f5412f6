"""The declaration editor, under /beheer/steunverklaring/: draft in two languages, look, compare, put in force."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliance.actions import declaration as editor
from alliance.forms.staff import DeclarationForm, PublishDeclarationForm
from alliance.models import Declaration, Signature
from alliance.permissions import can_edit_declaration
from smartsociety.core.comparison import compare
from smartsociety.core.conflict import CONFLICT
from smartsociety.core.counting import count_of
from smartsociety.core.permissions import require


@login_required
@require_safe
def declaration_list(request: HttpRequest) -> HttpResponse:
    """Every version: draft, planned, in force, earlier; with how many signed it."""
    require(can_edit_declaration(request.user))
    signed = count_of(Signature.objects.published(), "declaration")
    context = {
        "declarations": Declaration.objects.annotate(signature_count=signed),
        "current": Declaration.objects.current(),
        "can_start": not any(not each.is_published for each in Declaration.objects.all()),
    }
    return render(request, "alliance/staff/declaration_list.html", context)


@login_required
@require_POST
def declaration_start(request: HttpRequest) -> HttpResponse:
    """A new draft, from the wording in force."""
    require(can_edit_declaration(request.user))
    try:
        draft = editor.start_draft(by=request.user)
    except editor.DraftExists as error:
        messages.error(request, _("There is a new version already. Finish this one first."))
        return redirect("alliance:staff_declaration", error.args[0].version)
    return redirect("alliance:declaration_edit", draft.version)


@login_required
@require_safe
def staff_declaration(request: HttpRequest, version: int) -> HttpResponse:
    """One version as readers get it, beside the one in force, and what can be done with it."""
    require(can_edit_declaration(request.user))
    return _page(request, get_object_or_404(Declaration, version=version))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_edit(request: HttpRequest, version: int) -> HttpResponse:
    """Write a draft. What a colleague saved meanwhile is not overwritten unknowingly."""
    require(can_edit_declaration(request.user))
    declaration = get_object_or_404(Declaration, version=version, published_at=None)
    before = get_object_or_404(
        Declaration, pk=declaration.pk
    )  # the form writes what was typed on its own copy
    form = DeclarationForm(request.POST or None, instance=declaration)
    overtaken = None
    if request.method == "POST" and form.is_valid():
        try:
            editor.save_draft(declaration=before, by=request.user, **form.cleaned_data)
        except editor.NotADraft:
            messages.error(request, _("This version is planned or in force meanwhile. Nothing was changed."))
            return redirect("alliance:staff_declaration", version)
        except editor.TextChanged as error:
            overtaken = error.args[0]
            form.data = form.data.copy()
            form.data["seen"] = overtaken.compute_sha256()
        else:
            messages.success(request, _("Saved. Read it below before you put it in force."))
            return redirect("alliance:staff_declaration", version)
    context = {"form": form, "declaration": before, "overtaken": overtaken}
    return render(
        request, "alliance/staff/declaration_form.html", context, status=CONFLICT if overtaken else None
    )


@login_required
@require_POST
def declaration_publish(request: HttpRequest, version: int) -> HttpResponse:
    """Put what is on the screen in force, now or from a moment."""
    require(can_edit_declaration(request.user))
    declaration = get_object_or_404(Declaration, version=version)
    form = PublishDeclarationForm(request.POST)
    if not form.is_valid():
        return _page(request, declaration, form=form)
    try:
        editor.publish_declaration(declaration=declaration, by=request.user, **form.cleaned_data)
    except editor.TextChanged:
        messages.error(request, _("The text has changed since you looked. Read it again, then publish it."))
    except editor.NotADraft:
        messages.error(request, _("A colleague published or planned this version already."))
    else:
        planned = form.cleaned_data["at"]
        messages.success(request, _("The version is planned.") if planned else _("The version is in force."))
    return redirect("alliance:staff_declaration", version)


@login_required
@require_POST
def declaration_unplan(request: HttpRequest, version: int) -> HttpResponse:
    """A planned version becomes a draft again."""
    require(can_edit_declaration(request.user))
    try:
        editor.unplan(declaration=get_object_or_404(Declaration, version=version), by=request.user)
    except editor.NotADraft:
        messages.error(request, _("This version is not planned any more. Nothing was changed."))
    else:
        messages.success(request, _("The version is a draft again."))
    return redirect("alliance:staff_declaration", version)


@login_required
@require_POST
def declaration_discard(request: HttpRequest, version: int) -> HttpResponse:
    """Throw a draft away."""
    require(can_edit_declaration(request.user))
    declaration = get_object_or_404(Declaration, version=version)
    try:
        editor.discard_draft(declaration=declaration, seen=request.POST.get("seen", ""), by=request.user)
    except (editor.NotADraft, editor.TextChanged):
        messages.error(request, _("The text has changed since you looked. Nothing was thrown away."))
        return redirect("alliance:staff_declaration", version)
    messages.success(request, _("The draft is gone."))
    return redirect("alliance:staff_declaration_list")


@login_required
@require_POST
def declaration_confirm_wording(request: HttpRequest, version: int) -> HttpResponse:
    """The wording is VNG's own: no longer a concept."""
    require(can_edit_declaration(request.user))
    editor.confirm_wording(declaration=get_object_or_404(Declaration, version=version), by=request.user)
    messages.success(request, _("The text is no longer shown as a concept."))
    return redirect("alliance:staff_declaration", version)


def _page(
    request: HttpRequest, declaration: Declaration, *, form: PublishDeclarationForm | None = None
) -> HttpResponse:
    current = Declaration.objects.current()
    digest = declaration.compute_sha256()
    context = {
        "declaration": declaration,
        "current": current,
        "digest": digest,
        "form": form or PublishDeclarationForm(initial={"seen": digest}),
        "texts": [
            {
                "language": language,
                "title": getattr(declaration, f"title_{language}"),
                "text": getattr(declaration, f"text_{language}"),
                "paragraphs": _compared(current, declaration, language),
            }
            for language in ("nl", "en")
        ],
        "to_invite": Signature.objects.to_renew(declaration).count(),
    }
    return render(request, "alliance/staff/declaration_detail.html", context)


def _compared(current: Declaration | None, declaration: Declaration, language: str) -> list:
    """What differs from the version in force; nothing when it is that one, or there is none."""
    if current is None or current == declaration:
        return []
    old, new = (
        f"{getattr(each, f'title_{language}')}\n{getattr(each, f'text_{language}')}"
        for each in (current, declaration)
    )
    return compare(old, new)
