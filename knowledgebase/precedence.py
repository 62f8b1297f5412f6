"""How far editors move a practice in search: by itself, by its tags or by its themes, at most one step in all."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledgebase.models import Boost, Practice

# Of the prior of an entry, whose own worth is 0 to 1: in a ranking half of what the best evidence gives.
STEP = 0.5


@dataclass(frozen=True)
class Precedence:
    """Every boost, by what it is about."""

    practices: dict[int, int] = field(default_factory=dict)
    tags: dict[int, int] = field(default_factory=dict)
    themes: dict[int, int] = field(default_factory=dict)

    @classmethod
    def kept(cls) -> "Precedence":
        """As it is; one small query."""
        return cls.of(Boost.objects.all())

    @classmethod
    def of(cls, boosts: Iterable[Boost]) -> "Precedence":
        """As these say."""
        made = cls()
        for boost in boosts:
            for known, number in (
                (made.practices, boost.practice_id),
                (made.tags, boost.tag_id),
                (made.themes, boost.theme_id),
            ):
                if number:
                    known[number] = boost.direction
        return made

    def steps(self, practice: Practice) -> int:
        """-1, 0 or 1: what holds for it added up, and never more than one step."""
        total = self.practices.get(practice.pk, 0)
        total += sum(self.tags.get(tag.pk, 0) for tag in practice.tags.all())
        total += sum(self.themes.get(theme.pk, 0) for theme in practice.themes.all())
        return max(-1, min(1, total))

    def lift(self, practice: Practice) -> float:
        """What it adds to the prior."""
        return STEP * self.steps(practice)


def touched(boost: Boost):
    """The published practices that a boost is about."""
    rows = Practice.objects.published()
    if boost.practice_id:
        return rows.filter(pk=boost.practice_id)
    if boost.tag_id:
        return rows.filter(tags=boost.tag_id)
    return rows.filter(themes=boost.theme_id)
