"""Addresses of the knowledge base."""

from django.urls import path

from knowledgebase.staff import reviews, search_words
from knowledgebase.views import adoptions, browse, practice, writing

app_name = "knowledgebase"

urlpatterns = [
    path("kennisbank/", browse.practice_list, name="practice_list"),
    path("kennisbank/atom.xml", browse.practice_feed, name="practice_feed"),
    path("kennisbank/praktijkvoorbeelden.<str:extension>", browse.practice_export, name="practice_export"),
    path("kennisbank/indienen/<slug:outcome_slug>/", writing.practice_start, name="practice_start"),
    # /kennisbank/<slug>/
    path("kennisbank/<slug:slug>/", practice.practice_detail, name="practice_detail"),
    path("kennisbank/<slug:slug>/bewerken/", writing.practice_edit, name="practice_edit"),
    path("kennisbank/<slug:slug>/overnemen/", adoptions.practice_adopt, name="practice_adopt"),
    # /beheer/praktijkvoorbeelden/
    path("beheer/praktijkvoorbeelden/", reviews.review_list, name="review_list"),
    path("beheer/zoekwoorden/", search_words.search_words, name="search_words"),
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
