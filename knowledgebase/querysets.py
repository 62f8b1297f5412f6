"""Who may see which practices and adoptions."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import (
    Exists,
    F,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils import timezone

from alliance.models import Organisation
from alliance.querysets import Person
from smartsociety.core.counting import count_of
from smartsociety.core.models import User
from smartsociety.core.search.finding import Found, find
from smartsociety.core.search.results import matching

# What most practices have none of.
SELDOM = ("attachments", "pictures", "judgements", "questions", "ground_rules")
PRACTICE_KIND, NEED_KIND = 1, 6  # their numbers in the search index


class PracticeQuerySet(QuerySet):
    """Practices."""

    def published(self) -> "PracticeQuerySet":
        """Those in the knowledge base."""
        return self.filter(status="published")

    def own(self) -> "PracticeQuerySet":
        """Those of organisations of ours: not what we took from another source."""
        return self.filter(is_external=False)

    def own_first(self) -> "PracticeQuerySet":
        """The newest first, and our own before what we took from another source."""
        return self.order_by("is_external", "-published_at", "-pk")

    def wanting(self) -> "PracticeQuerySet":
        """Published ones whose owner looks for somebody to go on with."""
        return self.published().exclude(wanted=[])

    def came_between(self, since: datetime, until: datetime) -> "PracticeQuerySet":
        """Those that came into the knowledge base after `since` and up to `until`.

        What we took from another source came when we took it, however long ago it was published there.
        """
        ours = Q(is_external=False, published_at__gt=since, published_at__lte=until)
        theirs = Q(is_external=True, created_at__gt=since, created_at__lte=until)
        return self.filter(ours | theirs)

    def visible_to(self, user: Person) -> "PracticeQuerySet":
        """Published and archived ones; those that own organisations take part in, or are asked to; for staff all."""
        if user.is_authenticated and (user.has_role(User.Role.EDITOR) or user.has_role(User.Role.PROGRAMME)):
            return self
        public = Q(status__in=["published", "archived"])
        if not user.is_authenticated:
            return self.filter(public)
        from knowledgebase.models import Author, PartInvitation, PracticeOrganisation

        mine = {"practice": OuterRef("pk"), "organisation__memberships__user": user}
        own = PracticeOrganisation.objects.filter(**mine)
        asked = PartInvitation.objects.open().filter(**mine)
        authored = Author.objects.filter(practice=OuterRef("pk"), user=user)
        return self.filter(public | Exists(own) | Exists(asked) | Exists(authored))

    def unfinished(self) -> "PracticeQuerySet":
        """Those on their way to publication."""
        return self.filter(status__in=["draft", "submitted", "in_review"])

    def owned_by(self, **conditions) -> "PracticeQuerySet":
        """Those with an owner that meets `conditions` on the organisation."""
        from knowledgebase.models import PracticeOrganisation

        wanted = {f"organisation__{name}": value for name, value in conditions.items()}
        return self.filter(
            Exists(PracticeOrganisation.objects.filter(practice=OuterRef("pk"), role="owner", **wanted))
        )

    def to_review(self) -> "PracticeQuerySet":
        """The editors' work list, longest waiting first."""
        return self.filter(status__in=["submitted", "in_review"]).order_by(
            F("submitted_at").asc(nulls_first=True), "pk"
        )

    def with_review(self) -> "PracticeQuerySet":
        """With the round of reading that is going on, as `open_reviews`."""
        from knowledgebase.models import Review

        going_on = Review.objects.filter(ending="").select_related("reviewer")
        return self.prefetch_related(Prefetch("reviews", queryset=going_on, to_attr="open_reviews"))

    def confirmed_lately(self) -> "PracticeQuerySet":
        """Without those that nobody confirmed, long after it was asked."""
        from knowledgebase.models.practice import HIDDEN_AFTER

        return self.exclude(asked_at__lte=timezone.now() - HIDDEN_AFTER)

    def to_ask(self, until: date) -> "PracticeQuerySet":
        """Published ones of organisations of ours that were last confirmed on `until` or before, not asked since."""
        due = Q(checked_on__lte=until) | Q(checked_on=None, published_at__date__lte=until)
        return self.published().filter(due, is_external=False, asked_at=None)

    def with_card_data(self) -> "PracticeQuerySet":
        """What a card shows: owners, themes and `adoption_count`, in a fixed number of queries."""
        from knowledgebase.models import Adoption

        return (
            self.with_owners()
            .prefetch_related("themes")
            .annotate(adoption_count=count_of(Adoption.objects.adopted(), "practice"))
        )

    def with_owners(self) -> "PracticeQuerySet":
        """The parts of the owners, with their organisations."""
        from knowledgebase.models import PracticeOrganisation

        owners = PracticeOrganisation.objects.filter(role="owner").select_related("organisation")
        return self.prefetch_related(Prefetch("parts", queryset=owners, to_attr="owners"))

    def with_page_data(self) -> "PracticeQuerySet":
        """What the page of one practice shows beside its texts."""
        from knowledgebase.models import Adoption, PracticeOrganisation

        parts = PracticeOrganisation.objects.select_related("organisation").order_by("role", "pk")
        return (
            self.select_related("outcome__fieldlab", "project")
            .prefetch_related("themes", "tags", Prefetch("parts", queryset=parts))
            .annotate(
                adoption_count=count_of(Adoption.objects.adopted(), "practice"),
                **{f"has_{name}": _has_any(self.model, name) for name in SELDOM},
            )
        )

    def titled(self, text: str) -> "PracticeQuerySet":
        """Those with every word of `text` in their title."""
        return self.filter(*(Q(title__icontains=word) for word in text.split())).order_by("title", "pk")

    def search(self, text: str) -> "PracticeQuerySet":
        """Those that answer `text`, best first; everything when it is empty. See docs/search.md."""
        found = find(text, [PRACTICE_KIND])
        return matching(self, found.ids(PRACTICE_KIND)) if found.question else self

    def answering(self, found: Found) -> "PracticeQuerySet":
        """Those that have most of the words of a search, not those that only come near; best first."""
        return matching(self, found.answers(PRACTICE_KIND))

    def near(self, found: Found) -> "PracticeQuerySet":
        """The others that a search found: perhaps worth a look, nothing to mail about."""
        answers = set(found.answers(PRACTICE_KIND))
        return matching(self, [number for number in found.ids(PRACTICE_KIND) if number not in answers])


