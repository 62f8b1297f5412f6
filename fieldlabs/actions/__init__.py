"""What happens in fieldlabs: each step whole or not at all, its mail and audit in the same transaction."""

from fieldlabs.actions.fieldlab import cancel_fieldlab, change, copy, move, report, schedule, shift
from fieldlabs.actions.outcome import record_outcome
from fieldlabs.actions.registration import (
    AlreadyRegistered,
    RegistrationClosed,
    accept_offer,
    cancel_registration,
    confirm,
    register,
    remind_of,
)

__all__ = [
    "AlreadyRegistered",
    "RegistrationClosed",
    "accept_offer",
    "cancel_fieldlab",
    "cancel_registration",
    "change",
    "confirm",
    "copy",
    "move",
    "record_outcome",
    "register",
    "remind_of",
    "report",
    "schedule",
    "shift",
]
