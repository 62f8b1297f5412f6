"""Who may see which fieldlabs, registrations, cases and outcomes."""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from alliance.querysets import Person
from smartsociety.core.counting import count_of
from smartsociety.core.models import User

# These take a place.
SEATED = ("registered", "offered", "attended", "absent")
# These belong to somebody who counts on it.
STANDING = ("waiting", *SEATED)


class FieldlabQuerySet(QuerySet):
    """Fieldlabs."""

    def public(self) -> "FieldlabQuerySet":
        """All but drafts; a cancelled one stays visible as cancelled."""
        return self.exclude(status="draft")

    def visible_to(self, user: Person) -> "FieldlabQuerySet":
        """Public ones; programme staff see drafts too."""
        if user.is_authenticated and user.has_role(User.Role.PROGRAMME):
            return self
        return self.public()

    def upcoming(self) -> "FieldlabQuerySet":
        """Those that have not ended, the first one first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at")

    def past(self) -> "FieldlabQuerySet":
        """Those that have ended, the latest first."""
        return self.filter(ends_at__lte=timezone.now()).order_by("-starts_at")

    def held(self) -> "FieldlabQuerySet":
        """Those that took place."""
        return self.filter(status__in=["held", "reported"])

    def attended_by(self, organisation) -> "FieldlabQuerySet":
        """Those in which this organisation has or had a place."""
        from fieldlabs.models import Registration

        seats = Registration.objects.coming().filter(fieldlab=OuterRef("pk"), organisation=organisation)
        return self.filter(Exists(seats))

    def with_card_data(self) -> "FieldlabQuerySet":
        """What a card shows: themes, host, `outcome_count`, and `taken` places."""
        from fieldlabs.models import Outcome, Registration

        return (
            self.select_related("host")
            .prefetch_related("themes")
            .annotate(
                outcome_count=count_of(Outcome.objects.public(), "fieldlab"),
                taken=count_of(Registration.objects.seated(), "fieldlab"),
            )
        )


class RegistrationQuerySet(QuerySet):
    """Registrations."""

    def seated(self) -> "RegistrationQuerySet":
        """Those that take a place, also while it is only offered."""
        return self.filter(status__in=SEATED)

    def coming(self) -> "RegistrationQuerySet":
        """Those whose people come or came, or said they would."""
        return self.filter(status__in=["registered", "attended", "absent"])

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, in order of arrival."""
        return self.filter(status="waiting").order_by("arrived_at", "pk")

    def of(self, user: Person) -> "RegistrationQuerySet":
        """Those of one person."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def standing(self) -> "RegistrationQuerySet":
        """Those of people who count on it: with a place, an offer, or in the queue."""
        return self.filter(status__in=STANDING)

    def reachable(self) -> "RegistrationQuerySet":
        """Those with an address to mail to."""
        return self.exclude(email="")

    def with_names(self) -> "RegistrationQuerySet":
        """With organisation and fieldlab, as mails and lists need."""
        return self.select_related("organisation", "fieldlab")


class ProgrammeItemQuerySet(QuerySet):
    """Parts of a programme."""

    def choosable(self) -> "ProgrammeItemQuerySet":
        """Those that people choose."""
        return self.exclude(kind="plenary")

    def with_taken(self) -> "ProgrammeItemQuerySet":
        """With `taken`, how many chose it, and the case; in the order of the day, which counting would lose."""
        counted = self.select_related("case").annotate(taken=Count("choices"))
        return counted.order_by("starts_at", "ends_at", "pk")


class CaseQuerySet(QuerySet):
    """Cases."""

    def public(self) -> "CaseQuerySet":
        """Those that were accepted, and proposed ones: demand for them is counted while staff decide."""
        return self.filter(status__in=["proposed", "accepted", "answered"])

    def visible_to(self, user: Person) -> "CaseQuerySet":
        """Public ones, and what became one with another; programme staff see all."""
        if user.is_authenticated and user.has_role(User.Role.PROGRAMME):
            return self
        return self.filter(status__in=["proposed", "accepted", "answered", "merged"])

    def unanswered(self) -> "CaseQuerySet":
        """Those that wait: proposed, or accepted for a fieldlab that went by without an answer."""
        went_by = Q(status="accepted", fieldlab__status__in=["held", "reported", "cancelled"])
        return self.filter(Q(status="proposed") | went_by)

    def with_card_data(self) -> "CaseQuerySet":
        """With organisation, fieldlab, themes and `demand`: how many others have the question."""
        from fieldlabs.models import CaseDemand

        return (
            self.select_related("organisation", "fieldlab")
            .prefetch_related("themes")
            .annotate(demand=count_of(CaseDemand.objects.all(), "case"))
        )


class OutcomeQuerySet(QuerySet):
    """Outcomes."""

    def public(self) -> "OutcomeQuerySet":
        """The published ones of fieldlabs that took place."""
        return self.filter(status="published", fieldlab__status__in=["held", "reported"])

    def visible_to(self, user: Person) -> "OutcomeQuerySet":
        """Public ones; programme staff see all, and who was asked to write one sees that."""
        if not user.is_authenticated:
            return self.public()
        if user.has_role(User.Role.PROGRAMME):
            return self
        public = self.model.objects.public().values("pk")
        return self.filter(Q(pk__in=public) | Exists(_written_by(user)))

    def written_by(self, user: Person) -> "OutcomeQuerySet":
        """Those that staff asked this person to write."""
        return self.filter(Exists(_written_by(user))) if user.is_authenticated else self.none()

    def without_owner(self) -> "OutcomeQuerySet":
        """Those that nobody goes on with yet."""
        return self.filter(organisation=None)

    def with_card_data(self) -> "OutcomeQuerySet":
        """With owner, fieldlab and case."""
        return self.select_related("organisation", "fieldlab", "case")

    def for_export(self) -> "OutcomeQuerySet":
        """With all that a file tells, in a fixed number of queries; `published_practices` is a list."""
        practices = self.model.practices.rel.related_model.objects.published()
        return self.with_card_data().prefetch_related(
            "measurements",
            "links",
            "fieldlab__themes",
            Prefetch("practices", practices, "published_practices"),
        )

    def search(self, text: str) -> "OutcomeQuerySet":
        """Those with all words of `text` in title, team, texts, owner or fieldlab, best first."""
        if not text.strip():
            return self
        vector = SearchVector("title", "team", weight="A", config="dutch") + SearchVector(
            *OUTCOME_TEXTS, "organisation__name", "fieldlab__title_nl", weight="C", config="dutch"
        )
        query = SearchQuery(text, search_type="websearch", config="dutch")
        found = self.annotate(vector=vector, rank=SearchRank(vector, query))
        return found.filter(vector=query).order_by("-rank", "title")


OUTCOME_TEXTS = ("made", "learned", "failed", "interpretation", "decisions", "ground_rules")


def _written_by(user: User) -> QuerySet:
    from fieldlabs.models import OutcomeWriter

    return OutcomeWriter.objects.filter(outcome=OuterRef("pk"), email=user.email.lower())


class FollowUpQuerySet(QuerySet):
    """Follow-ups."""

    def standing(self) -> "FollowUpQuerySet":
        """Those that are still to be done."""
        return self.filter(status__in=["asked", "accepted"])

    def with_due_day(self) -> "FollowUpQuerySet":
        """With `due_day`: the day agreed, or the first day of the fieldlab; soonest first."""
        starts_on = TruncDate("due_fieldlab__starts_at")
        return self.annotate(due_day=Coalesce("due_on", starts_on)).order_by("due_day", "pk")

    def with_card_data(self) -> "FollowUpQuerySet":
        """What a list shows, with the times that they were carried over."""
        return (
            self.with_due_day()
            .select_related("organisation", "fieldlab", "due_fieldlab", "outcome__fieldlab")
            .prefetch_related("carried__to_fieldlab")
        )

    def to_walk_through(self, fieldlab) -> "FollowUpQuerySet":
        """What the opening of `fieldlab` goes through: standing ones of earlier fieldlabs, overdue first."""
        earlier = self.standing().filter(fieldlab__starts_at__lt=fieldlab.starts_at)
        return earlier.with_card_data().filter(due_day__lte=timezone.localdate(fieldlab.ends_at))
