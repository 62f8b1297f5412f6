"""Practices that somebody who reads this one may want to read next."""

from knowledgebase.models import Practice
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.search.alike import alike

SHOWN = 3


def more_like(practice: Practice) -> list[Practice]:
    """Those that share its rare words, themes and tags, the most alike first; none of what is not published."""
    if practice.status != "published":
        return []
    ids = alike(PRACTICE_KIND, practice.pk, SHOWN)
    known = Practice.objects.published().with_card_data().in_bulk(ids) if ids else {}
    return [known[number] for number in ids if number in known]
