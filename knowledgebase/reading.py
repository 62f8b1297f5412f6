"""Who reads: bookmarks of people, and numbers for owners that name organisations and never people."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from alliance.models import Organisation
from alliance.querysets import Person
from knowledgebase.models import Adoption, Bookmark, Practice, Question, ReadCount
from knowledgebase.models.adoption import ADOPTED
from smartsociety.core.mail_domains import domain_of
from smartsociety.core.models import User

# Numbers of days long ago say nothing any more.
READS_KEPT = timedelta(days=730)
# One statement: many readers at the same moment are all counted, and nobody waits long.
COUNT_ONE = """
    INSERT INTO knowledgebase_readcount (practice_id, organisation_id, read_on, number) VALUES (%s, %s, %s, 1)
    ON CONFLICT (practice_id, organisation_id, read_on) DO UPDATE SET number = knowledgebase_readcount.number + 1
"""


@dataclass(frozen=True)
class Readers:
    """What an owner may know: how many municipalities read, how often in all, who asked and who started."""

    municipalities: int
    organisations: int
    views: int
    asked: int
    started: int


def keep(*, practice: Practice, by: User) -> Bookmark:
    """Keep a practice for later; kept twice is kept once."""
    return Bookmark.objects.get_or_create(practice=practice, user=by)[0]


def let_go(*, practice: Practice, by: User) -> None:
    """Not any more."""
    Bookmark.objects.filter(practice=practice, user=by).delete()


@transaction.atomic
def count_reader(*, practice: Practice, reader: Person) -> None:
    """One more reader today: of an organisation when the domain of a signed-in reader's address tells, or of nobody.

    People of an owner do not count: they would read their own number.
    """
    organisation = organisation_of(reader)
    if organisation and practice.parts.filter(role="owner", organisation=organisation).exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, [practice.pk, organisation, timezone.localdate()])


def organisation_of(reader: Person) -> int | None:
    """The number of the organisation of which the mail domain is that of the reader."""
    if not reader.is_authenticated:
        return None
    domain = domain_of(reader.email)
    rows = Organisation.objects.of_today().filter(email_domains__contains=[domain])
    return rows.order_by("pk").values_list("pk", flat=True).first()


def readers_of(practice: Practice, *, since: date) -> Readers:
    """The numbers of a practice from that day on."""
    reads = ReadCount.objects.filter(practice=practice, read_on__gte=since)
    known = reads.exclude(organisation=None)
    municipalities = known.filter(organisation__kind="municipality")
    return Readers(
        municipalities=municipalities.values("organisation").distinct().count(),
        organisations=known.values("organisation").distinct().count(),
        views=reads.aggregate(all=Sum("number"))["all"] or 0,
        asked=Question.objects.filter(practice=practice, asked_at__date__gte=since)
        .values("asked_by")
        .distinct()
        .count(),
        started=Adoption.objects.filter(
            Q(stage__in=ADOPTED), practice=practice, claimed_at__date__gte=since
        ).count(),
    )


def erase_old_reads() -> int:
    """Forget numbers of long ago. Returns how many."""
    return ReadCount.objects.filter(read_on__lt=timezone.localdate() - READS_KEPT).delete()[0]
