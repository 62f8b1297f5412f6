"""What the page to sign in asks."""

from urllib.parse import urlsplit

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def lost_form(context: Context, onward: str) -> bool:
    """Whether somebody pressed a button on the page `onward` while signed out: a link leads there from another page."""
    before = urlsplit(context["request"].headers.get("Referer", ""))
    return bool(onward) and before.path == urlsplit(onward).path
