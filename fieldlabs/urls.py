"""Addresses of fieldlabs."""

from django.urls import path

from fieldlabs import feeds, staff_views, views

app_name = "fieldlabs"

urlpatterns = [
    path("fieldlabs/", views.fieldlab_list, name="fieldlab_list"),
    path("fieldlabs/kalender.ics", feeds.calendar, name="calendar"),
    path("fieldlabs/aanmelding/<str:code>/annuleren/", views.registration_cancel, name="registration_cancel"),
    # /fieldlabs/<slug>/
    path("fieldlabs/<slug:slug>/", views.fieldlab_detail, name="fieldlab_detail"),
    path("fieldlabs/<slug:slug>/aanmelden/", views.fieldlab_register, name="fieldlab_register"),
    path("fieldlabs/<slug:slug>/opbrengst/", views.outcome_list, name="outcome_list"),
    path("fieldlabs/<slug:slug>/opbrengst/<slug:outcome_slug>/", views.outcome_detail, name="outcome_detail"),
    # /beheer/fieldlabs/
    path("beheer/fieldlabs/", staff_views.fieldlab_list, name="staff_fieldlab_list"),
    path("beheer/fieldlabs/nieuw/", staff_views.fieldlab_create, name="fieldlab_create"),
    path("beheer/fieldlabs/<slug:slug>/", staff_views.fieldlab_edit, name="fieldlab_edit"),
    path("beheer/fieldlabs/<slug:slug>/status/", staff_views.fieldlab_move, name="fieldlab_move"),
    path("beheer/fieldlabs/<slug:slug>/opbrengst/nieuw/", staff_views.outcome_create, name="outcome_create"),
    path(
        "beheer/fieldlabs/<slug:slug>/opbrengst/<slug:outcome_slug>/",
        staff_views.outcome_edit,
        name="outcome_edit",
    ),
]