def _has_any(model: type[Model], name: str) -> Exists:
    """Whether anything of that name belongs to the outer row."""
    relation = model._meta.get_field(name)
    if relation.many_to_many:
        through = (getattr(relation, "field", None) or relation).remote_field.through
        return Exists(through.objects.filter(practice=OuterRef("pk")))
    return Exists(relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")}))


class PartInvitationQuerySet(QuerySet):
    """Invitations to take part."""

    def open(self) -> "PartInvitationQuerySet":
        """Those without an answer."""
        return self.filter(answer="")

    def to_answer(self, user: Person) -> "PartInvitationQuerySet":
        """Those without an answer, to the organisations that this person represents."""
        own = Organisation.objects.represented_by(user)
        return self.open().filter(organisation__in=own).select_related("practice", "organisation")


class RemarkQuerySet(QuerySet):
    """Remarks of editors."""

    def open_on(self, practice: Model) -> "RemarkQuerySet":
        """Those that nobody sent in again yet."""
        return self.filter(review__practice=practice, is_settled=False)

    def settled_on(self, practice: Model) -> "RemarkQuerySet":
        """Those of before it was sent in again."""
        return self.filter(review__practice=practice, is_settled=True)


class TagQuerySet(QuerySet):
    """Tags."""

    def standing(self) -> "TagQuerySet":
        """Those in use: not merged into another."""
        return self.filter(merged_into=None)

    def meant_by(self, pks: Iterable[int]) -> "TagQuerySet":
        """Those with these keys; for one that was merged the one that stays."""
        return self.standing().filter(Q(pk__in=pks) | Q(merged__in=pks)).distinct()

    def shown(self) -> "TagQuerySet":
        """Those for everybody: on a published practice, or looked at by staff; not what is half typed in a draft."""
        on_published = self.model.practices.through.objects.filter(
            tag=OuterRef("pk"), practice__status="published"
        )
        return self.standing().filter(Q(is_curated=True) | Exists(on_published))

    def commonest(self, most: int) -> list[str]:
        """The names of those on most practices, in order of the alphabet."""
        rows = self.annotate(on=count_of(self.model.practices.through.objects.all(), "tag"))
        return sorted(rows.order_by("-on", "name").values_list("name", flat=True)[:most], key=str.casefold)

    def unused(self) -> "TagQuerySet":
        """Those that stand on no practice and in no open change, and that nobody follows or merged into."""
        from knowledgebase.models import Proposal, Subscription
        from knowledgebase.models.proposal import OPEN

        proposed = Proposal.objects.filter(status__in=OPEN, values__has_key="tags")
        wanted = {pk for pks in proposed.values_list("values__tags", flat=True) for pk in pks}
        followed = Subscription.objects.filter(tag=OuterRef("pk"))
        return self.filter(~Exists(followed), practices=None, merged=None, boost=None).exclude(pk__in=wanted)


class FileQuerySet(QuerySet):
    """Documents and pictures."""

    def shown(self) -> "FileQuerySet":
        """Those for whoever sees the practice: not those of a change that no editor approved yet."""
        return self.filter(waits_for=None)


class ProposalQuerySet(QuerySet):
    """Proposed changes."""

    def open(self) -> "ProposalQuerySet":
        """Those that can still come into force."""
        return self.filter(status__in=["draft", "submitted"])

    def waiting(self) -> "ProposalQuerySet":
        """Those an editor can decide on; what is in the archive does not change."""
        return self.filter(status="submitted", practice__status="published")


class GroundRuleQuerySet(QuerySet):
    """Ground rules and standards."""

    def in_force(self) -> "GroundRuleQuerySet":
        """Those that a fieldlab agreed on and nobody retired."""
        from knowledgebase.models.rule import IN_FORCE

        return self.filter(status__in=IN_FORCE)

    def with_versions(self) -> "GroundRuleQuerySet":
        """With its wordings, the newest first, its themes and the fieldlab in which it was agreed."""
        from knowledgebase.models import RuleVersion

        versions = Prefetch("versions", RuleVersion.objects.order_by("-number"), to_attr="newest_first")
        return self.select_related("outcome__fieldlab").prefetch_related("themes", versions)

    def with_card_data(self) -> "GroundRuleQuerySet":
        """Also with `practice_count`: how many published practices follow it."""
        from knowledgebase.models import Practice

        follows = Practice.ground_rules.through.objects.filter(practice__status="published")
        return self.with_versions().annotate(practice_count=count_of(follows, "groundrule"))


class PublicationQuerySet(QuerySet):
    """Publications."""

    def shown(self) -> "PublicationQuerySet":
        """Those for everybody."""
        return self.filter(is_shown=True)

    def with_card_data(self) -> "PublicationQuerySet":
        """With their themes and project."""
        return self.select_related("project").prefetch_related("themes")

    def search(self, text: str) -> "PublicationQuerySet":
        """Those with every word of `text` in title, summary or the name of the maker."""
        found = self
        for word in text.replace("\x00", " ").split()[:10]:
            found = found.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(made_by__icontains=word)
            )
        return found
