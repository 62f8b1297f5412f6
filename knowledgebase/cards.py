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
COLUMNS = ("slug", "title", "summary", "language", "phase")  # what it shows of the practice itself
MEMORY: Memory[SafeString] = Memory(4_000)  # of about two kilobytes each


def cards(pks: Iterable[int], version: Version | None, *, level: int = 2) -> list[SafeString]:
    """The cards of published practices in the order of `pks`; those not yet kept are made from one set of queries."""
    if settings.DEBUG:  # templates change there
        version = None
    pks, language = list(pks), get_language()
    made = {pk: version and MEMORY.get((pk, language, level), version) for pk in pks}
    missing = [pk for pk, card in made.items() if card is None]
    if missing:
        for practice in Practice.objects.published().with_card_data().only(*COLUMNS).filter(pk__in=missing):
            made[practice.pk] = render_to_string(TEMPLATE, {"practice": practice, "level": level})
            if version:
                MEMORY.keep((practice.pk, language, level), version, made[practice.pk])
    return [card for pk in pks if (card := made[pk])]
