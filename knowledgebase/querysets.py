"""Who may see which practices and adoptions."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, F, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

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

    def came_between(self, since: datetime, until: datetime) -> "PracticeQuerySet":
        """Those that came into the knowledge base after `since` and up to `until`.

        What we took from another source came when we took it, however long ago it was published there.
        """
        ours = Q(is_external=False, published_at__gt=since, published_at__lte=until)
        theirs = Q(is_external=True, created_at__gt=since, created_at__lte=until)
        return self.filter(ours | theirs)

    def visible_to(self, user: Person) -> "PracticeQuerySet":
        """Published and archived ones; those of one's own organisations; for programme staff and editors all."""
        if user.is_authenticated and (user.has_role(User.Role.EDITOR) or user.has_role(User.Role.PROGRAMME)):
            return self
        public = Q(status__in=["published", "archived"])
        if not user.is_authenticated:
            return self.filter(public)
        from knowledgebase.models import Author, PracticeOrganisation

        own = PracticeOrganisation.objects.filter(
            practice=OuterRef("pk"), organisation__memberships__user=user
        )
        authored = Author.objects.filter(practice=OuterRef("pk"), user=user)
        return self.filter(public | Exists(own) | Exists(authored))

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
        return self.matching(find(text, [PRACTICE_KIND]))

    def matching(self, found: Found) -> "PracticeQuerySet":
        """Those that a search found, best first."""
        return matching(self, found.ids(PRACTICE_KIND)) if found.question else self


def _has_any(model: type[Model], name: str) -> Exists:
    """Whether anything of that name belongs to the outer row."""
    relation = model._meta.get_field(name)
    if relation.many_to_many:
        through = (getattr(relation, "field", None) or relation).remote_field.through
        return Exists(through.objects.filter(practice=OuterRef("pk")))
    return Exists(relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")}))


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


class AdoptionQuerySet(QuerySet):
    """Adoptions."""

    def adopted(self) -> "AdoptionQuerySet":
        """Those where the practice is really in use or tried, of published practices."""
        from knowledgebase.models.adoption import ADOPTED

        return self.of_published().filter(stage__in=ADOPTED)

    def of_published(self) -> "AdoptionQuerySet":
        """Those of practices in the knowledge base, whatever their stage."""
        return self.filter(practice__status="published")

    def to_ask(self) -> "AdoptionQuerySet":
        """Those that go on, of which nobody said for a year that they do, and nobody was asked for a year."""
        from knowledgebase.models.adoption import ASK_AFTER, Stage

        before = timezone.now() - ASK_AFTER
        said = Q(checked_on__lte=timezone.localdate(before)) | Q(checked_on=None, claimed_at__lte=before)
        unasked = Q(asked_at=None) | Q(asked_at__lte=before)
        return self.of_published().filter(said, unasked).exclude(stage=Stage.STOPPED)

    def with_card_data(self) -> "AdoptionQuerySet":
        """With organisation, teacher, practice and the stages it went through."""
        return self.select_related("organisation", "learned_from", "practice").prefetch_related("steps")


class QuestionQuerySet(QuerySet):
    """Questions to owners."""

    def public(self) -> "QuestionQuerySet":
        """Those that asker and owner both agreed to show."""
        return self.filter(status="answered", asker_agrees=True, owner_agrees=True)

    def standing(
        self, *, practice: Model, by: User, text: str, moments: Iterable[datetime]
    ) -> "QuestionQuerySet":
        """The one that waits for an answer and says the same, by the same person about the same practice."""
        said = {"practice": practice, "asked_by": by, "text": text, "moments": list(moments)}
        return self.filter(status="open", **said)

    def to_owner(self, user: Person) -> "QuestionQuerySet":
        """Those about practices of which an owner is represented by this person."""
        from knowledgebase.models import PracticeOrganisation

        if not user.is_authenticated:
            return self.none()
        own = PracticeOrganisation.objects.filter(
            practice=OuterRef("practice"),
            role="owner",
            organisation__memberships__user=user,
        )
        return self.filter(Exists(own))


class NeedQuerySet(QuerySet):
    """What organisations look for."""

    def open(self) -> "NeedQuerySet":
        """Those that still look."""
        return self.filter(status="open")

    def matching(self, found: Found) -> "NeedQuerySet":
        """Those that a search found, best first; nothing when it had no words."""
        return matching(self, found.ids(NEED_KIND))

    def with_card_data(self) -> "NeedQuerySet":
        """With organisation, themes and `support_count`: how many others look for the same."""
        from knowledgebase.models import NeedSupport

        return (
            self.select_related("organisation", "solution", "case")
            .prefetch_related("themes")
            .annotate(support_count=count_of(NeedSupport.objects.all(), "need"))
        )


class CollectionQuerySet(QuerySet):
    """Collections of practices."""

    def published(self) -> "CollectionQuerySet":
        """Those for everybody."""
        return self.filter(is_published=True)

    def featured(self) -> "CollectionQuerySet":
        """Those for the home page, as soon as there is something to read in them."""
        readable = self.model.practices.through.objects.filter(
            collection=OuterRef("pk"), practice__status="published"
        )
        return self.published().filter(Exists(readable), is_featured=True)

    def visible_to(self, user: Person) -> "CollectionQuerySet":
        """Published ones; for editors all; for an organisation's people also their drafts."""
        if not user.is_authenticated:
            return self.published()
        if user.has_role(User.Role.EDITOR):
            return self
        from alliance.models import Membership

        own = Membership.objects.filter(user=user, organisation=OuterRef("organisation"))
        return self.filter(Q(is_published=True) | Exists(own))

    def with_card_data(self) -> "CollectionQuerySet":
        """With its organisation and `practice_count`, of what is published."""
        from knowledgebase.models import CollectionItem

        shown = CollectionItem.objects.filter(practice__status="published")
        return self.select_related("organisation").annotate(practice_count=count_of(shown, "collection"))


class ProposalQuerySet(QuerySet):
    """Proposed changes."""

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
