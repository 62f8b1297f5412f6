"""Form controls that HTML has and Django has not."""

from collections.abc import Iterable
from typing import Any

from django import forms


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
