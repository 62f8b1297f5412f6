"""The library of components, and what several of them need."""

from functools import lru_cache, wraps
from itertools import zip_longest

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

PLAIN = {str, SafeString, int, bool}


def render(component, **context):
    """Render the template of a component that has a slot."""
    return render_to_string(f"components/{component}.html", context)


def plain(component, **values):
    """Render a component that is made of texts and numbers alone: the same each time, so laid out once per process.

    With anything else among its values, of which the looks may change, it is laid out anew.
    """
    shown = {name: str(value) if isinstance(value, Promise) else value for name, value in values.items()}
    if settings.DEBUG or not PLAIN.issuperset(map(type, shown.values())):  # in development templates change
        return render(component, **shown)
    return laid_out(component, get_language(), **shown)


# By type too: a text that is safe equals one that is not, and is shown otherwise.
@lru_cache(maxsize=10_000, typed=True)
def laid_out(component, language, **values):
    """What `plain` keeps."""
    return render(component, **values)


def plain_tag(look):
    """Register the tag of a component that is `plain`; `look` gives the values of its template."""

    @wraps(look)
    def tag(*arguments, **named):
        return plain(look.__name__, **look(*arguments, **named))

    return register.simple_tag(tag)


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
    if isinstance(value, int) and abs(value) >= 1000:
        return formats.number_format(value, force_grouping=True)
    return value
