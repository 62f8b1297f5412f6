"""What the page of a practice shows to everybody; each part is read when it is looked at."""

from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from alliance.models import Project
from knowledgebase import linked
from knowledgebase.answers import Question, answers, citation
from knowledgebase.models import EvidenceStep, Practice
from knowledgebase.related import more_like
from knowledgebase.thread import practice_thread
from smartsociety.core.content import Version


class PracticePage:
    """Nothing of the reader is in here, so a page may remember it (`{% remembered page %}`)."""

    licence_url = "https://creativecommons.org/licenses/by/4.0/deed.nl"

    def __init__(self, pk: int, version: Version | None) -> None:
        self._pk, self._version = pk, version

    @cached_property
    def practice(self) -> Practice:
        """The practice `with_page_data`."""
        return Practice.objects.with_page_data().get(pk=self._pk)

    @cached_property
    def url(self) -> str:
        """Its address in full."""
        return settings.SITE_URL + self.practice.get_absolute_url()

    @property
    def linked(self) -> dict[str, Any]:
        """The same for programs."""
        return linked.practice(self.practice)

    @cached_property
    def citation(self) -> str:
        """How to name it as a source."""
        return citation(self.practice, url=self.url)

    @cached_property
    def thread_steps(self) -> list[dict[str, Any]]:
        """Where it stands on the thread."""
        return practice_thread(self.practice)

    @cached_property
    def project(self) -> Project | None:
        """The project of the agenda that it came from."""
        project = self.practice.project
        return project if project and project.is_published else None

    @cached_property
    def questions(self) -> list[Question]:
        """The seven questions, in fixed order."""
        return answers(self.practice)

    @cached_property
    def proof(self) -> EvidenceStep | None:
        """What its evidence rests on, as long as that stands."""
        if self.practice.evidence_ends_on is None:
            return None
        in_force = {"level": self.practice.evidence, "ends_on": self.practice.evidence_ends_on}
        return self.practice.evidence_steps.filter(**in_force).first()

    @cached_property
    def adoptions(self) -> list[Model]:
        """Who uses it too."""
        return list(self.practice.adoptions.with_card_data())

    @cached_property
    def asked(self) -> list[Model]:
        """Questions that were answered for everybody."""
        rows = self.practice.questions.public().select_related("adoption__organisation")
        return self._those("questions", rows)

    @cached_property
    def may_ask(self) -> bool:
        """Whether there is somebody to ask: the owner, or who uses it too and agreed to be asked."""
        is_there = self.practice.has_contact or any(adoption.can_be_asked for adoption in self.adoptions)
        return is_there and self.practice.status == Practice.Status.PUBLISHED

    @cached_property
    def attachments(self) -> list[Model]:
        """What to take along."""
        return self._those("attachments", self.practice.attachments.shown())

    @cached_property
    def pictures(self) -> list[Model]:
        """What to see."""
        return self._those("pictures", self.practice.pictures.shown())

    @cached_property
    def judgements(self) -> list[Model]:
        """What experts find."""
        return self._those("judgements", self.practice.judgements.all())

    @cached_property
    def rules(self) -> list[Model]:
        """The ground rules that it follows."""
        return self._those("ground_rules", self.practice.ground_rules.all())

    @cached_property
    def more_like(self) -> list[SafeString]:
        """Cards of the practices most like it."""
        return more_like(self.practice, self._version)

    def _those(self, name: str, rows: QuerySet) -> list[Model]:
        """The rows, not asked for when it is known that there are none."""
        return list(rows) if getattr(self.practice, f"has_{name}") else []
