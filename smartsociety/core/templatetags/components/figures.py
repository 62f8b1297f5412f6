"""Numbers as a picture, always with the table of the same numbers."""

from django.utils import formats

from smartsociety.core.templatetags.components.registry import grouped, local, register

WIDTH, HEIGHT = 600, 160


@register.inclusion_tag("components/curve.html")
def curve(points, label, unit):
    """A number through time. `points` are (moment, number), oldest first; `unit` says what is counted.

    A point may have a third part: the address of the list that its number counts.
    """
    if len(points) < 2:
        return {"rows": []}
    top = max(number for _moment, number, *_address in points) or 1
    start, end = points[0][0], points[-1][0]
    spots = [
        (round((moment - start) / (end - start) * WIDTH), round(HEIGHT - number / top * HEIGHT))
        for moment, number, *_address in points
    ]
    return {
        "label": label,
        "unit": unit,
        "line": "M" + "L".join(f"{x} {y}" for x, y in spots),
        "width": WIDTH,
        "height": HEIGHT,
        "top": grouped(top),
        "rows": [
            {
                "day": formats.date_format(local(moment), "j F Y"),
                "number": grouped(number),
                "url": address[0] if address and number else "",
            }
            for moment, number, *address in points
        ],
        "first": formats.date_format(local(start), "F Y"),
        "last": formats.date_format(local(end), "F Y"),
        "from_number": grouped(points[0][1]),
        "to_number": grouped(points[-1][1]),
    }
