"""Words that staff treat apart."""

from django.db.utils import ProgrammingError

from smartsociety.core.search.stopwords import BY_LANGUAGE, DUTCH

_ = ProgrammingError


def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing in that language."""
    return BY_LANGUAGE.get(language, DUTCH)
