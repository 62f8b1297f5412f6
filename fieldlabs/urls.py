"""Addresses of fieldlabs."""

from django.urls import path

from fieldlabs import feeds
from fieldlabs.staff import fieldlabs as staff_fieldlabs
from fieldlabs.staff import outcomes as staff_outcomes
from fieldlabs.views import fieldlabs, outcomes, registrations

app_name = "fieldlabs"

urlpatterns = [
    path("fieldlabs/", fieldlabs.fieldlab_list, name="fieldlab_list"),
    path("fieldlabs/kalender.ics", feeds.calendar, name="calendar"),
    path(
        "fieldlabs/aanmelding/<str:code>/annuleren/",
        registrations.registration_cancel,
        name="registration_cancel",
    ),
    # /fieldlabs/<slug>/
    path("fieldlabs/<slug:slug>/", fieldlabs.fieldlab_detail, name="fieldlab_detail"),
    path("fieldlabs/<slug:slug>/aanmelden/", registrations.fieldlab_register, name="fieldlab_register"),
    path("fieldlabs/<slug:slug>/opbrengst/", outcomes.outcome_list, name="outcome_list"),
    path(
        "fieldlabs/<slug:slug>/opbrengst/<slug:outcome_slug>/", outcomes.outcome_detail, name="outcome_detail"
    ),
    # /beheer/fieldlabs/
    path("beheer/fieldlabs/", staff_fieldlabs.fieldlab_list, name="staff_fieldlab_list"),
    path("beheer/fieldlabs/nieuw/", staff_fieldlabs.fieldlab_create, name="fieldlab_create"),
    path("beheer/fieldlabs/<slug:slug>/", staff_fieldlabs.fieldlab_edit, name="fieldlab_edit"),
    path("beheer/fieldlabs/<slug:slug>/status/", staff_fieldlabs.fieldlab_move, name="fieldlab_move"),
    path(
        "beheer/fieldlabs/<slug:slug>/opbrengst/nieuw/", staff_outcomes.outcome_create, name="outcome_create"
    ),
    path(
        "beheer/fieldlabs/<slug:slug>/opbrengst/<slug:outcome_slug>/",
        staff_outcomes.outcome_edit,
        name="outcome_edit",
    ),
]
