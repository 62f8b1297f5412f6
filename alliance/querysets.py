"""Who may see which organisations, declarations and signatures."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Lower
from django.utils import timezone

from smartsociety.core.models import User
from smartsociety.core.tokens import hash_token

Person = User | AnonymousUser


def _gone(prefix: str = "") -> Q:
    """Went up in a successor by now; `prefix` leads to the organisation."""
    return Q(**{f"{prefix}succeeded_on__isnull": False, f"{prefix}succeeded_on__lte": timezone.localdate()})


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
        """Those of today with a published signature, under any version."""
        from alliance.models.signature import Signature

        return self.of_today().filter(
            Exists(Signature.objects.published().filter(organisation=OuterRef("pk")))
        )

    def with_card_data(self) -> "OrganisationQuerySet":
        """With `signed_at` of the newest signature in force, and `joined_at` of the first."""
        from alliance.models.signature import Signature

        own = Signature.objects.published().filter(organisation=OuterRef("pk"))
        newest, first = (
            Subquery(own.order_by(order).values("published_at")[:1])
            for order in ("-published_at", "published_at")
        )
        return self.annotate(signed_at=newest, joined_at=first)

    def with_signatures_in_force(self) -> "OrganisationQuerySet":
        """With `signatures_in_force`, newest first: with their version and themes."""
        from alliance.models.signature import Signature

        rows = Signature.objects.published().select_related("declaration").prefetch_related("themes")
        newest_first = rows.order_by("-published_at", "-pk")
        return self.prefetch_related(
            Prefetch("signatures", queryset=newest_first, to_attr="signatures_in_force")
        )

    def municipalities(self) -> "OrganisationQuerySet":
        """The municipalities of today: of the register, without those that went up in a successor."""
        return self.of_today().filter(kind="municipality", in_register=True)

    def of_today(self) -> "OrganisationQuerySet":
        """Without those that went up in a successor."""
        return self.exclude(_gone())

    def predecessors_of(self, organisation) -> "OrganisationQuerySet":
        """Those that went up in this one by now, directly or in steps."""
        found, newest = set(), {organisation.pk}
        while newest:
            gone = self.filter(successor__in=newest, succeeded_on__lte=timezone.localdate())
            newest = set(gone.values_list("pk", flat=True)) - found - {organisation.pk}
            found |= newest
        return self.filter(pk__in=found)

    def formerly(self, slug: str):
        """The one that has taken over this address, or None."""
        return self.filter(former_slugs__contains=[slug]).order_by("pk").first()

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

    def with_words(self, text: str) -> "OrganisationQuerySet":
        """Those with every word of `text` in their names, by name."""
        rows = self.annotate(other_names=Cast("aliases", TextField()))
        for word in text.split():
            rows = rows.filter(Q(name__icontains=word) | Q(other_names__icontains=word))
        return rows.order_by("name", "pk")


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

    def joining(self) -> "SignatureQuerySet":
        """Of each signatory the first signature in force, by which it joined; the newest signatory first."""
        earlier = self.model.objects.published().filter(
            Q(published_at__lt=OuterRef("published_at"))
            | Q(published_at=OuterRef("published_at"), pk__lt=OuterRef("pk")),
            organisation=OuterRef("organisation"),
        )
        joined = self.published().exclude(Exists(earlier)).exclude(_gone("organisation__"))
        return joined.order_by("-published_at", "-pk")

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

    def in_force(self) -> "SignatureQuerySet":
        """Published, or on hold for a while; the newest version first."""
        return self.filter(status__in=["published", "on_hold"]).order_by("-declaration__version")

    def to_nudge(self, day: date) -> "SignatureQuerySet":
        """Published ones that nobody asked about or confirmed since `day`; not when a newer version is signed."""
        newer = self.model.objects.in_force().filter(
            organisation=OuterRef("organisation"), declaration__version__gt=OuterRef("declaration__version")
        )
        long_ago = Q(checked_on__lte=day) | Q(checked_on=None, published_at__date__lte=day)
        here = self.published().exclude(_gone("organisation__"))
        return here.filter(long_ago, ~Exists(newer), nudged_at=None).with_card_data()

    def to_renew(self, declaration) -> "SignatureQuerySet":
        """Of each organisation of today its newest signature in force, when that is of an earlier version.

        Not when something waits under a newer one, or when somebody was asked before.
        """
        newer = self.model.objects.active().filter(
            organisation=OuterRef("organisation"), declaration__version__gt=OuterRef("declaration__version")
        )
        asked = Q(renewal_asked_for__gte=declaration.version)
        return (
            self.filter(status__in=["published", "on_hold"], declaration__version__lt=declaration.version)
            .filter(~Exists(newer))
            .exclude(asked)
            .exclude(_gone("organisation__"))
        )

    def with_card_data(self) -> "SignatureQuerySet":
        """What a card or row shows, in a fixed number of queries."""
        return self.select_related("organisation", "declaration").prefetch_related("themes")

    def with_joint(self) -> "SignatureQuerySet":
        """With whom it was signed: the partnership, or as `joint_in_force` those that joined by it."""
        joined = self.model.objects.published().select_related("organisation").order_by("organisation__name")
        return self.select_related("joint_with__organisation").prefetch_related(
            Prefetch("joint_signatures", queryset=joined, to_attr="joint_in_force")
        )


class ProjectQuerySet(QuerySet):
    """Projects of the agenda."""

    def published(self) -> "ProjectQuerySet":
        """Those that everybody sees."""
        return self.filter(is_published=True)

    def visible_to(self, user: Person) -> "ProjectQuerySet":
        """Published ones; for staff who keep the agenda all; for representatives also drafts that they lead."""
        from alliance.models import Organisation

        if user.is_authenticated and any(
            user.has_role(role) for role in (User.Role.SECRETARIAT, User.Role.PROGRAMME)
        ):
            return self
        own = Organisation.objects.represented_by(user).values("pk")
        return self.filter(Q(is_published=True) | Q(lead__in=own))

    def with_card_data(self) -> "ProjectQuerySet":
        """What a card shows: lead and themes, in a fixed number of queries."""
        return self.select_related("lead").prefetch_related("themes")
