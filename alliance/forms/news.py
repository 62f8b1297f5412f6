"""News in two languages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import News
from smartsociety.core.widgets import Textarea


class NewsForm(forms.ModelForm):
    """The secretariat writes; each reader gets one of the two languages."""

    class Meta:
        model = News
        fields = ["subject_nl", "text_nl", "subject_en", "text_en"]
        widgets = {name: Textarea(attrs={"rows": 10}) for name in ("text_nl", "text_en")}
        help_texts = {
            "text_nl": _("Plain text. An empty line starts a new paragraph."),
            "text_en": _("Plain text. An empty line starts a new paragraph."),
        }
