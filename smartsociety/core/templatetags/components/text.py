"""Words on a page: headings, icons, quotes, dates."""

import json
from urllib.parse import urlsplit

from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

from smartsociety.core.templatetags.components.registry import local, plain_tag, register, render, slot


@plain_tag
def heading(text, level=2, size=0, id="", lang=""):
    """A heading. `level` is its place in the outline; `size` (1–6) only its looks, and follows the level."""
    return {"text": text, "level": level, "size": size or level, "id": id, "lang": lang}


@register.simple_block_tag
def page_header(content, title, eyebrow="", lead="", lang="", eyebrow_lang=""):
    """The opening of a page: the only h1. The slot holds what belongs to the title: status, themes, buttons.

    `lang` is that of title and lead, `eyebrow_lang` that of what stands above, when it differs from the page's.
    """
    return render(
        "page_header",
        content=slot(content),
        title=title,
        eyebrow=eyebrow,
        lead=lead,
        lang=lang,
        eyebrow_lang=eyebrow_lang,
    )


@plain_tag
def icon(name, size=""):
    """An icon from static/img/icons.svg, hidden from screen readers. `size`: empty or "large"."""
    return {"name": name, "size": size}


@register.inclusion_tag("components/quote.html")
def quote(text, author="", lang=""):
    """Words of a person or an organisation, with who said it."""
    return {"text": text, "author": author, "lang": lang}


@plain_tag
def more_link(label, url):
    """A link that leads on: “All field labs →”."""
    return {"label": label, "url": url}


@register.simple_tag
def date(value, time=False, weekday=False):
    """A date as people write it: “12 maart 2026”; with `time` also the hour, with `weekday` also the day."""
    if not value:
        return ""
    value = local(value)
    words = formats.date_format(value, "l j F Y" if weekday else "j F Y")
    if time:
        words = f"{words}, {formats.date_format(value, 'H:i')}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def json_ld(data):
    """Structured data for search engines (schema.org). A data block, so the policy against scripts lets it be."""
    text = json.dumps(data, ensure_ascii=False).translate(
        {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
    )
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.inclusion_tag("components/comparison.html")
def comparison(paragraphs, lang=""):
    """What changed between two texts (`core.comparison.compare`), for eyes and for ears."""
    return {"paragraphs": paragraphs, "lang": lang}


@register.inclusion_tag("components/video.html")
def video(url, title):
    """A film that stands elsewhere: a link that says where it leads. Nothing is loaded from there before the click."""
    return {"url": url, "title": title, "host": (urlsplit(url).hostname or "").removeprefix("www.")}
