"""What staff type about a tag."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgebase.forms.naming import TagField
from knowledgebase.models import Tag
from smartsociety.core.validators import plain_line


class TagForm(forms.Form):
    """Its name and synonyms."""

    name = forms.CharField(label=_("Name"), max_length=60, validators=[plain_line])
    synonyms = forms.CharField(
        label=_("Synonyms"),
        max_length=400,
        required=False,
        validators=[plain_line],
        help_text=_("Other words for the same, with commas. Whoever uses one of them gets this tag."),
    )

    def clean_name(self) -> str:
        """One name: where tags are typed, a comma stands between two."""
        name = self.cleaned_data["name"]
        if "," in name:
            raise forms.ValidationError(_("A tag has no comma: it would become two tags."))
        return name

    def clean_synonyms(self) -> list[str]:
        """The words, each once."""
        words = [" ".join(word.split()) for word in self.cleaned_data["synonyms"].split(",")]
        if any(len(word) > 60 for word in words):
            raise forms.ValidationError(_("A synonym is at most 60 characters."))
        return list(dict.fromkeys(word for word in words if word))


class MergeForm(forms.Form):
    """Which tag stays."""

    into = TagField(label=_("The tag that stays"), queryset=Tag.objects.none())

    def __init__(self, *args, tag: Tag, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Tag.objects.standing().exclude(pk=tag.pk)
