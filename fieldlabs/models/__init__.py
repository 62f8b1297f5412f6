"""The nouns of fieldlabs, one per file."""

from fieldlabs.models.agenda import PersonalAgenda
from fieldlabs.models.case import Case, CaseDemand
from fieldlabs.models.evidence import Measurement, OutcomeFile, OutcomeLink, OutcomeWriter
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.followup import CarriedOver, FollowUp
from fieldlabs.models.invitation import FieldlabInvitation
from fieldlabs.models.outcome import Outcome
from fieldlabs.models.programme import ProgrammeItem, SessionChoice
from fieldlabs.models.questionnaire import QuestionnaireAnswer, QuestionnaireInvitation
from fieldlabs.models.registration import Needs, Registration
from fieldlabs.models.report import Report

__all__ = [
    "CarriedOver",
    "Case",
    "CaseDemand",
    "Fieldlab",
    "FieldlabInvitation",
    "FollowUp",
    "Measurement",
    "Needs",
    "Outcome",
    "OutcomeFile",
    "OutcomeLink",
    "OutcomeWriter",
    "PersonalAgenda",
    "ProgrammeItem",
    "QuestionnaireAnswer",
    "QuestionnaireInvitation",
    "Registration",
    "Report",
    "SessionChoice",
]
