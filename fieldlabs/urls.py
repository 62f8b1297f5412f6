"""Addresses of fieldlabs."""

from django.urls import path

from fieldlabs import feeds
from fieldlabs.staff import board, check_in, invitations, participants, programme
from fieldlabs.staff import cases as staff_cases
from fieldlabs.staff import fieldlabs as staff_fieldlabs
from fieldlabs.staff import outcomes as staff_outcomes
from fieldlabs.staff import reports as staff_reports
from fieldlabs.views import (
    agenda,
    cases,
    fieldlabs,
    followups,
    outcomes,
    registering,
    registrations,
    reports,
    writing,
)

app_name = "fieldlabs"

urlpatterns = [
    path("fieldlabs/", fieldlabs.fieldlab_list, name="fieldlab_list"),
    path("fieldlabs/atom.xml", fieldlabs.fieldlab_feed, name="fieldlab_feed"),
    path("fieldlabs/kalender.ics", feeds.calendar, name="calendar"),
    path("fieldlabs/kalender/<slug:theme>.ics", feeds.theme_calendar, name="theme_calendar"),
    path("fieldlabs/kalender/eigen/<str:token>.ics", feeds.personal_calendar, name="personal_calendar"),
    path("fieldlabs/mijn-kalender/", agenda.agenda, name="agenda"),
    # A registration, by its link
    path("fieldlabs/aanmelding/<str:token>/", registrations.registration_detail, name="registration_detail"),
    path(
        "fieldlabs/aanmelding/<str:token>/bevestigen/",
        registrations.registration_confirm,
        name="registration_confirm",
    ),
    path(
        "fieldlabs/aanmelding/<str:token>/aannemen/",
        registrations.registration_accept,
        name="registration_accept",
    ),
    path(
        "fieldlabs/aanmelding/<str:token>/wijzigen/",
        registrations.registration_change,
        name="registration_change",
    ),
    path(
        "fieldlabs/aanmelding/<str:token>/sessies/",
        registrations.registration_sessions,
        name="registration_sessions",
    ),
    path(
        "fieldlabs/aanmelding/<str:token>/annuleren/",
        registrations.registration_cancel,
        name="registration_cancel",
    ),
    path(
        "fieldlabs/aanmelding/<str:token>/fieldlab.ics",
        registrations.registration_calendar,
        name="registration_calendar",
    ),
    path("fieldlabs/aanmelding/<str:token>/qr.svg", registrations.registration_qr, name="registration_qr"),
    # Cases
    path("fieldlabs/casussen/", cases.case_list, name="case_list"),
    path("fieldlabs/casussen/atom.xml", cases.case_feed, name="case_feed"),
    path("fieldlabs/casussen/indienen/", cases.case_propose, name="case_propose"),
    path("fieldlabs/casussen/vraag/<str:token>/", cases.demand_confirm, name="demand_confirm"),
    path("fieldlabs/casussen/<slug:slug>/", cases.case_detail, name="case_detail"),
    path("fieldlabs/casussen/<slug:slug>/ook/", cases.case_support, name="case_support"),
    path("fieldlabs/casussen/<slug:slug>/intrekken/", cases.case_withdraw, name="case_withdraw"),
    path("fieldlabs/opbrengsten/", outcomes.outcome_search, name="outcome_search"),
    path("fieldlabs/opbrengsten/atom.xml", outcomes.outcome_feed, name="outcome_feed"),
    path("fieldlabs/opbrengsten/export.<str:extension>", outcomes.outcome_export, name="outcome_export"),
    path("fieldlabs/vervolgafspraak/<str:token>/", followups.followup_answer, name="followup_answer"),
    path("fieldlabs/vragenlijst/<str:token>/", reports.questionnaire, name="questionnaire"),
    # /fieldlabs/<slug>/
    path("fieldlabs/<slug:slug>/", fieldlabs.fieldlab_detail, name="fieldlab_detail"),
    path("fieldlabs/<slug:slug>/aanmelden/", registering.fieldlab_register, name="fieldlab_register"),
    path(
        "fieldlabs/<slug:slug>/aanmelden/verstuurd/", registering.registration_sent, name="registration_sent"
    ),
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
    path("beheer/fieldlabs/jaar/", board.board, name="board"),
    path("beheer/fieldlabs/jaar/vullen/", board.board_fill, name="board_fill"),
    path("beheer/fieldlabs/jaar/<int:year>/", board.board, name="board_year"),
    path("beheer/fieldlabs/casussen/", staff_cases.case_list, name="staff_case_list"),
    path("beheer/fieldlabs/casussen/<slug:slug>/", staff_cases.case_decide, name="case_decide"),
    path("beheer/fieldlabs/<slug:slug>/", staff_fieldlabs.fieldlab_edit, name="fieldlab_edit"),
    path("beheer/fieldlabs/<slug:slug>/status/", staff_fieldlabs.fieldlab_move, name="fieldlab_move"),
    path("beheer/fieldlabs/<slug:slug>/verplaatsen/", staff_fieldlabs.fieldlab_shift, name="fieldlab_shift"),
    path("beheer/fieldlabs/<slug:slug>/kopie/", staff_fieldlabs.fieldlab_copy, name="fieldlab_copy"),
    path("beheer/fieldlabs/<slug:slug>/programma/", programme.programme, name="programme"),
    path("beheer/fieldlabs/<slug:slug>/programma/nieuw/", programme.item_create, name="item_create"),
    path("beheer/fieldlabs/<slug:slug>/programma/<int:pk>/", programme.item_edit, name="item_edit"),
    path("beheer/fieldlabs/<slug:slug>/programma/<int:pk>/weg/", programme.item_remove, name="item_remove"),
    path("beheer/fieldlabs/<slug:slug>/deelnemers/", participants.participants, name="participants"),
    path(
        "beheer/fieldlabs/<slug:slug>/deelnemers.<str:extension>",
        participants.participants_export,
        name="participants_export",
    ),
    path("beheer/fieldlabs/<slug:slug>/uitnodigen/", invitations.invitations, name="invitations"),
    path("beheer/fieldlabs/<slug:slug>/inchecken/", check_in.check_in, name="check_in"),
    path("beheer/fieldlabs/<slug:slug>/inchecken/nieuw/", check_in.walk_in, name="walk_in"),
    path("beheer/fieldlabs/<slug:slug>/inchecken/afwezig/", check_in.absent, name="absent"),
    path(
        "beheer/fieldlabs/<slug:slug>/inchecken/<str:code>/", check_in.check_in_person, name="check_in_person"
    ),
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
