"""Who may see which fieldlabs, registrations, cases and outcomes."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
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
        """With `taken`, how many chose it, and the case."""
        return self.select_related("case").annotate(taken=Count("choices"))


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
        """Those of fieldlabs that took place."""
        return self.filter(fieldlab__status__in=["held", "reported"])

    def visible_to(self, user: Person) -> "OutcomeQuerySet":
        """Public ones; programme staff see those they are still writing."""
        if user.is_authenticated and user.has_role(User.Role.PROGRAMME):
            return self
        return self.public()

    def with_card_data(self) -> "OutcomeQuerySet":
        """With owner and fieldlab."""
        return self.select_related("organisation", "fieldlab")
