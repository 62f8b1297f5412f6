"""Words that say nothing by themselves. What staff say about words is in `rules`."""

from smartsociety.core.search.stopwords import BY_LANGUAGE, DUTCH


def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing in that language."""
    return BY_LANGUAGE.get(language, DUTCH)
