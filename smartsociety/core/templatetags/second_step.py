"""What pages about the second step ask."""

from django import template
from django.template import Context

from smartsociety.core.second_factor import NEXT_KEY, was_shown

register = template.Library()


@register.simple_tag(takes_context=True)
def way_back(context: Context) -> str:
    """Where somebody was going who was stopped for want of a second step and has one now; empty for others."""
    request = context["request"]
    return request.session.get(NEXT_KEY, "") if was_shown(request, request.user) else ""
