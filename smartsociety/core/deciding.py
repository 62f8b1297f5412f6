"""Staff decide: the action is done and said, or somebody was first and nothing is changed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from smartsociety.core.states import InvalidTransition


def decide(
    request: HttpRequest, action: Callable[..., Any], *, done: str, late: str, to: Any, **answers: Any
) -> HttpResponse:
    """Do `action` in the name of who asks and go `to` a page, saying `done`, or `late` when the state had changed."""
    try:
        action(by=request.user, **answers)
    except InvalidTransition:
        messages.error(request, late)
    else:
        messages.success(request, done)
    return redirect(to)
