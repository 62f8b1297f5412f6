"""The seven questions of whoever considers a practice, always in the same order; for page and PDF alike."""

from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from knowledgebase.models import Practice
from knowledgebase.models.choices import SIZE_CHOICES

# question: its facts, then its texts.
QUESTIONS: tuple[tuple[str, object, str, str], ...] = (
    ("what", gettext_lazy("What can it do?"), "", "problem approach result stop_reason"),
    (
        "cost",
        gettext_lazy("What does it cost?"),
        (
            "cost_once cost_once_follower cost_yearly cost_yearly_follower funding funding_is_lasting "
            "effort effort_follower lead_time_months"
        ),
        "cost_note effort_note funding_note",
    ),
    (
        "supplier",
        gettext_lazy("Who can supply it?"),
        "procurement source_url licence maintainer data_owner data_url",
        "supplier_note supplier_alternative procurement_note standards_note",
    ),
    (
        "legal",
        gettext_lazy("May I?"),
        "legal_basis personal_data dpia dpia_done_on algorithm algorithm_url sensors sensor_url principles",
        "legal_note dpia_note ethics_note principles_note",
    ),
    ("shortfall", gettext_lazy("What went wrong?"), "", "shortfall"),
    ("contact", gettext_lazy("Whom do I contact?"), "", ""),
    (
        "join",
        gettext_lazy("How do I join in?"),
        "fits_sizes fits_areas fits_without_ict wanted",
        "specific_note adapt_note needs_legal needs_technical needs_organisation needs_support wanted_note",
    ),
)
# Asked only when there is something to say: their absence is no gap.
OPTIONAL = {
    "stop_reason",
    "source_url",
    "licence",
    "maintainer",
    "data_url",
    "dpia_done_on",
    "algorithm_url",
    "sensor_url",
    "wanted",
    "wanted_note",
}


@dataclass(frozen=True)
class Fact:
    """A short answer; with an address when it is one."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Note:
    """An answer in words of the owner (Markdown), or why there is none."""

    label: str
    text: str
    gap: str = ""


@dataclass(frozen=True)
class Question:
    """One of the seven, with what is known and, honestly, what is not known yet."""

    id: str
    heading: str
    facts: list[Fact] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def answers(practice: Practice) -> list[Question]:
    """What this practice answers. What comes from elsewhere has one text and its source."""
    made = []
    for key, heading, facts, notes in QUESTIONS:
        question = Question(key, str(heading))
        for name in facts.split():
            _add_fact(question, practice, name)
        for name in notes.split():
            _add_note(question, practice, name)
        made.append(question)
    return made


def _add_fact(question: Question, practice: Practice, name: str) -> None:
    column = Practice._meta.get_field(name)
    label, value = str(capfirst(column.verbose_name)), getattr(practice, name)
    shown = _shown(practice, column, value)
    if shown:
        question.facts.append(Fact(label, shown, value if isinstance(column, models.URLField) else ""))
    elif name not in OPTIONAL:
        question.unknown.append(label)


def _add_note(question: Question, practice: Practice, name: str) -> None:
    label, text = str(capfirst(Practice._meta.get_field(name).verbose_name)), getattr(practice, name)
    gap = practice.gap_of(name)
    if text or gap:
        question.notes.append(Note(label, text, "" if text else gap))
    elif name not in OPTIONAL:
        question.unknown.append(label)


def _shown(practice: Practice, column: models.Field, value: object) -> str:
    """The answer in words, empty when it is not known."""
    if isinstance(column, ArrayField):
        labels = {key: str(label) for key, label in column.base_field.choices or SIZE_CHOICES}
        return ", ".join(labels[key] for key in value)
    if column.name == "lead_time_months" and value:
        return ngettext("%(months)s month", "%(months)s months", value) % {"months": value}
    if isinstance(column, models.DateField):
        return formats.date_format(value, "j F Y") if value else ""
    if column.choices:
        return "" if value == "unknown" else str(getattr(practice, f"get_{column.name}_display")())
    return str(value or "")


def headings() -> list[tuple[str, str]]:
    """The ids and names of the seven, for a list of contents."""
    return [(key, str(heading)) for key, heading, _facts, _notes in QUESTIONS]


def citation(practice: Practice, *, url: str) -> str:
    """How to name it as a source: who, when, what, where."""
    year = practice.published_at.year if practice.published_at else _("not published")
    return f"{practice.owner_names or 'Smart Society'} ({year}). {practice.title}. Smart Society. {url}"
