"""Fieldlabs."""

from smartsociety.core.tokens import hash_token
from tests import factories
from tests.guards.addresses.columns import BUTTON, EVERYBODY, PROGRAMME, STAFF_BUTTON

TABLE = {
    "fieldlabs:fieldlab_list": ((), EVERYBODY),
    "fieldlabs:calendar": ((), EVERYBODY),
    "fieldlabs:fieldlab_detail": (("concept",), "404 404 404 404 404 200 404 200"),
    "fieldlabs:fieldlab_register": (("voorjaar",), "302 403 200 403 403 403 403 403"),
    "fieldlabs:registration_cancel": (("code",), BUTTON),
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
    in_the_making = factories.OutcomeFactory(
        slug="in-de-maak", fieldlab=factories.FieldlabFactory(slug="voorjaar")
    )
    factories.ReportFactory(fieldlab=factories.FieldlabFactory(held=True, slug="najaar"))
    factories.FollowUpFactory(token_hash=hash_token("followup-token"))
    factories.QuestionnaireInvitationFactory(token_hash=hash_token("questionnaire-token"))
    return {"file": factories.OutcomeFileFactory(outcome=in_the_making).pk}
