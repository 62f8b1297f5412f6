"""Naming one row of many in a form: by words of its name or its address, never from a list of them all.

Whoever means several is shown the best of them, to choose from; so a page weighs the same however many rows there are.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MOST_CANDIDATES = 8
LONGEST = 400  # an address is longer than a name


class Candidate(NamedTuple):
    """One that can be meant: what stands for it in the form, its name, what tells it from others, its language."""

    value: str
    label: str
    note: str = ""
    lang: str = ""


class NamedInput(forms.TextInput):
    """A text field, with radio buttons under it when what was typed can mean several things.

    What is chosen there counts as long as the text is the one that they were shown for.
    """

    template_name = "django/forms/widgets/named.html"
    candidates: Sequence[Candidate] = ()
    suggested_at = ""  # the name of an address that gives names while typing (`typed`)

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        if self.suggested_at:
            own = context["widget"]["attrs"]
            list_id = f"{own.get('id', name)}_list"
            own |= {
                "list": list_id,
                "hx-get": f"{reverse(self.suggested_at)}?field={name}",
                "hx-trigger": "input changed delay:250ms",
                "hx-target": f"#{list_id}",
                "hx-sync": "this:replace",
            }
            context["list_id"] = list_id
        return {**context, "candidates": self.candidates}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = data.get(name)
        chosen = data.get(f"{name}_which")
        return chosen if chosen and typed == data.get(f"{name}_for") else typed


class NamedField(forms.CharField):
    """One of `rows`; the classes below it know how these are called."""

    widget = NamedInput
    key = "slug"  # what stands for a row in the form, and ends its address
    suggested_at = ""
    default_error_messages = {
        "unknown": _("Nothing is called so. Use other words of its name, or copy its address."),
        "several": _("Choose below which one you mean, or use other words."),
    }

    def __init__(self, *, queryset: QuerySet | None = None, **kwargs: Any) -> None:
        self.queryset = queryset
        self.candidates: Sequence[Model] = ()
        kwargs.setdefault("help_text", _("Type words of its name, or copy its address from your browser."))
        super().__init__(max_length=LONGEST, **kwargs)

    def suggest(self) -> None:
        """Give names while typing, to who has a script."""
        self.widget.suggested_at = self.suggested_at

    def rows(self) -> QuerySet:
        """What can be named."""
        assert self.queryset is not None  # noqa: S101 - a field that lists nothing is a mistake of ours
        return self.queryset.all()

    def at(self, address: str) -> Iterable[Model]:
        """The one at an address, or with what stands for it."""
        return self.rows().filter(**{self.key: address_end(address)})[:1]

    def named(self, text: str) -> Iterable[Model]:
        """Those that are called so."""
        raise NotImplementedError

    def like(self, text: str) -> Iterable[Model]:
        """Those that may be meant when none is called so, the best first."""
        return ()

    def candidate(self, row: Model) -> Candidate:
        """How one is shown."""
        return Candidate(str(getattr(row, self.key)), str(row))

    def prepare_value(self, value: Any) -> Any:
        """A row as what stands for it; what was typed as it is."""
        return getattr(value, self.key) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Model | None:
        """The one that was meant; when it can be several, they are the `candidates`."""
        text = super().clean(value)
        if not text:
            return None
        found = list(self.at(text)) or list(self.named(text))[:MOST_CANDIDATES]
        if len(found) == 1:
            return found[0]
        self.candidates = found or list(self.like(text))[:MOST_CANDIDATES]
        if not self.candidates:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        self.widget.candidates = [self.candidate(row) for row in self.candidates]
        raise ValidationError(self.error_messages["several"], code="several")


def address_end(text: str) -> str:
    """The last part of an address; text that is none as it is."""
    if "/" not in text:
        return text
    try:
        return unquote(urlsplit(text.strip()).path).rstrip("/").rsplit("/", 1)[-1]
    except ValueError:
        return text


def typed(request: HttpRequest) -> str:
    """What stands in the field for which names are asked; see `NamedInput`."""
    return " ".join(request.GET.get(request.GET.get("field", ""), "").replace("\x00", " ").split())[:LONGEST]
