"""Naming a practice, a tag or an outcome in a form; see `core.naming`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldlabs.models import Outcome
from knowledgebase.models import Practice, Tag
from smartsociety.core.naming import MOST_CANDIDATES, Candidate, NamedField


class PracticeField(NamedField):
    """A published practice by words of its title, its address, or else by what it is about."""

    suggested_at = "knowledgebase:practice_names"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Type words of its title, or copy its address from your browser."))
        super().__init__(queryset=Practice.objects.published(), **kwargs)

    def named(self, text: str) -> Iterable[Practice]:
        return self.rows().filter(title__iexact=text)[:1] or self.rows().titled(text).with_owners()

    def like(self, text: str) -> Iterable[Practice]:
        return self.rows().search(text).with_owners()[:MOST_CANDIDATES]

    def candidate(self, row: Practice) -> Candidate:
        return Candidate(row.slug, row.title, row.owner_names, row.language)


class TagField(NamedField):
    """A tag by its name or a synonym."""

    def named(self, text: str) -> Iterable[Tag]:
        return self.rows().filter(Q(name__iexact=text) | Q(synonyms__contains=[text]))

    def like(self, text: str) -> Iterable[Tag]:
        words = [Q(name__icontains=word) for word in text.split()]
        return self.rows().filter(*words).order_by("name")


class OutcomeField(NamedField):
    """An outcome of a fieldlab by words of its title."""

    def named(self, text: str) -> Iterable[Outcome]:
        words = [Q(title__icontains=word) for word in text.split()]
        return self.rows().filter(*words).select_related("fieldlab").order_by("title", "pk")

    def candidate(self, row: Outcome) -> Candidate:
        return Candidate(row.slug, row.title, row.fieldlab.title, row.language)
