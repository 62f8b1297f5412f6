"""Ground rules and standards, to be read by everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from knowledgebase.filters import RuleFilter
from knowledgebase.models import GroundRule, Practice
from knowledgebase.permissions import can_keep_library
from smartsociety.core.comparison import compare
from smartsociety.core.pages import page_of


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """All of them, narrowed by words, status and theme."""
    chosen = RuleFilter(request.GET, queryset=GroundRule.objects.with_card_data())
    context = {"filter": chosen, "page": page_of(request, chosen.qs)}
    return render(request, "knowledgebase/rule_list.html", context)


@require_safe
def rule_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The wording that holds, where it was agreed, its versions and who follows it."""
    rule = get_object_or_404(GroundRule.objects.with_versions(), slug=slug)
    context = {
        "rule": rule,
        "followers": Practice.objects.published().filter(ground_rules=rule).with_card_data(),
        "may_keep": can_keep_library(request.user),
    }
    return render(request, "knowledgebase/rule_detail.html", context)


@require_safe
def rule_compare(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What changed from one version to the wording that holds, word by word."""
    rule = get_object_or_404(GroundRule.objects.with_versions(), slug=slug)
    older = next((version for version in rule.newest_first[1:] if version.number == number), None)
    if older is None:
        raise Http404("There is no such older version.")
    context = {
        "rule": rule,
        "older": older,
        "paragraphs": compare(older.text, rule.current.text),
        "value_paragraphs": compare(older.public_value, rule.current.public_value),
    }
    return render(request, "knowledgebase/rule_compare.html", context)
