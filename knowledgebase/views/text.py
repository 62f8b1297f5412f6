"""What is being written: a draft itself, or a proposed change over a published practice."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from knowledgebase.actions import writing
from knowledgebase.forms.practice import SECTIONS
from knowledgebase.models import Practice, Proposal, Remark, Tag
from knowledgebase.models.practice import LINKS
from knowledgebase.models.reuse import NOTES, ONE_OF
from smartsociety.core.models import User


@dataclass(frozen=True)
class Part:
    """A page of the form: its name, its address, what nobody answered on it yet, and whether it is the open one."""

    label: str
    url: str
    open_questions: int
    is_current: bool


@dataclass
class Text:
    """A practice with the text that is being written on it."""

    practice: Practice

    @property
    def is_proposal(self) -> bool:
        """Whether readers see another text until an editor approves."""
        return self.practice.status != Practice.Status.DRAFT

    @cached_property
    def proposal(self) -> Proposal | None:
        """The change that is open, if any."""
        return writing.open_proposal(self.practice) if self.is_proposal else None

    @cached_property
    def reading(self) -> Practice:
        """The practice as it would read; not to be saved when it is a proposal."""
        return self.proposal.overlaid() if self.proposal else Practice.objects.get(pk=self.practice.pk)

    @property
    def revision(self) -> int:
        """What the form must carry."""
        if self.is_proposal:
            return self.proposal.revision if self.proposal else 0
        return self.practice.revision

    @property
    def is_waiting(self) -> bool:
        """Whether an editor reads it now, so that it cannot change."""
        return bool(self.proposal) and self.proposal.status == Proposal.Status.SUBMITTED

    @property
    def initial(self) -> dict[str, Any]:
        """What it is linked to, which a form cannot read from an unsaved practice."""
        if not self.proposal:
            return {"tags": ", ".join(tag.name for tag in self.practice.tags.all())}
        chosen = {name: self.proposal.chosen(name) for name in LINKS}
        tags = Tag.objects.filter(pk__in=chosen["tags"])
        return chosen | {"tags": ", ".join(tag.name for tag in tags)}

    def save(self, values: dict[str, Any], *, revision: int, by: User) -> int:
        """Keep what was typed where it belongs; its next revision. Raises ChangedMeanwhile."""
        keep = writing.propose if self.is_proposal else writing.save_draft
        return keep(practice=self.practice, revision=revision, values=values, by=by).revision

    def contents(self, current: str) -> list[Part]:
        """The parts of what a follower wants to know."""
        return [
            Part(
                str(label),
                reverse("knowledgebase:practice_section", args=[self.practice.slug, section]),
                sum(not self._answers(name) for name in names.split()),
                section == current,
            )
            for section, (label, names) in SECTIONS.items()
        ]

    def remarks(self) -> list[Remark]:
        """What an editor asked to improve and nobody sent in again yet."""
        rows = Remark.objects.filter(review__practice=self.practice, is_settled=False)
        return list(rows) if not self.is_proposal else []

    def _answers(self, name: str) -> bool:
        value = getattr(self.reading, name)
        if name in NOTES:
            return bool(value) or name in self.reading.gaps
        return value != "unknown" if name in ONE_OF else True
