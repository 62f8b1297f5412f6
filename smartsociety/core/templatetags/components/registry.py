"""The library of components, and what several of them need."""

from itertools import zip_longest

from django import template
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.safestring import SafeString

register = template.Library()


def render(component, **context):
    """Render the template of a component that has a slot."""
    return render_to_string(f"components/{component}.html", context)


def slot(content):
    """What a page put in a slot, without the space around it. It was rendered by a template, so it is safe as it is."""
    return SafeString(content.strip())


def pairs(arguments):
    """Read `label url label url …` as (label, url); a last label without a url is where we are."""
    return list(zip_longest(arguments[::2], arguments[1::2], fillvalue=""))


def local(value):
    """A moment in our own time zone; a plain date as it is."""
    return timezone.localtime(value) if hasattr(value, "tzinfo") and timezone.is_aware(value) else value


def grouped(value):
    """1234 as 1.234 in Dutch, 1,234 in English; anything but a whole number as it is."""
    return formats.number_format(value, force_grouping=True) if isinstance(value, int) else value
