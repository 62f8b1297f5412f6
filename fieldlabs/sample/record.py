"""What was recorded around the invented fieldlabs: reports, evidence, follow-ups, answers of participants."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from alliance.models import Organisation
from alliance.sample import mailbox
from fieldlabs.models import (
    CarriedOver,
    Fieldlab,
    FollowUp,
    Measurement,
    Outcome,
    OutcomeLink,
    QuestionnaireAnswer,
    Report,
)
from fieldlabs.report.figures import figures
from smartsociety.core import sample
from smartsociety.core.models import User

ENTRIES = sample.read(Path(__file__).parent / "record.toml")
# What participants answered: the same for each fieldlab that was reported.
ANSWERS = (
    (5, "yes", ""),
    (4, "yes", "Meer tijd voor de demomarkt."),
    (4, "partly", ""),
    (3, "partly", ""),
    (5, "yes", ""),
)


def load(fieldlabs: list[Fieldlab]) -> None:
    """Around these fieldlabs, just loaded."""
    by_suffix = {fieldlab.slug.split("-", 2)[-1]: fieldlab for fieldlab in fieldlabs}
    outcomes = {each.slug: each for each in Outcome.objects.filter(fieldlab__in=fieldlabs)}
    _evidence(outcomes)
    _followups(by_suffix, outcomes)
    _reports(by_suffix)


def unload(fieldlabs: QuerySet) -> None:
    """Everything that was recorded around these fieldlabs or by an example."""
    followups = FollowUp.objects.filter(
        Q(fieldlab__in=fieldlabs) | Q(due_fieldlab__in=fieldlabs) | Q(organisation__is_example=True)
    )
    CarriedOver.objects.filter(Q(followup__in=followups) | Q(to_fieldlab__in=fieldlabs)).delete()
    followups.delete()
    Report.objects.filter(fieldlab__in=fieldlabs).delete()
    QuestionnaireAnswer.objects.filter(fieldlab__in=fieldlabs).delete()


def _evidence(outcomes: dict[str, Outcome]) -> None:
    for entry in ENTRIES["extras"]:
        if outcome := outcomes.get(entry["outcome"]):
            Outcome.objects.filter(pk=outcome.pk).update(
                **{name: value for name, value in entry.items() if name != "outcome"}
            )
    Measurement.objects.bulk_create(
        Measurement(
            outcome=outcomes[entry["outcome"]],
            indicator=entry["indicator"],
            baseline=Decimal(entry["baseline"]) if "baseline" in entry else None,
            value=Decimal(entry["value"]),
            unit=entry["unit"],
            method=entry["method"],
        )
        for entry in ENTRIES["measurements"]
        if entry["outcome"] in outcomes
    )
    OutcomeLink.objects.bulk_create(
        OutcomeLink(outcome=outcomes[entry["outcome"]], title=entry["title"], url=entry["url"])
        for entry in ENTRIES["links"]
        if entry["outcome"] in outcomes
    )


def _followups(fieldlabs: dict[str, Fieldlab], outcomes: dict[str, Outcome]) -> None:
    coming = Fieldlab.objects.filter(host__is_example=True, starts_at__gt=timezone.now())
    upcoming = coming.exclude(status="cancelled").order_by("starts_at").first()
    owners = {each.slug: each for each in Organisation.objects.filter(is_example=True)}
    for entry in ENTRIES["followups"]:
        if entry["fieldlab"] in fieldlabs and upcoming is not None:
            _followup(entry, fieldlabs[entry["fieldlab"]], upcoming, owners[entry["owner"]], outcomes)


def _followup(
    entry: dict[str, Any],
    fieldlab: Fieldlab,
    upcoming: Fieldlab,
    owner: Organisation,
    outcomes: dict[str, Outcome],
) -> None:
    today, settled = timezone.localdate(), entry["status"] in ("done", "dropped")
    due_on = today + timedelta(days=entry["due"]) if "due" in entry else None
    followup = FollowUp.objects.create(
        fieldlab=fieldlab,
        outcome=outcomes.get(entry.get("outcome", "")),
        what=entry["what"],
        organisation=owner,
        owner_name=f"Deelnemer van {owner.name}",
        owner_email=mailbox(owner),
        due_on=due_on,
        due_fieldlab=None if due_on else upcoming,
        status=entry["status"],
        reason=entry.get("reason", ""),
        created_at=sample.after(fieldlab.ends_at, hours=2),
        settled_at=sample.after(fieldlab.ends_at, days=20) if settled else None,
    )
    if "carried_from" in entry:
        CarriedOver.objects.create(
            followup=followup,
            was_due_on=today + timedelta(days=entry["carried_from"]),
            to_fieldlab=upcoming,
            note=entry["note"],
        )


def _reports(fieldlabs: dict[str, Fieldlab]) -> None:
    programme = User.objects.get(email=sample.PROGRAMME)
    for entry in ENTRIES["reports"]:
        fieldlab = fieldlabs.get(entry["fieldlab"])
        if fieldlab is None:
            continue
        QuestionnaireAnswer.objects.bulk_create(
            QuestionnaireAnswer(fieldlab=fieldlab, rating=rating, useful=useful, comment=comment)
            for rating, useful, comment in ANSWERS
        )
        Report.objects.create(
            fieldlab=fieldlab,
            summary_nl=entry["summary_nl"],
            summary_en=entry["summary_en"],
            figures=figures(fieldlab),
            asked_at=sample.after(fieldlab.ends_at, days=1),
            published_at=sample.after(fieldlab.ends_at, days=6),
            published_by=programme,
        )
