"""Two or three practices side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from knowledgebase.comparison import compare
from knowledgebase.forms.compare import CompareForm
from knowledgebase.models import Practice

AT_MOST = 3


@require_safe
def practice_compare(request: HttpRequest) -> HttpResponse:
    """`?p=` names a practice by its address, up to three times; a title that is typed becomes one of them."""
    slugs = list(dict.fromkeys(request.GET.getlist("p")))[:AT_MOST]
    form = CompareForm(request.GET if "add" in request.GET else None)
    if form.is_bound and form.is_valid():
        wanted = list(dict.fromkeys([*slugs, form.cleaned_data["add"].slug]))[-AT_MOST:]
        return redirect(f"{request.path}?{urlencode({'p': wanted}, doseq=True)}")
    found = {each.slug: each for each in Practice.objects.published().filter(slug__in=slugs).with_card_data()}
    practices = [found[slug] for slug in slugs if slug in found]
    context = {
        "practices": [(each, _without(each.slug, practices)) for each in practices],
        "parts": compare(practices) if len(practices) > 1 else [],
        "form": form if len(practices) < AT_MOST else None,
    }
    return render(request, "knowledgebase/practice_compare.html", context)


def _without(slug: str, practices: list[Practice]) -> str:
    """The query string of this page without one of them."""
    return urlencode({"p": [each.slug for each in practices if each.slug != slug]}, doseq=True)
