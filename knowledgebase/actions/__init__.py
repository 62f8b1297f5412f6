"""What happens in the knowledge base: each step whole or not at all, its mail in the same transaction."""

from knowledgebase.actions.adoption import adopt
from knowledgebase.actions.practice import (
    NotComplete,
    archive,
    assign,
    bring_back,
    publish,
    send_back,
    start_from_outcome,
    start_review,
    submit,
)

__all__ = [
    "NotComplete",
    "adopt",
    "archive",
    "assign",
    "bring_back",
    "publish",
    "send_back",
    "start_from_outcome",
    "start_review",
    "submit",
]
