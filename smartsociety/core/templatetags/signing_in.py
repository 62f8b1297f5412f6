"""What the page to sign in asks."""

from django import template
from django.template import Context

from smartsociety.core.pressed import waits

register = template.Library()


@register.simple_tag(takes_context=True)
def button_waits(context: Context, onward: str) -> bool:
    """Whether something was pressed on the page `onward` that was not done, because nobody was signed in."""
    return waits(context["request"], onward)
