"""Filters for what people wrote."""

from django import template
from django.utils import formats
from django.utils.safestring import SafeString

from smartsociety.core.markdown import plain, render

register = template.Library()


@register.filter
def markdown(text: str, top_heading: int = 2) -> SafeString:
    """Safe HTML of Markdown, its highest heading at level `top_heading`: `{{ declaration.text|markdown:3 }}`."""
    return render(text, top_heading=top_heading)


@register.filter
def without_markdown(text: str) -> str:
    """The words alone, for a few lines of it: `{{ outcome.learned|without_markdown|truncatechars:180 }}`."""
    return plain(text)


@register.filter
def thousands(number: int) -> str:
    """1234567 as 1.234.567 in Dutch and 1,234,567 in English."""
    return formats.number_format(number, force_grouping=True)
