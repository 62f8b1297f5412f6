"""What is being written: a draft itself, or a proposed change over a published practice."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from knowledgebase.actions import writing
from knowledgebase.models import Practice, Proposal, Remark, Tag
from knowledgebase.models.practice import LINKS
from knowledgebase.models.reuse import NOTES, ONE_OF
from knowledgebase.models.sections import SECTION_OF, SECTIONS
from smartsociety.core.models import User
from smartsociety.core.remarks import FieldRemark


@dataclass(frozen=True)
class Part:
    """A page of the form: its name, its address, what nobody answered on it yet, and whether it is the open one."""

    label: str
    url: str
    open_questions: int
    remarks: int
    is_current: bool


@dataclass(frozen=True)
class Asked:
    """What an editor asked to improve: about which field (or the whole), and where that is in the form."""

    field: str
    about: str
    text: str
    url: str


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
                str(section.label),
                self._address(section),
                sum(not self._answers(name) for name in names.split()),
                sum(SECTION_OF.get(each.field, each.field) == section for each in self.asked),
                section == current,
            )
            for section, names in SECTIONS.items()
        ]

    @cached_property
    def asked(self) -> list[Asked]:
        """What an editor asked to improve and nobody sent in again yet."""
        remarks = [] if self.is_proposal else list(Remark.objects.open_on(self.practice))
        if self.proposal and self.proposal.status == Proposal.Status.DRAFT:
            remarks = self.proposal.asked
        return [Asked(each.field, each.about, each.text, self._address(each.field)) for each in remarks]

    @property
    def remarks(self) -> dict[str, list[FieldRemark]]:
        """The same for a form, to show beside its fields."""
        beside: dict[str, list[FieldRemark]] = {}
        for each in self.asked:
            beside.setdefault(each.field, []).append(FieldRemark(each.text, self.practice.language))
        return beside

    def _address(self, about: str) -> str:
        """Where a field or a section is written."""
        section = about if about in SECTIONS else SECTION_OF.get(about)
        if section:
            page = reverse("knowledgebase:practice_section", args=[self.practice.slug, section])
        else:
            page = reverse("knowledgebase:practice_edit", args=[self.practice.slug])
        return page if about in ("", section) else f"{page}#id_{about}"

    def _answers(self, name: str) -> bool:
        value = getattr(self.reading, name)
        if name in NOTES:
            return bool(value) or name in self.reading.gaps
        return value != "unknown" if name in ONE_OF else True
