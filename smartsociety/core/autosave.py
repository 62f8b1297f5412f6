"""Drafts that save themselves: what static/js/autosave.js sends, and what it is told.

A page whose form holds `{% autosave %}` gets its own POST with the header X-Autosave a little after the last keystroke.
The view keeps what is right already and answers with one of the functions below instead of a page. The form carries
`revision`; see `core.revisions`. Who is signed out gets the redirect that everybody gets, which the script understands.
"""

from django import forms
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from smartsociety.core.conflict import CONFLICT


def is_autosave(request: HttpRequest) -> bool:
    """Whether the script sent this form, not the person."""
    return request.method == "POST" and request.headers.get("X-Autosave") == "1"


def kept(form: forms.BaseForm, *, revision: int) -> JsonResponse:
    """Saved at `revision`; names the fields that were not kept because something in them is not right yet."""
    clock = formats.time_format(timezone.localtime(), "H:i")
    words = _("Draft saved at %(time)s.") % {"time": clock}
    answers = {} if form.is_valid() else form.cleaned_data
    if wrong := [str(form[name].label) for name in form.fields if form.errors and name not in answers]:
        left_out = _("Not yet right, and not saved: %(fields)s.") % {"fields": ", ".join(wrong)}
        words = f"{words} {left_out}"
    return JsonResponse({"message": words, "revision": revision})


def overtaken() -> JsonResponse:
    """Somebody else saved meanwhile; the script stops, and the button shows what differs."""
    words = _("Somebody else saved this meanwhile. Press Save to see what differs; nothing is lost.")
    return JsonResponse({"message": words}, status=CONFLICT)


def refused() -> JsonResponse:
    """Not for this person to write, or not any more; the script stops."""
    words = _("Not saved: this cannot be changed any more. Copy what you typed before you leave this page.")
    return JsonResponse({"message": words}, status=403)


def renewed(request: HttpRequest) -> JsonResponse:
    """The secret of the page is out of date, as after signing in again in another tab: the one to try again with.

    Only a page of this site can read it: another one cannot send the header, nor see the answer.
    """
    return JsonResponse({"token": get_token(request)}, status=403)
