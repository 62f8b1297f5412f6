"""All addresses: Dutch without a prefix, the same under /en/ in English."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from smartsociety import searching, views
from smartsociety.core.styleguide import styleguide
from smartsociety.sitemaps import sitemap

handler400 = "smartsociety.core.errors.bad_request"
handler403 = "smartsociety.core.errors.permission_denied"
handler404 = "smartsociety.core.errors.page_not_found"
handler500 = "smartsociety.core.errors.server_error"

urlpatterns = [
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("knowledgebase.urls")),  # read most, so looked through first
        path("", include("fieldlabs.urls")),
        path("", include("alliance.urls")),
        path("zoeken/", searching.search, name="search"),
        path("zoeken/suggesties/", searching.suggest, name="search_suggest"),
        path("zoeken/geteld/", searching.search_count, name="search_count"),
        path("impact/", views.impact, name="impact"),
        path("organisaties/<slug:slug>/", views.organisation_detail, name="organisation_detail"),
        path("mijn/", views.my_page, name="my_page"),
        path("beheer/", views.staff_home, name="staff_home"),
        path("beheer/", include("smartsociety.core.staff_urls")),
        path("beheer/admin/", admin.site.urls),
        path("account/", include("allauth.urls")),
        path("stijlgids/", styleguide, name="styleguide"),
        path("toegankelijkheid/", views.accessibility, name="accessibility"),
        path("privacy/", views.privacy, name="privacy"),
        *([path("ontwikkel/", include("smartsociety.core.development_urls"))] if settings.DEBUG else []),
        prefix_default_language=False,
    ),
]
