"""How each result got its place: what was asked, what was looked for, and what of it each of the best has."""

from collections.abc import Iterator

from django.db import connection

from smartsociety.core.search.expansion import by_group
from smartsociety.core.search.finding import Found
from smartsociety.core.search.kinds import kind_of, row_of
from smartsociety.core.search.postings import of_entries


def explain(found: Found, results: int = 10) -> Iterator[str]:
    """Line by line."""
    question = found.question
    yield f"asked: {' + '.join(' OR '.join(group) for group in question.groups) or 'nothing'}"
    for name, value in [
        ("phrases", [" ".join(words) for words in question.phrases]),
        ("without", [" ".join(words) for words in question.without]),
        ("synonyms", [f"{asked} → {other}" for asked, other in found.expanded.synonyms]),
        ("meant", [found.meant] if found.meant else []),
    ]:
        if value:
            yield f"{name}: {', '.join(value)}"
    for words, group in zip(question.groups, found.expanded.groups, strict=True):
        yield f"for {' OR '.join(words)}:"
        for each in list(group.values())[:10]:
            why = f" (synonym {each.because})" if each.because else ""
            yield f"  {each.weight:.2f} {each.variant.text}{why}, in {each.variant.entries} at the last count"
    yield f"found: {len(found.ranked)}"
    for place, (entry, score) in enumerate(
        zip(found.ranked.entries.tolist(), found.ranked.scores, strict=False), 1
    ):
        if place > results:
            return
        yield from _of_entry(place, entry, score, found)


def _of_entry(place: int, entry: int, score: float, found: Found) -> Iterator[str]:
    sought = by_group(found.expanded)
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, length, prior FROM search_entry WHERE id = %s", [entry])
        title, length, prior = cursor.fetchone()
    words = sorted(of_entries([entry])[entry].items(), key=lambda item: -item[1])
    kind, number = row_of(entry)
    yield f"{place}. {score:.3f} {title} ({kind_of(kind).name} {number}, {length} words, prior {prior:.2f})"
    for word, weight in words:
        for each in sought.get(word, ()):
            yield f"     {each.asked}: {each.variant.text}, counts {each.weight:.2f}, stands there for {weight:.3f}"
