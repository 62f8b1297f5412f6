"""Practices that somebody who reads this one may want to read next."""

from django.utils.safestring import SafeString

from knowledgebase.cards import cards
from knowledgebase.models import Practice
from knowledgebase.querysets import PRACTICE_KIND
from smartsociety.core.content import Version
from smartsociety.core.search.alike import alike

SHOWN = 3


def more_like(practice: Practice, version: Version | None) -> list[SafeString]:
    """Cards of those that share its rare words, themes and tags, most alike first; none of what is not published."""
    if practice.status != "published":
        return []
    ids = alike(PRACTICE_KIND, practice.pk, SHOWN)
    return cards(ids, version, level=3) if ids else []
