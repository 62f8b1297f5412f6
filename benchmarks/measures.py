"""Measures of an ordered answer against graded judgements."""

import math
from collections.abc import Sequence


def measures(found: Sequence, judged: dict) -> tuple[float, float, float, float]:
    """nDCG@10 with gain 2^grade - 1, recall@10, reciprocal rank of the first relevant one, and 1 when nothing came."""
    judged = {str(document): float(grade) for document, grade in judged.items()}
    found = [str(document) for document in found]
    relevant = {document for document, grade in judged.items() if grade > 0}
    best = _gain(sorted(judged.values(), reverse=True)[:10])
    got = _gain([judged.get(document, 0.0) for document in found[:10]])
    first = next((place for place, document in enumerate(found, 1) if document in relevant), 0)
    recall = len(relevant.intersection(found[:10])) / len(relevant) if relevant else 1.0
    return got / best if best else 1.0, recall, 1 / first if first else 0.0, float(not found)


def _gain(grades: Sequence[float]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def mean(values: Sequence[float]) -> float:
    """Their mean; 0 of none."""
    return sum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
