"""What can be chosen about a practice. "Not known" and "not applicable" are real answers, never the same as empty."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliance.models.organisation import SIZES


class Status(models.TextChoices):
    """Where a practice stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


TRANSITIONS: dict[str, tuple[str, ...]] = {
    Status.DRAFT: (Status.SUBMITTED,),
    Status.SUBMITTED: (Status.IN_REVIEW, Status.DRAFT),
    Status.IN_REVIEW: (Status.PUBLISHED, Status.DRAFT),
    Status.PUBLISHED: (Status.ARCHIVED,),
    Status.ARCHIVED: (Status.PUBLISHED,),
}


class Section(models.TextChoices):
    """A part of what a follower wants to know; written on a page of its own."""

    COSTS = "kosten", _("Costs and money")
    HOURS = "uren", _("Hours and time")
    SUPPLIER = "leverancier", _("Supplier and procurement")
    RULES = "regels", _("Law, privacy, ethics and ground rules")
    CODE = "code", _("Source code and data")
    CONDITIONS = "voorwaarden", _("Conditions")
    FOLLOWER = "overname", _("For who takes it over")


class Phase(models.TextChoices):
    """How far it came. Stopped is as welcome as scaled."""

    IDEA = "idea", _("Idea")
    EXPLORATION = "exploration", _("Exploration")
    PILOT = "pilot", _("Pilot")
    IN_USE = "in_use", _("In use")
    SCALED = "scaled", _("Scaled up")
    STOPPED = "stopped", _("Stopped")


class Gap(models.TextChoices):
    """An answer to an open question without text: nobody knows, or it does not play here."""

    UNKNOWN = "unknown", _("We do not know this")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class YesNo(models.TextChoices):
    """An answer to a closed question."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    UNKNOWN = "unknown", _("Not known yet")


class Cost(models.TextChoices):
    """Ranges of euros."""

    NONE = "none", _("No costs")
    LT_5K = "lt_5k", _("less than € 5,000")
    FROM_5K = "5k_25k", _("€ 5,000 to € 25,000")
    FROM_25K = "25k_100k", _("€ 25,000 to € 100,000")
    FROM_100K = "100k_500k", _("€ 100,000 to € 500,000")
    GT_500K = "gt_500k", _("more than € 500,000")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    UNKNOWN = "unknown", _("Not known yet")


class Effort(models.TextChoices):
    """Hours of own staff."""

    LT_40 = "lt_40", _("less than 40 hours")
    FROM_40 = "40_200", _("40 to 200 hours")
    FROM_200 = "200_800", _("200 to 800 hours")
    GT_800 = "gt_800", _("more than 800 hours")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    UNKNOWN = "unknown", _("Not known yet")


class Funding(models.TextChoices):
    """Where the money came from."""

    OWN = "own", _("Own budget")
    INNOVATION = "innovation", _("Innovation budget")
    SUBSIDY = "subsidy", _("Subsidy")
    EU = "eu", _("European programme")
    PARTNERS = "partners", _("Partners paid a part")


class Procurement(models.TextChoices):
    """How it was bought."""

    NOTHING_BOUGHT = "nothing_bought", _("Nothing was bought")
    DIRECT = "direct", _("One quote (private)")
    QUOTES = "quotes", _("Several quotes (private)")
    TENDER = "tender", _("Public tender")
    PARTNERSHIP = "partnership", _("Innovation partnership")
    JOINT = "joint", _("Bought together with others")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    UNKNOWN = "unknown", _("Not known yet")


class DataOwner(models.TextChoices):
    """Who may decide on the data."""

    GOVERNMENT = "government", _("The government organisation")
    SUPPLIER = "supplier", _("The supplier")
    SHARED = "shared", _("Shared by agreement")
    RESIDENTS = "residents", _("The residents themselves")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    UNKNOWN = "unknown", _("Not known yet")


class LegalBasis(models.TextChoices):
    """On what ground it was allowed."""

    PUBLIC_TASK = "public_task", _("Public task (GDPR art. 6.1 e)")
    CONSENT = "consent", _("Consent (GDPR art. 6.1 a)")
    LEGAL_DUTY = "legal_duty", _("Duty by law (GDPR art. 6.1 c)")
    MUNICIPALITIES_ACT = "municipalities_act", _("Municipalities Act (Gemeentewet)")
    ENVIRONMENT_ACT = "environment_act", _("Environment and Planning Act (Omgevingswet)")
    WGS = "wgs", _("Act on data processing by partnerships (WGS)")
    OTHER = "other", _("Another ground, see the note")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")
    UNKNOWN = "unknown", _("Not known yet")


class Dpia(models.TextChoices):
    """Whether a data protection impact assessment was done (AVG art. 35)."""

    DONE = "done", _("DPIA done")
    NOT_NEEDED = "not_needed", _("No DPIA needed")
    NOT_YET = "not_yet", _("No DPIA yet")
    UNKNOWN = "unknown", _("Not known yet")


class Area(models.TextChoices):
    """Kinds of area in which it can work."""

    CITY = "city", _("City")
    SUBURB = "suburb", _("Suburb")
    VILLAGE = "village", _("Villages")
    RURAL = "rural", _("Countryside")
    BUSINESS = "business", _("Business park")
    COAST = "coast", _("Coast and water")


class Wanted(models.TextChoices):
    """What the owner looks for."""

    SECOND = "second_municipality", _("A second municipality")
    FUNDER = "co_funder", _("A co-funder")
    TESTER = "tester", _("A tester")


class Evidence(models.TextChoices):
    """The ladder of evidence; each step is earned, dated, and expires unless confirmed."""

    DESCRIBED = "described", _("Described")
    MEASURED = "measured", _("Measured by the owner")
    REPRODUCED = "reproduced", _("Reproduced in two or more municipalities")
    EVALUATED = "evaluated", _("Evaluated independently")


SIZE_CHOICES = [(key, label) for key, (label, _low, _high) in SIZES.items()]
