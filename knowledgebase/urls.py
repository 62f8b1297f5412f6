"""Addresses of the knowledge base."""

from django.urls import path

from knowledgebase import staff_views, views

app_name = "knowledgebase"

urlpatterns = [
    path("kennisbank/", views.practice_list, name="practice_list"),
    path("kennisbank/indienen/<slug:outcome_slug>/", views.practice_start, name="practice_start"),
    # /kennisbank/<slug>/
    path("kennisbank/<slug:slug>/", views.practice_detail, name="practice_detail"),
    path("kennisbank/<slug:slug>/bewerken/", views.practice_edit, name="practice_edit"),
    path("kennisbank/<slug:slug>/overnemen/", views.practice_adopt, name="practice_adopt"),
    # /beheer/praktijkvoorbeelden/
    path("beheer/praktijkvoorbeelden/", staff_views.review_list, name="review_list"),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/beoordelen/",
        staff_views.practice_review,
        name="practice_review",
    ),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/terugsturen/",
        staff_views.practice_return,
        name="practice_return",
    ),
    path(
        "beheer/praktijkvoorbeelden/<slug:slug>/publiceren/",
        staff_views.practice_publish,
        name="practice_publish",
    ),
]
