"""Who may see what of using the knowledge base: adoptions, questions, needs and collections."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from alliance.querysets import Person
from knowledgebase.querysets import NEED_KIND
from smartsociety.core.counting import count_of
from smartsociety.core.models import User
from smartsociety.core.search.finding import Found
from smartsociety.core.search.results import matching

# So much of the words makes two needs worth comparing: whether they are the same, who asks decides.
LIKE = 0.2


def _steps() -> QuerySet:
    """The steps of the adoption of the outer row."""
    from knowledgebase.models import AdoptionStep

    return AdoptionStep.objects.filter(adoption=OuterRef("pk"))


class AdoptionQuerySet(QuerySet):
    """Adoptions."""

    def adopted(self) -> "AdoptionQuerySet":
        """Those where the practice is really in use or tried, of published practices."""
        from knowledgebase.models.adoption import ADOPTED

        return self.of_published().filter(stage__in=ADOPTED)

    def of_published(self) -> "AdoptionQuerySet":
        """Those of practices in the knowledge base, whatever their stage."""
        return self.filter(practice__status="published")

    def in_use_on(self, day: date) -> "AdoptionQuerySet":
        """Those that were in use or tried on that day, whatever came of them later.

        Of one without steps we only know the day on which it was said.
        """
        from knowledgebase.models.adoption import ADOPTED

        steps = _steps()
        then = steps.filter(reached_on__lte=day).order_by("-reached_on", "-pk").values("stage")[:1]
        said = Case(When(~Exists(steps) & Q(claimed_at__date__lte=day), then=F("stage")))
        return self.alias(stage_then=Coalesce(Subquery(then), said)).filter(stage_then__in=ADOPTED)

    def with_first_day(self) -> "AdoptionQuerySet":
        """With `adopted_on`: the first day on which it was in use or tried; None when it never came so far."""
        from knowledgebase.models.adoption import ADOPTED

        first = _steps().filter(stage__in=ADOPTED).order_by("reached_on").values("reached_on")[:1]
        said = Case(When(stage__in=ADOPTED, then=TruncDate("claimed_at")))
        return self.annotate(adopted_on=Coalesce(Subquery(first), said))

    def to_ask(self) -> "AdoptionQuerySet":
        """Those that go on, of which nobody said for a year that they do, and nobody was asked for a year."""
        from knowledgebase.models.adoption import ASK_AFTER, Stage

        before = timezone.now() - ASK_AFTER
        said = Q(checked_on__lte=timezone.localdate(before)) | Q(checked_on=None, claimed_at__lte=before)
        unasked = Q(asked_at=None) | Q(asked_at__lte=before)
        return self.of_published().filter(said, unasked).exclude(stage=Stage.STOPPED)

    def askable(self) -> "AdoptionQuerySet":
        """Those of published practices that agreed to be asked, and have somebody who can answer."""
        return self.of_published().filter(self._speaks(), may_be_asked=True)

    def with_card_data(self) -> "AdoptionQuerySet":
        """With organisation, teacher, practice, the stages it went through and `can_be_asked` (see `askable`)."""
        can_be_asked = Q(may_be_asked=True, practice__status="published") & Q(self._speaks())
        return (
            self.select_related("organisation", "learned_from", "practice")
            .prefetch_related("steps")
            .annotate(can_be_asked=ExpressionWrapper(can_be_asked, output_field=BooleanField()))
        )

    @staticmethod
    def _speaks() -> Exists:
        """Whether somebody who can sign in speaks for the organisation."""
        from alliance.models import Membership

        return Exists(
            Membership.objects.filter(
                organisation=OuterRef("organisation"), role="representative", user__is_active=True
            )
        )


class QuestionQuerySet(QuerySet):
    """Questions to owners and to who uses a practice too."""

    def public(self) -> "QuestionQuerySet":
        """Those that the asker and who answered both agreed to show."""
        return self.filter(status="answered", asker_agrees=True, owner_agrees=True)

    def standing(
        self, *, practice: Model, adoption: Model | None, by: User, text: str, moments: Iterable[datetime]
    ) -> "QuestionQuerySet":
        """The one that waits for an answer and says the same, by the same person to the same organisation."""
        said = {
            "practice": practice,
            "adoption": adoption,
            "asked_by": by,
            "text": text,
            "moments": list(moments),
        }
        return self.filter(status="open", **said)

    def to_owner(self) -> "QuestionQuerySet":
        """Those for the owners."""
        return self.filter(adoption=None)

    def to_answer_by(self, user: Person) -> "QuestionQuerySet":
        """Those to an owner that this person belongs to, or to another organisation that they represent."""
        from alliance.models import Membership
        from knowledgebase.models import PracticeOrganisation

        if not user.is_authenticated:
            return self.none()
        own = PracticeOrganisation.objects.filter(
            practice=OuterRef("practice"),
            role="owner",
            organisation__memberships__user=user,
        )
        represented = Membership.objects.filter(
            organisation=OuterRef("adoption__organisation"), role="representative", user=user
        )
        return self.filter(Q(Exists(own), adoption=None) | Q(Exists(represented)))


class NeedQuerySet(QuerySet):
    """What organisations look for."""

    def open(self) -> "NeedQuerySet":
        """Those that still look."""
        return self.filter(status="open")

    def like(self, found: Found) -> "NeedQuerySet":
        """Those that have a good part of the words of a search, best first; nothing when it had no words."""
        return matching(self, found.answers(NEED_KIND, share=LIKE))

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
