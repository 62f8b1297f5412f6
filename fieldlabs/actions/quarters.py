"""The quarter engine: the next four fieldlabs always exist, as drafts that staff fill in."""

from datetime import date, datetime, time

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fieldlabs.actions.fieldlab import schedule
from fieldlabs.models import Fieldlab
from fieldlabs.quarters import Quarter, proposed_day, quarter_of

AHEAD = 4
BEGINS, ENDS = time(9, 30), time(17)
PLACES = 60


@transaction.atomic
def plan_ahead(*, today: date | None = None) -> list[Fieldlab]:
    """Draft a fieldlab in each of the coming four quarters that has none that stands. Returns the new ones."""
    with connection.cursor() as cursor:  # two rounds at once would each see the same gap
        cursor.execute("LOCK TABLE fieldlabs_fieldlab IN SHARE ROW EXCLUSIVE MODE")
    present = quarter_of(today or timezone.localdate())
    coming = [present.after(number) for number in range(1, AHEAD + 1)]
    return [_draft(quarter) for quarter in coming if not held_in(quarter).exists()]


def held_in(quarter: Quarter):
    """Fieldlabs that start in this quarter and are not off."""
    zone = timezone.get_default_timezone()
    begins = datetime.combine(quarter.first, time(), zone)
    ends = datetime.combine(quarter.after(1).first, time(), zone)
    return Fieldlab.objects.filter(starts_at__gte=begins, starts_at__lt=ends).exclude(status="cancelled")


def _draft(quarter: Quarter) -> Fieldlab:
    day, zone = proposed_day(quarter), timezone.get_default_timezone()
    words = {}
    for language in ("nl", "en"):
        with override(language):
            words[f"title_{language}"] = _("Fieldlab %(quarter)s") % {"quarter": quarter}
            words[f"summary_{language}"] = _("The fieldlab of this quarter. What it is about follows.")
    fieldlab = Fieldlab(
        **words,
        starts_at=datetime.combine(day, BEGINS, zone),
        ends_at=datetime.combine(day, ENDS, zone),
        capacity=PLACES,
    )
    return schedule(fieldlab=fieldlab, by=None)
