"""Addresses of the knowledge base."""

from django.urls import include, path

from knowledgebase.staff import reviews
from knowledgebase.views import browse, practice, suggest, writing

app_name = "knowledgebase"

urlpatterns = [
    path("kennisbank/", browse.practice_list, name="practice_list"),
    path("kennisbank/suggesties/", suggest.practice_suggest, name="practice_suggest"),
    path("kennisbank/atom.xml", browse.practice_feed, name="practice_feed"),
    path("kennisbank/praktijkvoorbeelden.<str:extension>", browse.practice_export, name="practice_export"),
    path("", include("knowledgebase.use_urls")),
    path("kennisbank/indienen/<slug:outcome_slug>/", writing.practice_start, name="practice_start"),
    # /kennisbank/<slug>/
    path("kennisbank/<slug:slug>/", practice.practice_detail, name="practice_detail"),
    path("kennisbank/<slug:slug>/bewerken/", writing.practice_edit, name="practice_edit"),
    # /beheer/praktijkvoorbeelden/
    path("beheer/praktijkvoorbeelden/", reviews.review_list, name="review_list"),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/beoordelen/",
        reviews.practice_review,
        name="practice_review",
    ),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/terugsturen/",
        reviews.practice_return,
        name="practice_return",
    ),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/publiceren/",
        reviews.practice_publish,
        name="practice_publish",
    ),
]
