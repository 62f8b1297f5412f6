"""What happens in the knowledge base: each step whole or not at all, its mail in the same transaction."""

from knowledgebase.actions.adoption import (
    OwnsIt,
    adopt,
    erase_adoption_drafts,
    keep_for_later,
    tell_who_can_finish,
)
from knowledgebase.actions.practice import (
    NotComplete,
    archive,
    assign,
    bring_back,
    publish,
    send_back,
    start_review,
    submit,
)
from knowledgebase.actions.starting import StartedAlready, start, start_from_outcome

__all__ = [
    "NotComplete",
    "OwnsIt",
    "StartedAlready",
    "adopt",
    "archive",
    "assign",
    "bring_back",
    "erase_adoption_drafts",
    "keep_for_later",
    "publish",
    "send_back",
    "start",
    "start_from_outcome",
    "start_review",
    "submit",
    "tell_who_can_finish",
]
