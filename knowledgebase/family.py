"""Who learned a practice from whom: a tree from its owners, as a picture and as a list that say the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from alliance.models import Organisation
from knowledgebase.models import Adoption

# Units of the picture: a generation to the right, a line down per organisation.
COLUMN, LINE, MARGIN = 230, 44, 16
# Longer names are cut in the picture; the list has them whole.
LONGEST_NAME = 24


@dataclass
class Member:
    """An organisation in the tree, with those that learned from it."""

    organisation: Organisation
    adoption: Adoption | None = None  # an owner has none
    learners: "list[Member]" = field(default_factory=list)
    x: int = 0
    y: int = 0

    @property
    def short_name(self) -> str:
        """The name as it fits in the picture."""
        name = self.organisation.name
        return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"

    @property
    def text_x(self) -> int:
        """Where its name begins: beside its mark."""
        return self.x + 12

    @property
    def text_y(self) -> int:
        """The foot of its name."""
        return self.y + 5


@dataclass(frozen=True)
class Family:
    """The whole tree: the oldest, everybody in reading order, the lines between them, and the size of the picture."""

    roots: list[Member]
    members: list[Member]
    lines: list[str]
    width: int
    height: int


def family(owners: Iterable[Organisation], adoptions: Iterable[Adoption]) -> Family:
    """The tree of a practice. Who does not say from whom, or names somebody outside, learned from the first owner."""
    roots = [Member(owner) for owner in owners]
    known = {member.organisation.pk: member for member in roots}
    adopters = [Member(adoption.organisation, adoption) for adoption in adoptions]
    known |= {member.organisation.pk: member for member in adopters if member.organisation.pk not in known}
    for member in adopters:
        teacher = known.get(member.adoption.learned_from_id)
        if teacher is None or _descends(teacher, member, known):
            teacher = roots[0] if roots else None
        if teacher is None:
            roots.append(member)
        else:
            teacher.learners.append(member)
    return _drawn(roots)


def _descends(teacher: Member, member: Member, known: dict[int, Member]) -> bool:
    """Whether following the teachers of `teacher` leads to `member`: two that name each other make no tree."""
    seen = set()
    while teacher and teacher.organisation.pk not in seen:
        if teacher is member:
            return True
        seen.add(teacher.organisation.pk)
        teacher = known.get(teacher.adoption.learned_from_id) if teacher.adoption else None
    return teacher is not None  # went round without the member: no root to hang it on


def _drawn(roots: list[Member]) -> Family:
    members, lines, deepest = [], [], 0
    for line, (member, depth) in enumerate(_walk(roots, 0)):
        member.x, member.y = MARGIN + depth * COLUMN, MARGIN + line * LINE
        members.append(member)
        deepest = max(deepest, depth)
    for member in members:
        lines += [_line(member, learner) for learner in member.learners]
    return Family(
        roots, members, lines, width=(deepest + 1) * COLUMN + 2 * MARGIN, height=len(members) * LINE + MARGIN
    )


def _walk(members: list[Member], depth: int) -> Iterator[tuple[Member, int]]:
    for member in members:
        yield member, depth
        yield from _walk(member.learners, depth + 1)


def _line(teacher: Member, learner: Member) -> str:
    """Down from the teacher and then to the right, so that lines never cross names."""
    return f"M{teacher.x} {teacher.y}V{learner.y}H{learner.x}"
