"""A list of practices and a practice, as somebody who knows Wagtail well would write them."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

PAGE_SIZE = 24
FACETS = ("phase", "cost", "province", "themes__slug")


class Theme(models.Model):
    """What a practice is about."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class PracticeList(Page):
    """All practices, newest first, with choices and how many practices each gives."""

    def get_context(self, request: HttpRequest, *arguments, **named) -> dict[str, Any]:
        """The page of practices that was asked for."""
        context = super().get_context(request, *arguments, **named)
        practices = PracticePage.objects.live().child_of(self)
        chosen = {name: request.GET.getlist(name) for name in FACETS if name in request.GET}
        narrowed = practices.filter(**{f"{name}__in": values for name, values in chosen.items()})
        shown = narrowed.prefetch_related("themes").order_by("-first_published_at")
        context["practices"] = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
        context["facets"] = [(name, _counts(practices, chosen, name)) for name in FACETS]
        return context


def _counts(practices: QuerySet, chosen: dict[str, list[str]], name: str) -> QuerySet:
    """How many practices each value gives while the other choices stand."""
    others = {f"{other}__in": values for other, values in chosen.items() if other != name}
    rows = practices.filter(**others).order_by(name).values_list(name)
    return rows.annotate(number=Count("pk", distinct=True))


class PracticePage(Page):
    """One practice."""

    summary = models.TextField()
    owner_names = models.CharField(max_length=500)
    phase = models.CharField(max_length=20, db_index=True)
    cost = models.CharField(max_length=20, db_index=True)
    province = models.CharField(max_length=20, db_index=True)
    adopted = models.IntegerField(default=0)
    body = RichTextField()
    themes = ParentalManyToManyField(Theme)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body"), FieldPanel("themes")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
