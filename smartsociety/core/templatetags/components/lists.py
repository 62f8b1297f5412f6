"""Things in lists and on pages: cards, facts, numbers."""

from smartsociety.core.templatetags.components.registry import (
    grouped,
    local,
    plain_tag,
    register,
    render,
    slot,
)


@register.simple_block_tag
def card(content, title, url="", eyebrow="", text="", lang="", level=3, date=None):
    """One thing in a list: practice, fieldlab, organisation. The slot is its last line: themes, status, numbers.

    Lists of cards are written `<ul class="cards"><li>{% card … %}…{% endcard %}</li></ul>`, with `cards--rows` for a
    long list of one kind. `date` adds a leaf of the calendar.
    """
    return render(
        "card",
        content=slot(content),
        title=title,
        url=url,
        eyebrow=eyebrow,
        text=text,
        lang=lang,
        level=level,
        date=date and local(date),
    )


@register.simple_block_tag
def data_list(content):
    """Facts by name; holds `data_item`s."""
    return render("data_list", content=content)


@register.simple_block_tag
def data_item(content, label):
    """One fact in a `data_list`. An empty slot says that it is not known."""
    return render("data_item", content=slot(content), label=label)


@register.simple_block_tag
def numbers(content):
    """Numbers that are the message; holds `number`s."""
    return render("numbers", content=content)


@plain_tag
def number(value, label, url="", note=""):
    """One large number and what it counts."""
    return {"value": grouped(value), "label": label, "url": url, "note": note}
