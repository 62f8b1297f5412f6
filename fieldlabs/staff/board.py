"""The year board: quarters, states, themes and gaps."""

from datetime import datetime, time

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alliance.models import Theme
from fieldlabs.actions.quarters import plan_ahead
from fieldlabs.models import Fieldlab
from fieldlabs.permissions import can_plan
from fieldlabs.quarters import SCHOOL_HOLIDAYS_KNOWN_UNTIL, Quarter, proposed_day, quarter_of, why_not
from smartsociety.core.permissions import require

YEARS = range(2019, 2100)


@login_required
@require_safe
def board(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """One year, quarter by quarter; a quarter without a fieldlab says on which day one could be."""
    require(can_plan(request.user))
    year = year or timezone.localdate().year
    if year not in YEARS:
        raise Http404(year)
    quarters = [Quarter(year, number) for number in (1, 2, 3, 4)]
    fieldlabs = list(_of(year))
    covered = {
        theme.pk
        for fieldlab in fieldlabs
        if fieldlab.status != "cancelled"
        for theme in fieldlab.themes.all()
    }
    context = {
        "year": year,
        "rows": [_row(quarter, fieldlabs) for quarter in quarters],
        "missing_themes": Theme.objects.exclude(pk__in=covered),
        "school_known_until": SCHOOL_HOLIDAYS_KNOWN_UNTIL,
    }
    return render(request, "fieldlabs/staff/board.html", context)


def _of(year: int):
    zone = timezone.get_default_timezone()
    begins, ends = (datetime.combine(Quarter(y, 1).first, time(), zone) for y in (year, year + 1))
    found = Fieldlab.objects.filter(starts_at__gte=begins, starts_at__lt=ends).with_card_data()
    return found.order_by("starts_at")


def _row(quarter: Quarter, fieldlabs: list[Fieldlab]) -> dict:
    """A quarter with its fieldlabs, what stands in the way of each, and the free day when there is a gap."""
    here = [one for one in fieldlabs if quarter_of(timezone.localtime(one.starts_at).date()) == quarter]
    standing = [one for one in here if one.status != Fieldlab.Status.CANCELLED]
    today = timezone.localdate()
    is_past = quarter.last < today
    return {
        "quarter": quarter,
        "fieldlabs": [(one, why_not(timezone.localtime(one.starts_at).date())) for one in here],
        "is_past": is_past,
        "free_on": None if standing or is_past else proposed_day(quarter, after=today),
        "is_gap": not standing,
    }


@login_required
@require_POST
def board_fill(request: HttpRequest) -> HttpResponse:
    """Plan the coming four quarters now, as the night would."""
    require(can_plan(request.user))
    made = plan_ahead()
    if made:
        titles = ", ".join(str(fieldlab) for fieldlab in made)
        messages.success(request, _("Planned as drafts: %(titles)s.") % {"titles": titles})
    else:
        messages.info(request, _("The coming four quarters each have a fieldlab already."))
    return redirect("fieldlabs:board")
