"""Who takes part: organisations of all helix sides, and the people who act for them."""

from hashlib import sha256
from urllib.parse import urlsplit

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliance.querysets import OrganisationQuerySet
from smartsociety.core.files import RandomName, private_storage
from smartsociety.core.mail_domains import is_free_mail
from smartsociety.core.validators import plain_line, plain_text

# Classes of municipalities: label, from, and up to but not including.
SIZES = {
    "s": (_("fewer than 20,000 inhabitants"), 0, 20_000),
    "m": (_("20,000 to 50,000"), 20_000, 50_000),
    "l": (_("50,000 to 100,000"), 50_000, 100_000),
    "xl": (_("100,000 or more"), 100_000, 10_000_000),
}


class Province(models.TextChoices):
    """The twelve provinces; names are the same in both languages."""

    DRENTHE = "drenthe", "Drenthe"
    FLEVOLAND = "flevoland", "Flevoland"
    FRYSLAN = "fryslan", "Fryslân"
    GELDERLAND = "gelderland", "Gelderland"
    GRONINGEN = "groningen", "Groningen"
    LIMBURG = "limburg", "Limburg"
    NOORD_BRABANT = "noord-brabant", "Noord-Brabant"
    NOORD_HOLLAND = "noord-holland", "Noord-Holland"
    OVERIJSSEL = "overijssel", "Overijssel"
    UTRECHT = "utrecht", "Utrecht"
    ZEELAND = "zeeland", "Zeeland"
    ZUID_HOLLAND = "zuid-holland", "Zuid-Holland"


class Helix(models.TextChoices):
    """The four sides of the quadruple helix."""

    GOVERNMENT = "government", _("Government")
    BUSINESS = "business", _("Business")
    KNOWLEDGE = "knowledge", _("Knowledge")
    SOCIETY = "society", _("Society")


class Kind(models.TextChoices):
    """Kinds of organisation; each belongs to one helix side (`HELIX_KINDS`)."""

    MUNICIPALITY = "municipality", _("Municipality")
    PROVINCE = "province", _("Province")
    WATER_AUTHORITY = "water_authority", _("Water authority")
    MINISTRY = "ministry", _("Ministry")
    EXECUTIVE_AGENCY = "executive_agency", _("Executive agency")
    PARTNERSHIP = "partnership", _("Partnership of governments")
    SAFETY = "safety", _("Safety, health or environmental service")
    COMPANY = "company", _("Company")
    BRANCH = "branch", _("Trade association")
    UNIVERSITY = "university", _("University")
    APPLIED_SCIENCES = "applied_sciences", _("University of applied sciences")
    VOCATIONAL = "vocational", _("Vocational college")
    RESEARCH = "research", _("Research institute")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisation")
    RESIDENTS = "residents", _("Residents' initiative")


# domain: §4a, kinds of organisation and their helix side.
HELIX_KINDS: dict[str, tuple[str, ...]] = {
    Helix.GOVERNMENT: (
        Kind.MUNICIPALITY,
        Kind.PROVINCE,
        Kind.WATER_AUTHORITY,
        Kind.MINISTRY,
        Kind.EXECUTIVE_AGENCY,
        Kind.PARTNERSHIP,
        Kind.SAFETY,
    ),
    Helix.BUSINESS: (Kind.COMPANY, Kind.BRANCH),
    Helix.KNOWLEDGE: (Kind.UNIVERSITY, Kind.APPLIED_SCIENCES, Kind.VOCATIONAL, Kind.RESEARCH),
    Helix.SOCIETY: (Kind.CIVIL_SOCIETY, Kind.RESIDENTS),
}


def kinds_in_sql(helix: Helix) -> str:
    """The kinds of organisation on a side of the helix, for in a trigger."""
    return ", ".join(f"'{kind.value}'" for kind in HELIX_KINDS[helix])


# Complete in the register: nobody may enter another one.
REGISTERED_KINDS = (Kind.MUNICIPALITY, Kind.PROVINCE, Kind.WATER_AUTHORITY)


