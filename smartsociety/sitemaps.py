"""The public pages, for search engines, in both languages."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alliance.models import Organisation, Project
from fieldlabs.models import Case, Fieldlab, Outcome, Report
from knowledgebase.models import Collection, GroundRule, Need, Practice, Publication
from knowledgebase.use_filters import NeedFilter

PAGES = (
    "home",
    "alliance:declaration",
    "alliance:signature_create",
    "alliance:signatory_list",
    "alliance:project_list",
    "alliance:contact",
    "fieldlabs:fieldlab_list",
    "fieldlabs:case_list",
    "fieldlabs:outcome_search",
    "knowledgebase:practice_list",
    "knowledgebase:wanted_list",
    "knowledgebase:need_list",
    "knowledgebase:collection_list",
    "knowledgebase:publication_list",
    "knowledgebase:rule_list",
    "impact",
    "knowledgebase:adoption_list",
    "knowledgebase:municipality_list",
    "accessibility",
    "privacy",
)


class _Bilingual(Sitemap):
    i18n = alternates = x_default = True


class PageSitemap(_Bilingual):
    """Pages with a fixed address."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class ObjectSitemap(_Bilingual):
    """Public objects of one kind."""

    def __init__(self, rows) -> None:
        self.rows = rows

    def items(self):
        return self.rows.order_by("pk")


def sitemap(request: HttpRequest) -> HttpResponse:
    """/sitemap.xml, made of what a visitor may see now."""
    sections = {
        "pages": PageSitemap(),
        "organisations": ObjectSitemap(Organisation.objects.public()),
        "projects": ObjectSitemap(Project.objects.published()),
        "fieldlabs": ObjectSitemap(Fieldlab.objects.public()),
        "cases": ObjectSitemap(Case.objects.public()),
        "outcomes": ObjectSitemap(Outcome.objects.public().select_related("fieldlab")),
        "reports": ObjectSitemap(
            Report.objects.filter(published_at__isnull=False).select_related("fieldlab")
        ),
        "practices": ObjectSitemap(Practice.objects.published().only("slug")),
        "needs": ObjectSitemap(Need.objects.filter(status__in=NeedFilter.LISTED)),
        "collections": ObjectSitemap(Collection.objects.published()),
        "publications": ObjectSitemap(Publication.objects.shown()),
        "rules": ObjectSitemap(GroundRule.objects.all()),
    }
    return sitemap_view(request, sections)
