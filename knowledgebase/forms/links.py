"""Naming practices in a form by their addresses: a list to tick would be endless."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Practice
from smartsociety.core.widgets import Textarea


class PracticesField(forms.CharField):
    """Addresses of published practices, or only their last part, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text", _("Copy the address of each from the top of your browser, one a line.")
        )
        super().__init__(widget=Textarea(attrs={"rows": 4}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Practices as their addresses; what was typed as it is."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(practice.slug for practice in value)

    def clean(self, value: str) -> list[Practice]:
        """The practices; every unknown one is named."""
        slugs = [line.strip().strip("/").rsplit("/", 1)[-1] for line in super().clean(value).splitlines()]
        slugs = [slug for slug in dict.fromkeys(slugs) if slug]
        found = {practice.slug: practice for practice in Practice.objects.published().filter(slug__in=slugs)}
        if unknown := [slug for slug in slugs if slug not in found]:
            raise ValidationError(
                _("There is no published practice at: %(slugs)s."), params={"slugs": ", ".join(unknown)}
            )
        return [found[slug] for slug in slugs]
