"""What fieldlabs yield: all of it, of one fieldlab, and one outcome."""

from functools import cache

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fieldlabs.exports import OUTCOMES
from fieldlabs.feeds import OutcomeFeed
from fieldlabs.filters import OutcomeFilter
from fieldlabs.models import Fieldlab, FollowUp, Outcome
from fieldlabs.permissions import can_plan, can_turn_into_practice, can_write
from fieldlabs.thread import outcome_thread
from smartsociety.core.exports import CONTENT_TYPES
from smartsociety.core.pages import lazily, page_of

FILES = ("csv", "json")

outcome_feed = require_safe(OutcomeFeed())


@require_safe
def outcome_search(request: HttpRequest) -> HttpResponse:
    """Everything that fieldlabs yielded, to search in."""
    chosen = lazily(lambda: OutcomeFilter(request.GET, queryset=Outcome.objects.public().with_card_data()))
    context = {
        "filter": chosen,
        "page": lazily(lambda: page_of(request, chosen.qs)),
        "outcome_count": cache(Outcome.objects.public().count),
        "files": {extension: CONTENT_TYPES[extension] for extension in FILES},
    }
    return render(request, "fieldlabs/outcome_search.html", context)


@require_safe
def outcome_export(request: HttpRequest, extension: str) -> HttpResponse:
    """The list with the choices in force, as a file. A choice that does not exist is refused, not passed over."""
    if extension not in FILES:
        raise Http404(extension)
    chosen = OutcomeFilter(request.GET, queryset=Outcome.objects.public().for_export())
    if not chosen.form.is_valid():
        raise BadRequest(", ".join(chosen.form.errors))
    source = settings.SITE_URL + request.get_full_path()
    return OUTCOMES.response(chosen.qs, extension=extension, source=source)


@require_safe
def outcome_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What one fieldlab yielded."""
    fieldlab = get_object_or_404(Fieldlab.objects.visible_to(request.user), slug=slug)
    outcomes = fieldlab.outcomes.visible_to(request.user).with_card_data()
    context = {"fieldlab": fieldlab, "page": page_of(request, outcomes), "may_plan": can_plan(request.user)}
    return render(request, "fieldlabs/outcome_list.html", context)


@require_safe
def outcome_detail(request: HttpRequest, slug: str, outcome_slug: str) -> HttpResponse:
    """One outcome, where it came from and what became of it."""
    outcomes = Outcome.objects.visible_to(request.user).with_card_data()
    outcome = get_object_or_404(outcomes, fieldlab__slug=slug, slug=outcome_slug)
    practices = outcome.practices.visible_to(request.user).with_card_data()
    context = {
        "outcome": outcome,
        "measurements": outcome.measurements.all(),
        "links": outcome.links.all(),
        "files": outcome.files.all(),
        "followups": FollowUp.objects.filter(outcome=outcome).with_card_data(),
        "practices": practices,
        "thread_steps": outcome_thread(outcome, practices),
        "may_plan": can_plan(request.user),
        "may_write": can_write(request.user, outcome),
        "may_start": can_turn_into_practice(request.user, outcome),
    }
    return render(request, "fieldlabs/outcome_detail.html", context)


@require_safe
def outcome_file(request: HttpRequest, slug: str, outcome_slug: str, pk: int) -> HttpResponse:
    """A document, to download: the browser never shows it as a page of ours."""
    outcome = get_object_or_404(
        Outcome.objects.visible_to(request.user), fieldlab__slug=slug, slug=outcome_slug
    )
    document = get_object_or_404(outcome.files, pk=pk)
    name = f"{outcome.slug}-{document.pk}.{document.extension}"
    return FileResponse(
        document.file.open("rb"), as_attachment=True, filename=name, content_type=document.content_type
    )