@pghistory.track()
class Organisation(models.Model):
    """A party that signs, works in fieldlabs, owns practices or adopts them.

    The 342 municipalities, 12 provinces and 21 water authorities are known before they sign (`in_register`); everyone
    else comes into being by signing.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=120, validators=[plain_line])
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=120), verbose_name=_("other names"), default=list, blank=True
    )
    kvk_number = models.CharField(
        _("KvK number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("A KvK number has eight digits."))],
    )
    cbs_code = models.CharField(_("CBS code"), max_length=6, blank=True)
    description = models.TextField(_("description"), max_length=1000, blank=True, validators=[plain_text])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    province = models.CharField(_("province"), max_length=20, choices=Province, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True, validators=[plain_line])
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    email_domains = ArrayField(
        models.CharField(max_length=120), verbose_name=_("mail domains"), default=list, blank=True
    )
    # What a representative says; evidence only once the secretariat moved it to `email_domains`.
    proposed_domains = ArrayField(
        models.CharField(max_length=120), verbose_name=_("mail domains to check"), default=list, blank=True
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    succeeded_on = models.DateField(_("succeeded on"), null=True, blank=True)
    # Addresses that it had, or that organisations had which were merged into it; they lead here for ever.
    former_slugs = ArrayField(models.SlugField(max_length=100), default=list, blank=True, editable=False)
    logo = models.ImageField(
        _("logo"), upload_to=RandomName("logos"), storage=private_storage, blank=True, max_length=80
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    in_register = models.BooleanField(_("in the register of public bodies"), default=False)
    is_example = models.BooleanField(_("example"), default=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_is_known", condition=models.Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_province_is_known",
                condition=models.Q(province__in=[*Province.values, ""]),
            ),
            models.UniqueConstraint(
                Lower("name"),
                "kind",
                Lower("place"),
                name="%(app_label)s_%(class)s_is_entered_once",
                condition=models.Q(in_register=False),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_cbs_code_is_unique",
                fields=["cbs_code"],
                condition=~models.Q(cbs_code=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_place_on_map_is_whole",
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(  # said twice: a half place would make the comparison unknown, and unknown passes
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(50.5, 53.8),
                    longitude__range=(3.2, 7.4),
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_kvk_number_is_unique",
                fields=["kvk_number"],
                condition=~models.Q(kvk_number=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_successor_has_its_date",
                condition=models.Q(successor=None, succeeded_on=None)
                | models.Q(successor__isnull=False, succeeded_on__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_does_not_succeed_itself",
                condition=~models.Q(successor=models.F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation_detail", args=[self.slug])

    @property
    def helix(self) -> Helix:
        """The side of the quadruple helix it belongs to."""
        return next(Helix(helix) for helix, kinds in HELIX_KINDS.items() if self.kind in kinds)

    @property
    def is_gone(self) -> bool:
        """Whether its successor has taken over, today or before."""
        return self.succeeded_on is not None and self.succeeded_on <= timezone.localdate()

    def line(self) -> "list[Organisation]":
        """Itself and those that took over from it, as far as it goes."""
        found = [self]
        while (after := found[-1].successor) and after not in found:
            found.append(after)
        return found

    @property
    def known_domains(self) -> list[str]:
        """Domains from which its people mail: those that staff noted, and that of its website; never free mail."""
        website = (urlsplit(self.website).hostname or "").removeprefix("www.")
        domains = dict.fromkeys(domain.lower() for domain in (*self.email_domains, website) if domain)
        return [domain for domain in domains if not is_free_mail(domain)]

    @property
    def logo_url(self) -> str:
        """Where the logo is served; another logo has another address, so browsers may keep it for a year."""
        if not self.logo:
            return ""
        content = sha256(self.logo.name.encode()).hexdigest()[:12]  # a random name for each content
        return f"{reverse('alliance:organisation_logo', args=[self.slug])}?v={content}"


@pghistory.track()
class Membership(models.Model):
    """A person who acts for an organisation. A representative also speaks for it: registers, adopts, withdraws."""

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative", _("Representative")
        EDITOR = "editor", _("Editor")  # writes practices, does not speak for the organisation

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_unique", fields=["user", "organisation"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_role_is_known",
                condition=models.Q(role__in=["representative", "editor"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.organisation_id}"
