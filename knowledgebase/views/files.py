"""Attachments and pictures of a practice: adding, removing, handing out."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledgebase.actions import attachment as files
from knowledgebase.actions import writing
from knowledgebase.forms.attachment import AttachmentForm, PictureForm
from knowledgebase.forms.publiccode import LABELS, PubliccodeForm
from knowledgebase.models import Attachment, Picture, Practice
from knowledgebase.permissions import can_review, can_write
from knowledgebase.views.text import Text
from knowledgebase.views.writing import written
from smartsociety.core.documents import CONTENT_TYPES
from smartsociety.core.revisions import ChangedMeanwhile


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_files(request: HttpRequest, slug: str) -> HttpResponse:
    """What others can take along: documents and pictures, each added by its own form."""
    text = written(request, slug)
    sent = request.POST.get("what") if request.method == "POST" else None
    document = AttachmentForm(*_posted(request, sent == "document"), prefix="document")
    picture = PictureForm(*_posted(request, sent == "picture"), prefix="picture")
    if sent == "document" and document.is_valid():
        return _added(request, text, files.attach, _("The document is added."), document)
    if sent == "picture" and picture.is_valid():
        return _added(request, text, files.add_picture, _("The picture is added."), picture)
    context = {
        "text": text,
        "practice": text.practice,
        "parts": text.contents(""),
        "attachments": text.practice.attachments.all(),
        "pictures": text.practice.pictures.all(),
        "document_form": document,
        "picture_form": picture,
    }
    return render(request, "knowledgebase/practice_files.html", context)


def _added(
    request: HttpRequest, text: Text, add: Callable[..., Any], done: str, form: AttachmentForm | PictureForm
) -> HttpResponse:
    try:
        add(practice=text.practice, by=request.user, **form.cleaned_data)
    except ChangedMeanwhile:
        messages.error(
            request, _("An editor looks at your change now. Until it is decided it cannot be changed.")
        )
    else:
        messages.success(
            request, _("It is part of your change now. Send that in.") if text.is_proposal else done
        )
    return redirect("knowledgebase:practice_files", text.practice.slug)


@login_required
@require_POST
def attachment_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a document away."""
    text = written(request, slug)
    files.remove(of=get_object_or_404(text.practice.attachments, pk=pk), by=request.user)
    messages.success(request, _("The document is removed."))
    return redirect("knowledgebase:practice_files", slug)


@login_required
@require_POST
def picture_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a picture away."""
    text = written(request, slug)
    files.remove(of=get_object_or_404(text.practice.pictures, pk=pk), by=request.user)
    messages.success(request, _("The picture is removed."))
    return redirect("knowledgebase:practice_files", slug)


@require_safe
def attachment_download(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The document, always as a download; counted, not who."""
    attachment = _of_visible(request, slug, Attachment, pk)
    if request.method == "GET":
        files.count_download(attachment)
    ending = PurePath(attachment.file.name).suffix
    response = _handed_out(
        attachment, CONTENT_TYPES.get(ending.removeprefix("."), "application/octet-stream")
    )
    name = f"{slugify(attachment.title)[:60] or 'document'}{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def picture_show(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A picture for in the page."""
    return _handed_out(_of_visible(request, slug, Picture, pk), "image/webp")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def practice_publiccode(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill in what publiccode.yml tells about the code; the form stands on another page, where a GET leads."""
    text = written(request, slug)
    if request.method != "POST":
        return redirect("knowledgebase:practice_section", slug, "code")
    form = PubliccodeForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["file"]))
        return redirect("knowledgebase:practice_section", slug, "code")
    keep = writing.propose if text.is_proposal else writing.save_draft
    try:
        keep(
            practice=text.practice,
            revision=text.revision,
            values=form.cleaned_data["file"],
            by=request.user,
        )
    except ChangedMeanwhile:
        messages.error(request, _("Somebody else saved meanwhile, or an editor reads it now. Try again."))
    else:
        _say_taken(request, form)
    return redirect("knowledgebase:practice_section", slug, "code")


def _say_taken(request: HttpRequest, form: PubliccodeForm) -> None:
    """What is new, and what is not: it stays as it was, and may not belong to the rest."""
    taken = ", ".join(str(LABELS[name]) for name in form.cleaned_data["file"])
    said = _("Filled in from publiccode.yml: %(taken)s. Look whether it is right.") % {"taken": taken}
    messages.success(request, said)
    if form.untaken:
        left = " ".join(form.untaken.values())
        messages.warning(
            request,
            _("Not taken, so this stays as it was; change it if it is not right: %(left)s") % {"left": left},
        )


def _posted(request: HttpRequest, is_sent: bool) -> tuple:
    return (request.POST, request.FILES) if is_sent else ()


def _of_visible(request: HttpRequest, slug: str, model, pk: int):
    practice = get_object_or_404(Practice.objects.visible_to(request.user), slug=slug)
    rows = model.objects.filter(practice=practice)
    if not (can_write(request.user, practice) or can_review(request.user)):
        rows = rows.shown()
    found = get_object_or_404(rows, pk=pk)
    if not found.file.storage.exists(found.file.name):
        raise Http404
    return found


def _handed_out(row: Attachment | Picture, content_type: str) -> FileResponse:
    response = FileResponse(row.file.open("rb"), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
