"""What happens in fieldlabs: each step whole or not at all, its mail and audit in the same transaction."""

from fieldlabs.actions.fieldlab import cancel_fieldlab, change, copy, move, schedule, shift
from fieldlabs.actions.followup import (
    accept_followup,
    ask_followup,
    carry_over,
    drop_followup,
    finish_followup,
)
from fieldlabs.actions.outcome import (
    discard_outcome,
    invite_writer,
    publish_outcome,
    record_outcome,
    take_back_outcome,
    write_outcome,
)
from fieldlabs.actions.registration import (
    AlreadyRegistered,
    RegistrationClosed,
    accept_offer,
    cancel_registration,
    confirm,
    register,
    remind_of,
)
from fieldlabs.actions.report import NotComplete, publish_report, write_report

__all__ = [
    "AlreadyRegistered",
    "NotComplete",
    "RegistrationClosed",
    "accept_followup",
    "accept_offer",
    "ask_followup",
    "cancel_fieldlab",
    "cancel_registration",
    "carry_over",
    "change",
    "confirm",
    "copy",
    "discard_outcome",
    "drop_followup",
    "finish_followup",
    "invite_writer",
    "move",
    "publish_outcome",
    "publish_report",
    "record_outcome",
    "register",
    "remind_of",
    "schedule",
    "shift",
    "take_back_outcome",
    "write_outcome",
    "write_report",
]
