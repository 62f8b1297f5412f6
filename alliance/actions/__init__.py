"""What happens in the alliance: each step whole or not at all, its mail and audit in the same transaction."""

from alliance.actions.declaration import publish_declaration
from alliance.actions.signature import (
    CONFIRMATION_TERM,
    REJECTION_TERM,
    AlreadySigned,
    ConfirmationExpired,
    confirm,
    enter_organisation,
    erase_rejected,
    expire_unconfirmed,
    publish,
    reject,
    sign,
    withdraw,
)

__all__ = [
    "CONFIRMATION_TERM",
    "REJECTION_TERM",
    "AlreadySigned",
    "ConfirmationExpired",
    "confirm",
    "enter_organisation",
    "erase_rejected",
    "expire_unconfirmed",
    "publish",
    "publish_declaration",
    "reject",
    "sign",
    "withdraw",
]
