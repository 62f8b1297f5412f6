"""The nouns of fieldlabs, one per file."""

from fieldlabs.models.evidence import Measurement, OutcomeFile, OutcomeLink, OutcomeWriter
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.followup import CarriedOver, FollowUp
from fieldlabs.models.outcome import Outcome
from fieldlabs.models.questionnaire import QuestionnaireAnswer, QuestionnaireInvitation
from fieldlabs.models.registration import Registration
from fieldlabs.models.report import Report

__all__ = [
    "CarriedOver",
    "Fieldlab",
    "FollowUp",
    "Measurement",
    "Outcome",
    "OutcomeFile",
    "OutcomeLink",
    "OutcomeWriter",
    "QuestionnaireAnswer",
    "QuestionnaireInvitation",
    "Registration",
    "Report",
]
