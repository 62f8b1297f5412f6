"""What happens in fieldlabs: each step whole or not at all, its mail and audit in the same transaction."""

from fieldlabs.actions.fieldlab import cancel_fieldlab, move, report, schedule
from fieldlabs.actions.outcome import record_outcome
from fieldlabs.actions.registration import (
    AlreadyRegistered,
    RegistrationClosed,
    cancel_registration,
    register,
)

__all__ = [
    "AlreadyRegistered",
    "RegistrationClosed",
    "cancel_fieldlab",
    "cancel_registration",
    "move",
    "record_outcome",
    "register",
    "report",
    "schedule",
]
