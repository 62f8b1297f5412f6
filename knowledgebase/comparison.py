"""Practices side by side on what decides: costs, hours, evidence, conditions."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledgebase.models import Practice


class Row(NamedTuple):
    """One question, and the answer of each practice; `long` when answers are texts of people."""

    label: str
    answers: list[str]
    long: bool = False


class Part(NamedTuple):
    """Questions that belong together."""

    label: str
    rows: list[Row]


def compare(practices: Sequence[Practice]) -> list[Part]:
    """The table. What a practice does not say is empty: the page says that it is not known."""

    def chosen(label: str, name: str) -> Row:
        answers = [
            "" if getattr(each, name) == "unknown" else str(getattr(each, f"get_{name}_display")())
            for each in practices
        ]
        return Row(label, answers)

    def told(label: str, name: str) -> Row:
        return Row(label, [getattr(each, name) for each in practices], long=True)

    return [
        Part(
            _("What does it cost?"),
            [
                chosen(_("One-off"), "cost_once"),
                chosen(_("Per year"), "cost_yearly"),
                chosen(_("Own hours"), "effort"),
                Row(_("Lead time"), [_months(each) for each in practices]),
                told(_("About the costs"), "cost_note"),
            ],
        ),
        Part(
            _("How sure is it?"),
            [
                chosen(_("Phase"), "phase"),
                Row(_("Used by others"), [_others(each) for each in practices]),
                told(_("The result, and how it was measured"), "result"),
                told(_("What went wrong?"), "shortfall"),
            ],
        ),
        Part(
            _("Under which conditions?"),
            [
                chosen(_("DPIA"), "dpia"),
                told(_("Legal basis and procurement"), "legal_note"),
                told(_("Who can supply it?"), "supplier_note"),
                Row(_("Licence of the source code"), [each.licence for each in practices]),
                told(_("What is specific to its owner"), "specific_note"),
                told(_("What you must adapt"), "adapt_note"),
            ],
        ),
    ]


def _months(practice: Practice) -> str:
    months = practice.lead_time_months
    return ngettext("%(months)s month", "%(months)s months", months) % {"months": months} if months else ""


def _others(practice: Practice) -> str:
    count: Any = practice.adoption_count
    return ngettext("%(count)s other", "%(count)s others", count) % {"count": count}
