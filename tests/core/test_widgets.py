"""Form controls that HTML has and Django has not."""

from django import forms

from smartsociety.core.widgets import Textarea


class Form(forms.Form):
    text = forms.CharField(max_length=7, widget=Textarea)


def test_end_of_a_line_counts_once_as_in_the_browser():
    form = Form({"text": "een\r\ntwe"})
    assert (form.is_valid(), form.cleaned_data["text"]) == (True, "een\ntwe")
    assert list(Form({"text": "een\r\ntwee"}).errors) == ["text"]
