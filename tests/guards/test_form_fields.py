"""What every field of every form has."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.utils.module_loading import import_string

from smartsociety.core.validators import latin_line, one_line, plain_line, plain_text
from smartsociety.core.widgets import Textarea

TEXT_RULES = {latin_line, one_line, plain_line, plain_text}
# Looked for or read at once, never kept as it was typed.
NOT_KEPT = {
    "AddPasskeyForm.name",  # for its owner alone
    "AuditFilter.object_id",
    "BoostForm.question",
    "BulkChoiceForm.domain",
    "BulkChoiceForm.text",
    "EnquiryForm.trap",
    "InviteForm.addresses",  # each is a mail address
    "LinkAppForm.code",
    "MunicipalityForm.gemeente",
    "PinForm.other",
    "SampleForm.name",
    "SampleForm.statement",
    *("SearchWordsForm.protected", "SearchWordsForm.question", "SearchWordsForm.stop"),
    "SearchWordsForm.synonyms",  # read word by word
    "SignupForm.username",  # of the package, and not asked
}


def kinds_of(form: type) -> Iterator[type]:
    """All forms of ours that come from this one."""
    for kind in form.__subclasses__():
        if kind.__module__.startswith(("alliance", "fieldlabs", "knowledgebase", "smartsociety")):
            yield kind
        yield from kinds_of(kind)


def of_the_model(form: str, name: str) -> bool:
    """Whether the rules of a field of a model count for this one too."""
    kind = import_string(form)
    model = getattr(getattr(kind, "_meta", None), "model", None)
    return (
        bool(model)
        and name in {field.name for field in model._meta.fields}
        and name not in kind.declared_fields
    )


def fields_of_forms() -> dict[tuple[str, str], forms.Field]:
    """Every field of every form, by form and name."""
    for module in ("smartsociety.urls", "smartsociety.core.account_forms"):
        import_module(module)
    return {
        (f"{kind.__module__}.{kind.__name__}", name): field
        for kind in kinds_of(forms.BaseForm)
        for name, field in (getattr(kind, "base_fields", None) or {}).items()
    }


def test_every_field_of_several_lines_counts_the_end_of_a_line_once():
    """See `core.widgets.Textarea`: as browsers count it."""
    areas = {
        place: field.widget
        for place, field in fields_of_forms().items()
        if isinstance(field.widget, forms.Textarea)
    }
    assert len(areas) > 50
    assert [place for place, widget in areas.items() if not isinstance(widget, Textarea)] == []


def test_text_that_a_form_itself_asks_for_refuses_what_cannot_be_seen():
    """A field of a model has its rule there, see test_models.py."""
    loose = {
        f"{form.rpartition('.')[2]}.{name}"
        for (form, name), field in fields_of_forms().items()
        if type(field) is forms.CharField
        and not field.widget.is_hidden
        and not TEXT_RULES
        & {rule for rule in field.validators if callable(rule) and hasattr(rule, "__name__")}
        and not of_the_model(form, name)
    }
    assert loose == NOT_KEPT


@pytest.mark.django_db
def test_choice_that_is_still_to_be_made_is_called_so_in_words():
    choices = {
        place: field
        for place, field in fields_of_forms().items()
        if isinstance(field.widget, forms.Select) and getattr(field, "queryset", ()) is not None
    }
    assert len(choices) > 20
    unnamed = [place for place, field in choices.items() if "---" in field.widget.render("choice", None)]
    assert unnamed == []
