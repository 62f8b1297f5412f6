"""Practices side by side on what decides: costs, hours, evidence, conditions."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from knowledgebase.models import Practice
from knowledgebase.models.reuse import gap_label


class Row(NamedTuple):
    """One question, and the answer of each practice; `long` when answers are texts of people."""

    label: str
    answers: list[str]
    languages: list[str]
    long: bool = False

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each answer with its language."""
        return list(zip(self.answers, self.languages, strict=True))


class Part(NamedTuple):
    """Questions that belong together."""

    label: str
    rows: list[Row]


# Per part the questions: "chosen" from a list, or "told" in words of the owner.
QUESTIONS = (
    (
        _("What does it cost?"),
        (
            ("chosen", _("One-off"), "cost_once"),
            ("chosen", _("One-off, for a follower"), "cost_once_follower"),
            ("chosen", _("Per year"), "cost_yearly"),
            ("chosen", _("Per year, for a follower"), "cost_yearly_follower"),
            ("chosen", _("Own hours"), "effort"),
            ("chosen", _("Hours for a follower"), "effort_follower"),
            ("months", _("Lead time"), "lead_time_months"),
            ("told", _("About the costs"), "cost_note"),
        ),
    ),
    (
        _("How sure is it?"),
        (
            ("chosen", _("Evidence"), "evidence"),
            ("plain", _("Phase"), "phase_label"),
            ("others", _("Used by others"), "adoption_count"),
            ("told", _("The result, and how it was measured"), "result"),
            ("told", _("What went wrong?"), "shortfall"),
        ),
    ),
    (
        _("Under which conditions?"),
        (
            ("chosen", _("Legal basis"), "legal_basis"),
            ("told", _("About the legal basis"), "legal_note"),
            ("chosen", _("DPIA"), "dpia"),
            ("chosen", _("How it was bought"), "procurement"),
            ("told", _("Who can supply it?"), "supplier_note"),
            ("plain", _("Licence of the source code"), "licence"),
            ("told", _("Needed technically"), "needs_technical"),
            ("told", _("Needed in the organisation"), "needs_organisation"),
            ("told", _("What is specific to its owner"), "specific_note"),
            ("told", _("What you must adapt"), "adapt_note"),
        ),
    ),
)


def compare(practices: Sequence[Practice]) -> list[Part]:
    """The table. What a practice does not say is empty: the page says that it is not known."""
    return [
        Part(
            str(title),
            [
                Row(
                    str(label),
                    [ANSWERS[kind](each, name) for each in practices],
                    [each.language for each in practices],
                    long=kind == "told",
                )
                for kind, label, name in questions
            ],
        )
        for title, questions in QUESTIONS
    ]


def _chosen(practice: Practice, name: str) -> str:
    if getattr(practice, name) == "unknown":
        return ""
    return str(getattr(practice, f"get_{name}_display")())


def _told(practice: Practice, name: str) -> str:
    return getattr(practice, name) or gap_label(practice.gaps.get(name, ""))


def _months(practice: Practice, name: str) -> str:
    months = getattr(practice, name)
    return ngettext("%(months)s month", "%(months)s months", months) % {"months": months} if months else ""


def _others(practice: Practice, name: str) -> str:
    count = getattr(practice, name)
    return ngettext("%(count)s other", "%(count)s others", count) % {"count": count}


ANSWERS: dict[str, Callable[[Practice, str], str]] = {
    "chosen": _chosen,
    "told": _told,
    "plain": getattr,
    "months": _months,
    "others": _others,
}
