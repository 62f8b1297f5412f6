"""Where an outcome stands on the thread."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from fieldlabs.models import Fieldlab, Outcome


def fieldlab_step(fieldlab: Fieldlab, *, state: str = "done") -> dict[str, Any]:
    """A fieldlab as a step."""
    return {
        "kind": "fieldlab",
        "title": fieldlab.title,
        "url": fieldlab.get_absolute_url(),
        "date": fieldlab.starts_at,
        "state": state,
    }


def outcome_step(outcome: Outcome, *, state: str = "done") -> dict[str, Any]:
    """An outcome as a step."""
    return {
        "kind": "outcome",
        "title": outcome.title,
        "url": outcome.get_absolute_url(),
        "lang": outcome.language,
        "state": state,
    }


def outcome_thread(outcome: Outcome, practices: Iterable[models.Model]) -> list[dict[str, Any]]:
    """Fieldlab → this outcome → the practices that it became."""
    after = [
        {
            "kind": "practice",
            "title": practice.title,
            "url": practice.get_absolute_url(),
            "lang": practice.language,
            "state": "done",
        }
        for practice in practices
    ]
    return [
        fieldlab_step(outcome.fieldlab),
        outcome_step(outcome, state="current"),
        *(after or [{"kind": "practice"}]),
        {"kind": "adopted"},
    ]
