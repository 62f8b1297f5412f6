"""Addresses of the knowledge base."""

from django.urls import include, path

from knowledgebase import library_urls, search_urls, writing_urls
from knowledgebase.views import browse, practice, suggest

app_name = "knowledgebase"

urlpatterns = [
    path("kennisbank/", browse.practice_list, name="practice_list"),
    path("kennisbank/suggesties/", suggest.practice_suggest, name="practice_suggest"),
    path("kennisbank/titels/", suggest.practice_names, name="practice_names"),
    path("kennisbank/atom.xml", browse.practice_feed, name="practice_feed"),
    path("kennisbank/praktijkvoorbeelden.<str:extension>", browse.practice_export, name="practice_export"),
    path("", include("knowledgebase.use_urls")),
    *library_urls.before,
    *writing_urls.before,
    # /kennisbank/<slug>/
    path("kennisbank/<slug:slug>/", practice.practice_detail, name="practice_detail"),
    *writing_urls.below,
    *library_urls.rules,
    # /beheer/
    *writing_urls.desk,
    *library_urls.desk,
    *search_urls.desk,
]
