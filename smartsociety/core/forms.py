"""Saving what a form asked for, and nothing else."""

from django import forms
from django.db import models
from django.forms import ModelForm

from smartsociety.core.validators import web_address


class WebAddressField(forms.URLField):
    """The address of a page, to be opened by a browser; https when nothing is said."""

    default_validators = (web_address,)
    default_error_messages = {"invalid": web_address.message}

    def __init__(self, **kwargs) -> None:
        super().__init__(assume_scheme="https", **kwargs)


def save_answers(form: ModelForm) -> models.Model:
    """Save the fields of `form` alone, so that what a colleague changed meanwhile (a status, say) stays.

    Returns the object.
    """
    columns = {field.name for field in form.instance._meta.concrete_fields}
    form.instance.save(update_fields=[name for name in form.cleaned_data if name in columns])
    form._save_m2m()
    return form.instance


class SeenForm(forms.Form):
    """A decision about the object as it was on the screen; see `core.revisions`."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
