"""The nouns of fieldlabs, one per file."""

from fieldlabs.models.agenda import PersonalAgenda
from fieldlabs.models.case import Case, CaseDemand
from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.invitation import FieldlabInvitation
from fieldlabs.models.outcome import Outcome
from fieldlabs.models.programme import ProgrammeItem, SessionChoice
from fieldlabs.models.registration import Needs, Registration

__all__ = [
    "Case",
    "CaseDemand",
    "Fieldlab",
    "FieldlabInvitation",
    "Needs",
    "Outcome",
    "PersonalAgenda",
    "ProgrammeItem",
    "Registration",
    "SessionChoice",
]
