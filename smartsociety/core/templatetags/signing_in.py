"""What the page to sign in asks."""

from django import template
from django.template import Context

from smartsociety.core.buttons import LOST

register = template.Library()


@register.simple_tag(takes_context=True)
def lost_form(context: Context) -> bool:
    """Whether somebody pressed a button while signed out, and comes here because of that; not by a link."""
    return LOST in context["request"].GET
