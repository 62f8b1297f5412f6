"""Why a word of the vocabulary stands for a word that was asked, in words for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartsociety.core.search.expansion import Sought
from smartsociety.core.search.stems import stems_of
from smartsociety.core.search.vocabulary import EXACT, SHORTEST_PART


class Why(models.TextChoices):
    """From near to far."""

    SELF = "self", _("the word itself")
    FORM = "form", _("another form of it")
    COMPOUND = "compound", _("a compound with it")
    PART = "part", _("a part of it")
    LIKE = "like", _("looks like it")
    SYNONYM = "synonym", _("means the same, the editors say")


# What a reader is told beside the word; a compound or a synonym speaks for itself.
TOLD = {Why.PART: _("a part of your word"), Why.LIKE: _("looks like your word")}


def why(sought: Sought) -> Why:
    """As `vocabulary.likeness` weighs it."""
    text, asked = sought.variant.text, sought.asked
    if sought.because:
        return Why.SYNONYM
    if text == asked:
        return Why.SELF
    stem, other = stems_of([asked, text])
    if sought.variant.likeness >= EXACT or stem == other:
        return Why.FORM
    if len(asked) >= SHORTEST_PART and any(
        len(part) >= SHORTEST_PART and part in text for part in (asked, stem)
    ):
        return Why.COMPOUND
    if len(other) >= SHORTEST_PART and (asked.startswith(other) or asked.endswith(text)):
        return Why.PART
    return Why.LIKE
