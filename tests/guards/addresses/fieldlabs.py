"""Fieldlabs."""

from smartsociety.core.tokens import hash_token
from tests import factories
from tests.guards.addresses.columns import BUTTON, EVERYBODY, PROGRAMME, SIGNED_IN, STAFF_BUTTON

PRESSED = "405 405 405 405 405 405 405 405"  # changes by POST only, for whoever has the link

TABLE = {
    "fieldlabs:fieldlab_list": ((), EVERYBODY),
    "fieldlabs:calendar": ((), EVERYBODY),
    "fieldlabs:fieldlab_detail": (("concept",), "404 404 404 404 404 200 404 200"),
    "fieldlabs:fieldlab_feed": ((), EVERYBODY),
    "fieldlabs:case_feed": ((), EVERYBODY),
    "fieldlabs:theme_calendar": (("water",), EVERYBODY),
    "fieldlabs:personal_calendar": (("agenda",), EVERYBODY),
    "fieldlabs:agenda": ((), SIGNED_IN),
    "fieldlabs:fieldlab_register": (("voorjaar",), EVERYBODY),
    "fieldlabs:registration_sent": (("voorjaar",), EVERYBODY),
    # Whoever has the link: it is the key.
    "fieldlabs:registration_detail": (("token",), EVERYBODY),
    "fieldlabs:registration_change": (("token",), EVERYBODY),
    "fieldlabs:registration_sessions": (("token",), EVERYBODY),
    "fieldlabs:registration_calendar": (("token",), EVERYBODY),
    "fieldlabs:registration_qr": (("token",), EVERYBODY),
    "fieldlabs:registration_confirm": (("token",), PRESSED),
    "fieldlabs:registration_accept": (("token",), PRESSED),
    "fieldlabs:registration_cancel": (("token",), PRESSED),
    "fieldlabs:case_list": ((), EVERYBODY),
    "fieldlabs:case_propose": ((), "302 403 200 200 403 200 200 200"),
    "fieldlabs:case_detail": (("laadpalen",), EVERYBODY),
    "fieldlabs:case_support": (("laadpalen",), EVERYBODY),
    "fieldlabs:demand_confirm": (("guess",), "410 410 410 410 410 410 410 410"),
    "fieldlabs:case_withdraw": (("laadpalen",), BUTTON),
    "fieldlabs:staff_case_list": ((), PROGRAMME),
    "fieldlabs:case_decide": (("laadpalen",), PROGRAMME),
    "fieldlabs:board": ((), PROGRAMME),
    "fieldlabs:board_year": ((2027,), PROGRAMME),
    "fieldlabs:board_fill": ((), STAFF_BUTTON),
    "fieldlabs:fieldlab_shift": (("voorjaar",), PROGRAMME),
    "fieldlabs:fieldlab_copy": (("voorjaar",), PROGRAMME),
    "fieldlabs:programme": (("voorjaar",), PROGRAMME),
    "fieldlabs:item_create": (("voorjaar",), PROGRAMME),
    "fieldlabs:item_edit": (("voorjaar", "item"), PROGRAMME),
    "fieldlabs:item_remove": (("voorjaar", "item"), STAFF_BUTTON),
    "fieldlabs:participants": (("voorjaar",), PROGRAMME),
    "fieldlabs:participants_export": (("voorjaar", "csv"), PROGRAMME),
    "fieldlabs:invitations": (("voorjaar",), PROGRAMME),
    "fieldlabs:check_in": (("voorjaar",), PROGRAMME),
    "fieldlabs:check_in_person": (("voorjaar", "code"), PROGRAMME),
    "fieldlabs:walk_in": (("voorjaar",), PROGRAMME),
    "fieldlabs:absent": (("voorjaar",), STAFF_BUTTON),
    "fieldlabs:outcome_list": (("voorjaar",), EVERYBODY),
    "fieldlabs:outcome_detail": (("voorjaar", "in-de-maak"), "404 404 404 404 404 200 404 200"),
    "fieldlabs:staff_fieldlab_list": ((), PROGRAMME),
    "fieldlabs:fieldlab_create": ((), PROGRAMME),
    "fieldlabs:fieldlab_edit": (("voorjaar",), PROGRAMME),
    "fieldlabs:fieldlab_move": (("voorjaar",), STAFF_BUTTON),
    "fieldlabs:outcome_create": (("voorjaar",), PROGRAMME),
    "fieldlabs:outcome_search": ((), EVERYBODY),
    "fieldlabs:outcome_feed": ((), EVERYBODY),
    "fieldlabs:outcome_export": (("csv",), EVERYBODY),
    # Nobody but programme staff sees an outcome in the making, unless they were asked to write it.
    **dict.fromkeys(
        (
            "fieldlabs:outcome_write",
            "fieldlabs:outcome_evidence",
            "fieldlabs:outcome_history",
            "fieldlabs:outcome_followups",
        ),
        (("voorjaar", "in-de-maak"), "302 404 404 404 404 200 404 200"),
    ),
    "fieldlabs:evidence_remove": (("voorjaar", "in-de-maak", "links", 1), BUTTON),
    "fieldlabs:outcome_file": (
        ("voorjaar", "in-de-maak", "file"),
        "404 404 404 404 404 200 404 200",
    ),
    "fieldlabs:report_detail": (("najaar",), "404 404 404 404 404 200 404 200"),
    "fieldlabs:report_pdf": (("najaar",), "404 404 404 404 404 200 404 200"),
    "fieldlabs:followup_answer": (("followup-token",), EVERYBODY),
    "fieldlabs:questionnaire": (("questionnaire-token",), EVERYBODY),
    "fieldlabs:outcome_move": (("voorjaar", "in-de-maak"), STAFF_BUTTON),
    "fieldlabs:outcome_writers": (("voorjaar", "in-de-maak"), PROGRAMME),
    "fieldlabs:writer_remove": (("voorjaar", "in-de-maak", 1), STAFF_BUTTON),
    "fieldlabs:followup_list": (("voorjaar",), PROGRAMME),
    "fieldlabs:followup_move": (("voorjaar", 1), STAFF_BUTTON),
    "fieldlabs:report_edit": (("najaar",), PROGRAMME),
    "fieldlabs:report_publish": (("najaar",), STAFF_BUTTON),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    factories.FieldlabFactory(slug="concept", status="draft")
    spring = factories.FieldlabFactory(slug="voorjaar")
    in_the_making = factories.OutcomeFactory(slug="in-de-maak", fieldlab=spring)
    factories.ReportFactory(fieldlab=factories.FieldlabFactory(held=True, slug="najaar"))
    factories.FollowUpFactory(token_hash=hash_token("followup-token"))
    factories.QuestionnaireInvitationFactory(token_hash=hash_token("questionnaire-token"))
    factories.ThemeFactory(slug="water")
    factories.CaseFactory(slug="laadpalen")
    registration = factories.RegistrationFactory(fieldlab=spring)
    return {
        "token": registration.token,
        "code": registration.code,
        "agenda": factories.PersonalAgendaFactory().token,
        "item": factories.ProgrammeItemFactory(fieldlab=spring).pk,
        "file": factories.OutcomeFileFactory(outcome=in_the_making).pk,
    }
