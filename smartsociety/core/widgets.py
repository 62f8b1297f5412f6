"""Form controls that HTML has and Django has not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms


class Textarea(forms.Textarea):
    """A text of several lines, of which the end of a line counts once, as the browser counts it.

    Browsers count `maxlength` so, but send two characters (HTML, "API value" of a textarea).
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def written_in(form: forms.BaseForm, language: str, *names: str) -> None:
    """Tells screen readers and spelling checkers the language of these fields, whatever that of the page."""
    for name in names:
        form.fields[name].widget.attrs["lang"] = language


class SuggestInput(forms.TextInput):
    """A text field with suggestions (`<datalist>`): free text, type-ahead without a script."""

    template_name = "django/forms/widgets/suggest.html"

    def __init__(self, attrs: dict | None = None, suggestions: Iterable[str] = ()) -> None:
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"]["list"] = list_id
        return {**context, "list_id": list_id, "suggestions": self.suggestions}


@dataclass(frozen=True)
class Explained:
    """The label of a choice, with a text under it and a page to read on."""

    label: str
    text: str
    url: str
    lang: str = ""

    def __str__(self) -> str:
        return self.label


class ExplainedChoices(forms.CheckboxSelectMultiple):
    """Tick boxes of which each label is `Explained`; the explanation is read aloud with its box."""

    option_template_name = "django/forms/widgets/explained_option.html"

    def create_option(self, *args: Any, **kwargs: Any) -> dict:
        option = super().create_option(*args, **kwargs)
        option["help_id"] = f"{option['attrs'].get('id', option['index'])}_helptext"
        option["attrs"]["aria-describedby"] = option["help_id"]
        return option
