"""Whom a reader can ask about a practice: its owner, and who uses it too and agreed to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliance.models import Organisation
from knowledgebase.likeness import Country, Likeness
from knowledgebase.models import Adoption, Practice
from smartsociety.core.models import User

OWNER = "eigenaar"
# Of more than these nobody reads all; the others each have a link on their own card.
MOST_ADOPTERS = 8


@dataclass(frozen=True)
class Addressee:
    """The owner, or an organisation that uses the practice too."""

    practice: Practice
    adoption: Adoption | None = None
    likeness: Likeness | None = None
    is_full: bool = False

    @property
    def key(self) -> str:
        """What stands in the address (`?aan=`) and in the form."""
        return self.adoption.organisation.slug if self.adoption else OWNER

    @property
    def name(self) -> str:
        """Its name; of the owner its names."""
        return self.adoption.organisation.name if self.adoption else self.practice.owner_names

    @property
    def in_words(self) -> str:
        """Who it is, how far it came, and how much it is like the reader's municipality."""
        words = [self.adoption.get_stage_display() if self.adoption else _("owner")]
        if self.likeness and self.adoption.organisation.kind == "municipality":
            words += [self.likeness.in_words, *self.likeness.reasons]
        if self.is_full:
            words.append(_("cannot answer more questions this month"))
        return f"{self.name} ({', '.join(str(word)[:1].lower() + str(word)[1:] for word in words)})"


def addressees(
    practice: Practice, user: User, *, ours: Organisation | None, named: str = ""
) -> list[Addressee]:
    """The owner first, then those most like `ours`, the reader's own municipality; `named` is always among them."""
    theirs = practice.adoptions.askable().exclude(organisation__memberships__user=user)
    adoptions = {each.organisation: each for each in theirs.select_related("organisation")}
    if ours:
        ranked = Country().sorted(ours, adoptions)
    else:
        ranked = [(each, None) for each in sorted(adoptions, key=lambda each: each.name)]
    chosen = [pair for nth, pair in enumerate(ranked) if nth < MOST_ADOPTERS or pair[0].slug == named]
    full = full_adoptions(adoptions[each] for each, _likeness in chosen)
    found = [
        Addressee(practice, adoptions[each], likeness, is_full=adoptions[each].pk in full)
        for each, likeness in chosen
    ]
    owner = [Addressee(practice, is_full=is_full(practice))] if practice.has_contact else []
    return owner + found


def can_be_asked(practice: Practice, adoption: Adoption | None) -> bool:
    """Whether somebody is there to answer: what comes from elsewhere has no owner here."""
    if adoption is None:
        return practice.has_contact
    return practice.adoptions.askable().filter(pk=adoption.pk).exists()


def is_full(practice: Practice, adoption: Adoption | None = None) -> bool:
    """Whether the owner, or who uses it too, has had as many questions this month as it can answer."""
    if adoption:
        return bool(full_adoptions([adoption]))
    if practice.questions_a_month is None:
        return False
    asked = practice.questions.to_owner().filter(asked_at__gte=_this_month())
    return asked.count() >= practice.questions_a_month


def full_adoptions(adoptions: Iterable[Adoption]) -> set[int]:
    """Which of these organisations have had as many questions this month as they can answer; one query."""
    this_month = Count("questions", filter=Q(questions__asked_at__gte=_this_month()))
    rows = Adoption.objects.filter(pk__in=[adoption.pk for adoption in adoptions])
    full = rows.exclude(questions_a_month=None).annotate(asked=this_month)
    return set(full.filter(asked__gte=F("questions_a_month")).values_list("pk", flat=True))


def _this_month() -> datetime:
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
