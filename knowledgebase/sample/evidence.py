"""What the invented practices earned on the ladder of evidence, by the action that everybody earns it by."""

from datetime import date
from pathlib import Path

from django.utils import timezone

from knowledgebase.actions import evidence as actions
from knowledgebase.models import EvidenceRequest, EvidenceStep, Practice
from smartsociety.core import sample
from smartsociety.core.mail import absolute_url
from smartsociety.core.models import User

FILE = Path(__file__).with_name("evidence.toml")


def load(practices: list[Practice], people: dict[str, User]) -> None:
    """For practices that were loaded just now, once their reports are there."""
    given = sample.read(FILE)
    known = {practice.slug: practice for practice in practices}
    editor = people[sample.EDITOR]
    for seed, entry in enumerate(given["steps"]):
        if practice := known.get(entry["practice"]):
            _earn(practice, entry, seed=seed, by=editor)
    for entry in given["requests"]:
        if practice := known.get(entry["practice"]):
            EvidenceRequest.objects.create(
                practice=practice,
                level=entry["level"],
                note=entry["note"],
                url=entry["url"],
                earned_on=timezone.localdate(sample.ago(entry["months_ago"])),
                asked_by=people[sample.PROGRAMME],
            )
    for entry in given["judgements"]:
        if practice := known.get(entry["practice"]):
            words = {name: entry[name] for name in ("expert", "verdict", "text")}
            given_on = timezone.localdate(sample.ago(entry["months_ago"]))
            actions.judge(practice=practice, by=editor, given_on=given_on, **words)


def _earn(practice: Practice, entry: dict, *, seed: int, by: User) -> EvidenceStep:
    report = practice.attachments.get(title=entry["report"])
    return actions.earn(
        practice=practice,
        level=entry["level"],
        note=entry["note"],
        url=absolute_url(practice.language, "knowledgebase:attachment_download", practice.slug, report.pk),
        earned_on=_day(practice, entry, seed=seed),
        by=by,
    )


def _day(practice: Practice, entry: dict, *, seed: int) -> date:
    """So many months ago, yet never before it was published: that day depends on the day on which this is loaded."""
    return timezone.localdate(max(sample.ago(entry["months_ago"], seed=seed), practice.published_at))
