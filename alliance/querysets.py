"""Who may see which organisations, declarations and signatures."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Lower
from django.utils import timezone

from smartsociety.core.models import User
from smartsociety.core.tokens import hash_token

Person = User | AnonymousUser


class OrganisationQuerySet(QuerySet):
    """Organisations."""

    def public(self) -> "OrganisationQuerySet":
        """Those with a page of their own: everyone in the register, and whoever has a public signature."""
        from alliance.models.signature import PUBLIC, Signature

        signed = Signature.objects.filter(organisation=OuterRef("pk"), status__in=PUBLIC)
        return self.filter(Q(in_register=True) | Exists(signed))

    def visible_to(self, user: Person) -> "OrganisationQuerySet":
        """Public ones, one's own, and for staff all."""
        if user.is_staff:
            return self
        own = self.filter(memberships__user_id=user.pk) if user.is_authenticated else self.none()
        return self.filter(Q(pk__in=self.public().values("pk")) | Q(pk__in=own.values("pk")))

    def signatories(self) -> "OrganisationQuerySet":
        """Those with a published signature, under any version."""
        from alliance.models.signature import Signature

        return self.filter(Exists(Signature.objects.published().filter(organisation=OuterRef("pk"))))

    def with_card_data(self) -> "OrganisationQuerySet":
        """With `signed_at` of the signature in force."""
        from alliance.models.signature import Signature

        newest = Signature.objects.published().filter(organisation=OuterRef("pk")).order_by("-published_at")
        return self.annotate(signed_at=Subquery(newest.values("published_at")[:1]))

    def represented_by(self, user: Person) -> "OrganisationQuerySet":
        """Those for which this person may speak."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user, memberships__role="representative")

    def named(self, text: str) -> "OrganisationQuerySet":
        """Those called exactly so, by name or alias, whatever the capitals."""
        text = text.strip()
        lower_aliases = Cast(Lower(Cast("aliases", TextField())), ArrayField(TextField()))
        return self.annotate(lower_aliases=lower_aliases).filter(
            Q(name__iexact=text) | Q(lower_aliases__contains=[text.lower()])
        )


class DeclarationQuerySet(QuerySet):
    """Versions of the declaration."""

    def published(self) -> "DeclarationQuerySet":
        """Those that are or were in force."""
        return self.filter(published_at__lte=timezone.now())

    def current(self):
        """The version in force, or None before the first."""
        return self.published().order_by("-version").first()


class SignatureQuerySet(QuerySet):
    """Signatures."""

    def published(self) -> "SignatureQuerySet":
        """Those in force."""
        return self.filter(status="published")

    def public(self) -> "SignatureQuerySet":
        """Those whose proof anyone may look up: in force, on hold, or withdrawn."""
        from alliance.models.signature import PUBLIC

        return self.filter(status__in=PUBLIC)

    def with_token(self, token: str):
        """The unconfirmed signature that this link confirms, or None when the link is unknown, used or too old."""
        waiting = self.unconfirmed().filter(
            confirmation_hash=hash_token(token), confirmation_expires_at__gt=timezone.now()
        )
        return waiting.with_card_data().first()

    def unconfirmed(self) -> "SignatureQuerySet":
        """Those whose signer has not opened the link yet."""
        return self.filter(status="unconfirmed")

    def active(self) -> "SignatureQuerySet":
        """Those that keep the organisation from signing the same version again."""
        from alliance.models.signature import ACTIVE

        return self.filter(status__in=ACTIVE)

    def rejected_before(self, moment: datetime) -> "SignatureQuerySet":
        """Those that the secretariat rejected before `moment`."""
        return self.filter(status="rejected", decided_at__lt=moment)

    def to_verify(self) -> "SignatureQuerySet":
        """The secretariat's work list, longest waiting first."""
        return self.filter(status="submitted").order_by("confirmed_at")

    def with_card_data(self) -> "SignatureQuerySet":
        """What a card or row shows, in a fixed number of queries."""
        return self.select_related("organisation", "declaration").prefetch_related("themes")
