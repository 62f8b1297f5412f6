"""Whom a reader can ask about a practice: its owner, and who uses it too and agreed to be asked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alliance.models import Organisation
from knowledgebase.actions.question import full_adoptions, is_full
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
