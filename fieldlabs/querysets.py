"""Who may see which fieldlabs, registrations and outcomes."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from alliance.querysets import Person
from smartsociety.core.counting import count_of
from smartsociety.core.models import User


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

        seats = Registration.objects.seated().filter(fieldlab=OuterRef("pk"), organisation=organisation)
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
        """Those that take a place."""
        return self.filter(status__in=["registered", "attended", "absent"])

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, in order of arrival."""
        return self.filter(status="waiting").order_by("created_at", "pk")

    def of(self, user: Person) -> "RegistrationQuerySet":
        """Those of one person."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def standing(self) -> "RegistrationQuerySet":
        """All but the cancelled ones."""
        return self.exclude(status="cancelled")


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
