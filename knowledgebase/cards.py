"""Cards of practices as HTML, kept until something changes: making one costs more than all else on a list."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from knowledgebase.models import Practice
from smartsociety.core.content import Version
from smartsociety.core.memory import Memory

TEMPLATE = "knowledgebase/_practice_card.html"
COLUMNS = (
    "slug",
    "title",
    "summary",
    "language",
    "phase",
    "is_external",
)  # what it shows of the practice itself
MEMORY: Memory[SafeString] = Memory(16_000_000)  # characters: some ten thousand cards


def cards(pks: Iterable[int], version: Version | None, *, level: int = 2) -> list[SafeString]:
    """The cards of published practices in the order of `pks`; those not yet kept are made from one set of queries."""
    if settings.DEBUG:  # templates change there
        version = None
    pks, language = list(pks), get_language()
    made = {pk: version and MEMORY.get((pk, language, level), version) for pk in pks}
    missing = [pk for pk, card in made.items() if card is None]
    if missing:
        for practice in Practice.objects.published().with_card_data().only(*COLUMNS).filter(pk__in=missing):
            card = render_to_string(TEMPLATE, {"practice": practice, "level": level})
            key, made[practice.pk] = (practice.pk, language, level), card
            if version:
                MEMORY.keep(key, version, card, weight=len(card))
    return [card for pk in pks if (card := made[pk])]
