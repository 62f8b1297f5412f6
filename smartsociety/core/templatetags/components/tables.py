"""Tables; those of many columns become a list of blocks on a phone."""

import re

from django.utils.html import strip_tags

from smartsociety.core.templatetags.components.registry import register, render

ROW = re.compile(r"<tr\b(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<(th|td)\b([^>]*)>(.*?)(?=</\1>)", re.DOTALL)
ROLES = {"th": "rowheader", "td": "cell"}


@register.simple_block_tag
def table(content, caption, caption_hidden=False, stacked=False):
    """A table that scrolls inside its own frame. The slot holds thead and tbody.

    `stacked`: on a phone each row is a block, and each cell says under which heading it stands. For one row of headings
    and cells that span no others.
    """
    return render(
        "table",
        content=_told(content) if stacked else content,
        caption=caption,
        caption_hidden=caption_hidden,
        stacked=stacked,
    )


def _told(content):
    """The same with what the stylesheet needs, and with the roles that a cell loses when it is laid out as a block."""
    head, _, body = content.partition("</thead>")
    labels = [" ".join(strip_tags(text).split()) for _, _, text in CELL.findall(head)]
    head = head.replace("<thead>", '<thead role="rowgroup">').replace("<tr>", '<tr role="row">')
    head = head.replace("<th ", '<th role="columnheader" ')
    body = body.replace("<tbody>", '<tbody role="rowgroup">')
    rows = ROW.sub(lambda row: _row(row[0], labels), body)
    return type(content)(f"{head}</thead>{rows}")


def _row(row, labels):
    under = iter(labels)

    def cell(found):
        kind, attributes, text = found.groups()
        label = next(under).replace('"', "&quot;")
        empty = "" if text.strip() else " data-empty"
        return f'<{kind} role="{ROLES[kind]}" data-label="{label}"{empty}{attributes}>{text}'

    return CELL.sub(cell, row.replace("<tr", '<tr role="row"', 1))
