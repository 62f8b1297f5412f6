"""Which practice to put beside the others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.forms.naming import PracticeField


class CompareForm(forms.Form):
    """One more practice."""

    add = PracticeField(label=_("Put another practice beside it"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["add"].suggest()
