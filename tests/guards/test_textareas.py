"""Every text of several lines is counted as browsers count it, see `core.widgets.Textarea`."""

from collections.abc import Iterator
from importlib import import_module

from django import forms

from smartsociety.core.widgets import Textarea


def kinds_of(form: type) -> Iterator[type]:
    """All forms of ours that come from this one."""
    for kind in form.__subclasses__():
        if kind.__module__.startswith(("alliance", "fieldlabs", "knowledgebase", "smartsociety")):
            yield kind
        yield from kinds_of(kind)


def test_every_field_of_several_lines_counts_the_end_of_a_line_once():
    import_module("smartsociety.urls")
    fields = {
        (f"{kind.__module__}.{kind.__name__}", name): field.widget
        for kind in kinds_of(forms.BaseForm)
        for name, field in getattr(kind, "base_fields", {}).items()
    }
    areas = {place: widget for place, widget in fields.items() if isinstance(widget, forms.Textarea)}
    assert len(areas) > 50
    assert [place for place, widget in areas.items() if not isinstance(widget, Textarea)] == []
