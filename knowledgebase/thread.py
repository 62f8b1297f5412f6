"""Where a practice stands on the thread."""

from typing import Any

from django.utils.translation import ngettext

from fieldlabs.thread import fieldlab_step, outcome_step
from knowledgebase.models import Practice


def practice_thread(practice: Practice) -> list[dict[str, Any]]:
    """Fieldlab and outcome that it came from → this practice → how many adopted it. Needs `with_card_data`."""
    before = []
    if (
        practice.outcome and practice.outcome.fieldlab.is_past
    ):  # until then its outcomes are not for everybody
        before = [fieldlab_step(practice.outcome.fieldlab), outcome_step(practice.outcome)]
    count = practice.adoption_count
    adopted = {"kind": "adopted", "url": f"{practice.get_absolute_url()}#adoptions"}
    if count:
        adopted |= {
            "title": ngettext("%(count)s other uses it too", "%(count)s others use it too", count)
            % {"count": count},
            "state": "done",
        }
    current = {"kind": "practice", "title": practice.title, "lang": practice.language, "state": "current"}
    return [*before, current | {"date": practice.published_at}, adopted]
