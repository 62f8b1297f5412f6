"""What the report of a fieldlab says: the same on the page and in the PDF."""

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alliance.models.organisation import Helix
from fieldlabs.models import Case, Fieldlab, FollowUp, Outcome
from fieldlabs.models.outcome import TEXTS
from fieldlabs.models.questionnaire import QuestionnaireAnswer
from fieldlabs.report.figures import figures
from smartsociety.core.comparison import paragraphs
from smartsociety.core.pdf import document

TEMPLATE = Path(__file__).parent / "report.typ"


@dataclass(frozen=True)
class Fact:
    """A label and what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class Item:
    """One thing with its own heading: an outcome, a follow-up."""

    title: str
    url: str = ""
    lang: str = ""
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True)
class Section:
    """A part of the report."""

    id: str
    title: str
    facts: list[Fact] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    note: str = ""


def sections(fieldlab: Fieldlab) -> list[Section]:
    """All parts after the summary; the numbers are those of the day it was published."""
    numbers = fieldlab.report.figures or figures(fieldlab)
    return [
        _attendance(numbers),
        _organisations(fieldlab, numbers),
        _cases(fieldlab),
        _outcomes(fieldlab),
        _followups(fieldlab),
        _questionnaire(numbers["questionnaire"]),
    ]


def report_pdf(fieldlab: Fieldlab) -> bytes:
    """The report in the present language, as things stand today."""
    today = timezone.localdate()
    return document(TEMPLATE, _content(fieldlab, today), today=today)


def _content(fieldlab: Fieldlab, today: date) -> dict[str, Any]:
    report = fieldlab.report
    when = _("%(first)s to %(last)s") % {"first": _day(fieldlab.starts_at), "last": _day(fieldlab.ends_at)}
    parts = [asdict(section) for section in sections(fieldlab)]
    for part in parts:
        for item in part["items"]:
            item["lang"] = item["lang"] or get_language()
    state = "" if report.is_published else _("This report is a draft; only programme staff can see it.")
    return {
        "lang": get_language(),
        "author": "Smart Society",
        "title": _("Report of %(title)s") % {"title": fieldlab.title},
        "eyebrow": _("Report of a fieldlab"),
        "name": fieldlab.title,
        "intro": [
            line for line in (state, f"{when}. {fieldlab.location}", *paragraphs(report.summary)) if line
        ],
        "sections": parts,
        "source_title": _("Where this comes from"),
        "source_text": _("This document was made on %(day)s. The page tells how things stand now.")
        % {"day": _day(today)},
        "url": settings.SITE_URL + report.get_absolute_url(),
        "footer": _("Report of %(title)s, made on %(day)s") % {"title": fieldlab.title, "day": _day(today)},
    }


def _attendance(numbers: dict[str, Any]) -> Section:
    came = numbers["attendance"]
    words = {
        "places": _("Places"),
        "came": _("Came"),
        "stayed_away": _("Registered and did not come"),
        "not_checked_in": _("Registered, not checked in"),
        "waited": _("Stayed on the waiting list"),
    }
    facts = [
        Fact(label, str(came[name])) for name, label in words.items() if came.get(name) or name == "came"
    ]
    return Section("attendance", _("Attendance"), facts)


def _organisations(fieldlab: Fieldlab, numbers: dict[str, Any]) -> Section:
    counts = numbers["organisations"]
    facts = [Fact(str(label), str(counts.get(side, 0))) for side, label in Helix.choices]
    names = ", ".join(fieldlab.participating_organisations().values_list("name", flat=True))
    if names:
        facts.append(Fact(_("Who took part"), names))
    missing = [str(label) for side, label in Helix.choices if not counts.get(side)]
    note = _("Nobody came for: %(sides)s.") % {"sides": ", ".join(missing)} if missing else ""
    return Section("organisations", _("Organisations per side of the helix"), facts, note=note)


def _cases(fieldlab: Fieldlab) -> Section:
    cases = fieldlab.cases.filter(status__in=["accepted", "answered"])
    items = [_case(each) for each in cases.select_related("organisation").prefetch_related("outcomes")]
    return Section("cases", _("Cases"), items=items, note="" if items else _("No cases were brought."))


def _case(case: Case) -> Item:
    facts = [
        Fact(_("Brought by"), case.organisation.name),
        Fact(_("Question"), case.question),
        Fact(_("Status"), case.get_status_display()),
    ]
    if outcomes := [outcome.title for outcome in case.outcomes.all()]:
        facts.append(Fact(_("Outcomes"), ", ".join(outcomes)))
    return Item(case.title, case.get_absolute_url(), case.language, facts)


def _outcomes(fieldlab: Fieldlab) -> Section:
    outcomes = fieldlab.outcomes.for_export()
    return Section(
        "outcomes",
        _("Outcomes"),
        items=[_outcome(each) for each in outcomes],
        note="" if outcomes else _("No outcomes were recorded."),
    )


def _outcome(outcome: Outcome) -> Item:
    owner = outcome.organisation.name if outcome.organisation else _("nobody yet")
    facts = [Fact(_("Kind"), outcome.get_kind_display()), Fact(_("Owner"), owner)]
    if outcome.case:
        facts.append(Fact(_("Case"), outcome.case.title))
    if outcome.team:
        facts.append(Fact(_("Team"), outcome.team))
    facts += [
        Fact(_label(name), "\n".join(paragraphs(getattr(outcome, name))))
        for name in TEXTS
        if getattr(outcome, name)
    ]
    facts += [Fact(_("Measured"), measured(each)) for each in outcome.measurements.all()]
    facts += [Fact(_("Became a practice"), each.title) for each in outcome.published_practices]
    return Item(outcome.title, outcome.get_absolute_url(), outcome.language, facts)


def measured(measurement) -> str:
    """One measurement in a sentence."""
    value = formats.number_format(measurement.value.normalize())
    if measurement.baseline is None:
        words = _("%(what)s: %(value)s %(unit)s, not measured before (%(how)s)")
    else:
        words = _("%(what)s: from %(before)s to %(value)s %(unit)s (%(how)s)")
    before = "" if measurement.baseline is None else formats.number_format(measurement.baseline.normalize())
    return words % {
        "what": measurement.indicator,
        "before": before,
        "value": value,
        "unit": measurement.unit,
        "how": measurement.method,
    }


def _followups(fieldlab: Fieldlab) -> Section:
    followups = FollowUp.objects.filter(fieldlab=fieldlab).with_card_data()
    items = [Item(each.what, lang=each.language, facts=_agreed(each)) for each in followups]
    return Section(
        "followups",
        _("Follow-ups"),
        items=items,
        note="" if items else _("No follow-ups were agreed."),
    )


def _agreed(followup: FollowUp) -> list[Fact]:
    facts = [Fact(_("Status"), followup.get_status_display()), Fact(_("By"), _day(followup.due))]
    if followup.organisation:
        facts.insert(0, Fact(_("Organisation"), followup.organisation.name))
    if followup.reason:
        facts.append(Fact(_("Reason"), followup.reason))
    return facts


def _questionnaire(asked: dict[str, Any]) -> Section:
    facts = [Fact(_("Answers"), str(asked["answers"]))]
    note = ""
    if "average" in asked:
        average = formats.number_format(asked["average"], 1)
        facts.append(Fact(_("Average, 5 is best"), average))
        words = dict(QuestionnaireAnswer.Useful.choices)
        useful = ", ".join(f"{label}: {asked['useful'][value]}" for value, label in words.items())
        facts.append(Fact(_("Can use it at home"), useful))
    else:
        note = _("Too few answers to show what people thought without showing who thought it.")
    return Section("questionnaire", _("What participants thought"), facts, note=note)


def _label(name: str) -> str:
    text = str(Outcome._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def _day(value) -> str:
    if hasattr(value, "hour"):
        value = timezone.localtime(value)
    return formats.date_format(value, "j F Y")
