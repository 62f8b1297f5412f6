"""Whether two names are one organisation: however it is spelled, by whatever alias, KvK number or mail domain."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, QuerySet

from alliance.models import Declaration, Organisation, Signature
from smartsociety.core.mail_domains import domain_of, is_free_mail, lies_in

# What says how an organisation is organised, not which one it is.
LEGAL_FORMS = {
    "ba",
    "bv",
    "bvba",
    "cooperatie",
    "cooperatieve",
    "cv",
    "gmbh",
    "inc",
    "llc",
    "ltd",
    "maatschap",
    "nv",
}
LEGAL_FORMS |= {"plc", "sa", "stichting", "ua", "vereniging", "vof"}
# Words that people put before the name of a municipality, or leave out.
MUNICIPAL = {"gemeente", "gem", "municipality", "of"}
ARTICLES = {"de", "het", "the"}
# Letters that are no letter with an accent.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "ĳ": "ij"}
)
# From here two names are one with a slip of the pen; "Almere" and "Almelo" (0.83) are two.
CLOSE = 0.87
# In a shorter name one letter makes another organisation.
CLOSE_FROM = 6


def normalise(name: str) -> str:
    """`name` without capitals, accents, punctuation, "gemeente", articles and legal forms.

    Never empty for a name that has a letter or digit: a name of such words only keeps them.
    """
    folded = unicodedata.normalize("NFKD", name).casefold().translate(PLAIN_LETTERS)
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    bare = re.sub(
        r"\b((?:\w\.){2,})", lambda found: found[1].replace(".", ""), f"{bare.replace('&', ' en ')}."
    )
    words = [word for word in re.split(r"[\W_]+", bare) if word]
    telling = [word for word in words if word not in LEGAL_FORMS | MUNICIPAL | ARTICLES]
    return " ".join(telling or words)


def is_close(one: str, other: str) -> bool:
    """Whether two normalised names differ by a slip of the pen."""
    if min(len(one), len(other)) < CLOSE_FROM or _numbers(one) != _numbers(other):
        return False
    ratio = SequenceMatcher(None, one.replace(" ", ""), other.replace(" ", ""), autojunk=False)
    return ratio.quick_ratio() >= CLOSE and ratio.ratio() >= CLOSE


def _numbers(name: str) -> list[str]:
    return re.findall(r"\d+", name)


@dataclass(frozen=True)
class Described:
    """An organisation as somebody describes it; only the name is needed."""

    name: str
    kind: str = ""
    place: str = ""
    kvk_number: str = ""
    website: str = ""
    email: str = ""

    @cached_property
    def key(self) -> str:
        """The name as it is compared."""
        return normalise(self.name)

    @cached_property
    def domains(self) -> set[str]:
        """Domains that tell who it is: of the website and the mail address, never of free mail."""
        host = (urlsplit(self.website).hostname or "").removeprefix("www.")
        return {domain for domain in (host, domain_of(self.email)) if domain and not is_free_mail(domain)}


@dataclass(frozen=True)
class Match:
    """An organisation that may be the same, and what says so: number, name, spelling or domain.

    `certain` when it can be no other: the same KvK number, or the same name where nothing speaks against it.
    """

    organisation: Organisation
    reason: str
    certain: bool


def match(described: Described, organisation: Organisation) -> Match | None:
    """How `described` is `organisation`, by the strongest evidence; None when nothing says so."""
    if described.kvk_number and described.kvk_number == organisation.kvk_number:
        return Match(organisation, "number", certain=True)
    names = {normalise(name) for name in (organisation.name, *organisation.aliases)} - {""}
    if described.key in names:
        return Match(organisation, "name", certain=_nothing_against(described, organisation))
    if any(is_close(described.key, name) for name in names):
        return Match(organisation, "spelling", certain=False)
    if any(lies_in(domain, organisation.known_domains) for domain in described.domains):
        return Match(organisation, "domain", certain=False)
    return None


def _nothing_against(described: Described, organisation: Organisation) -> bool:
    """Neither another kind, nor another place, nor another KvK number."""
    pairs = (
        (described.kind, organisation.kind),
        (normalise(described.place), normalise(organisation.place)),
        (described.kvk_number, organisation.kvk_number),
    )
    return all(not (one and other) or one == other for one, other in pairs)


ORDER = ("number", "name", "spelling", "domain")


def matches(described: Described, among: QuerySet[Organisation] | None = None) -> list[Match]:
    """Every organisation that may be the one described, the strongest evidence first."""
    rows = Organisation.objects.all() if among is None else among
    found = (match(described, organisation) for organisation in rows)
    return sorted(filter(None, found), key=lambda one: (not one.certain, ORDER.index(one.reason)))


def already_signed(described: Described, declaration: Declaration) -> list[Match]:
    """Organisations that may be the one described and have an active signature under this version."""
    active = Signature.objects.active().filter(organisation=OuterRef("pk"), declaration=declaration)
    return matches(described, Organisation.objects.filter(Exists(active)))


def matches_of(organisation: Organisation, among: QuerySet[Organisation] | None = None) -> list[Match]:
    """Organisations that may be the same as this one, for staff who look for duplicates."""
    described = Described(
        name=organisation.name, kind=organisation.kind, place=organisation.place,
        kvk_number=organisation.kvk_number, website=organisation.website,
    )  # fmt: skip
    rows = (Organisation.objects.all() if among is None else among).exclude(pk=organisation.pk)
    found = {
        one.organisation.pk: one
        for alias in organisation.aliases
        for one in matches(Described(name=alias, kind=organisation.kind), rows)
        if one.reason == "name"
    }
    return [*(one for one in matches(described, rows) if one.organisation.pk not in found), *found.values()]
