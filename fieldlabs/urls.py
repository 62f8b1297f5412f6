"""Addresses of fieldlabs."""

from django.urls import path

from fieldlabs import feeds
from fieldlabs.staff import fieldlabs as staff_fieldlabs
from fieldlabs.staff import outcomes as staff_outcomes
from fieldlabs.staff import reports as staff_reports
from fieldlabs.views import fieldlabs, followups, outcomes, registrations, reports, writing

app_name = "fieldlabs"

urlpatterns = [
    path("fieldlabs/", fieldlabs.fieldlab_list, name="fieldlab_list"),
    path("fieldlabs/kalender.ics", feeds.calendar, name="calendar"),
    path(
        "fieldlabs/aanmelding/<str:code>/annuleren/",
        registrations.registration_cancel,
        name="registration_cancel",
    ),
    path("fieldlabs/opbrengsten/", outcomes.outcome_search, name="outcome_search"),
    path("fieldlabs/opbrengsten/atom.xml", outcomes.outcome_feed, name="outcome_feed"),
    path("fieldlabs/opbrengsten/export.<str:extension>", outcomes.outcome_export, name="outcome_export"),
    path("fieldlabs/vervolgafspraak/<str:token>/", followups.followup_answer, name="followup_answer"),
    path("fieldlabs/vragenlijst/<str:token>/", reports.questionnaire, name="questionnaire"),
    # /fieldlabs/<slug>/
    path("fieldlabs/<slug:slug>/", fieldlabs.fieldlab_detail, name="fieldlab_detail"),
    path("fieldlabs/<slug:slug>/aanmelden/", registrations.fieldlab_register, name="fieldlab_register"),
    path("fieldlabs/<slug:slug>/opbrengst/", outcomes.outcome_list, name="outcome_list"),
    path(
        "fieldlabs/<slug:slug>/opbrengst/<slug:outcome_slug>/", outcomes.outcome_detail, name="outcome_detail"
    ),
    *(
        path(f"fieldlabs/<slug:slug>/opbrengst/<slug:outcome_slug>/{end}", view, name=name)
        for end, view, name in (
            ("schrijven/", writing.outcome_write, "outcome_write"),
            ("bijlagen/", writing.outcome_evidence, "outcome_evidence"),
            ("bijlagen/<slug:kind>/<int:pk>/verwijderen/", writing.evidence_remove, "evidence_remove"),
            ("bestanden/<int:pk>/", outcomes.outcome_file, "outcome_file"),
            ("geschiedenis/", writing.outcome_history, "outcome_history"),
            ("vervolgafspraken/", followups.outcome_followups, "outcome_followups"),
        )
    ),
    path("fieldlabs/<slug:slug>/verslag/", reports.report_detail, name="report_detail"),
    path("fieldlabs/<slug:slug>/verslag.pdf", reports.report_pdf, name="report_pdf"),
    # /beheer/fieldlabs/
    path("beheer/fieldlabs/", staff_fieldlabs.fieldlab_list, name="staff_fieldlab_list"),
    path("beheer/fieldlabs/nieuw/", staff_fieldlabs.fieldlab_create, name="fieldlab_create"),
    path("beheer/fieldlabs/<slug:slug>/", staff_fieldlabs.fieldlab_edit, name="fieldlab_edit"),
    path("beheer/fieldlabs/<slug:slug>/status/", staff_fieldlabs.fieldlab_move, name="fieldlab_move"),
    path(
        "beheer/fieldlabs/<slug:slug>/opbrengst/nieuw/", staff_outcomes.outcome_create, name="outcome_create"
    ),
    *(
        path(f"beheer/fieldlabs/<slug:slug>/opbrengst/<slug:outcome_slug>/{end}", view, name=name)
        for end, view, name in (
            ("status/", staff_outcomes.outcome_move, "outcome_move"),
            ("schrijvers/", staff_outcomes.outcome_writers, "outcome_writers"),
            ("schrijvers/<int:pk>/verwijderen/", staff_outcomes.writer_remove, "writer_remove"),
        )
    ),
    path("beheer/fieldlabs/<slug:slug>/vervolgafspraken/", staff_reports.followup_list, name="followup_list"),
    path(
        "beheer/fieldlabs/<slug:slug>/vervolgafspraken/<int:pk>/",
        staff_reports.followup_move,
        name="followup_move",
    ),
    path("beheer/fieldlabs/<slug:slug>/verslag/", staff_reports.report_edit, name="report_edit"),
    path(
        "beheer/fieldlabs/<slug:slug>/verslag/publiceren/",
        staff_reports.report_publish,
        name="report_publish",
    ),
]
