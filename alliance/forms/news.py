"""News in two languages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.models import News
from smartsociety.core.validators import plain_line
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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("subject_nl", "subject_en"):
            self.fields[name].validators.append(plain_line)
