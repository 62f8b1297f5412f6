"""What people type about a practice: the core first, then in parts what a follower wants to know."""

from typing import Any

from django import forms
from django.db.models import Q
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _

from alliance.forms.staff import OrganisationField
from alliance.models import Organisation, Project
from alliance.models.organisation import HELIX_KINDS, Helix
from knowledgebase.forms.writing import SectionForm, WritingForm, count, form_field
from knowledgebase.models import Practice, PracticeOrganisation, Tag
from knowledgebase.models.choices import Phase
from knowledgebase.models.practice import MOST_THEMES
from knowledgebase.models.sections import CORE, SECTIONS
from smartsociety.core.validators import plain_line
from smartsociety.core.widgets import SuggestInput, Textarea

MAX_TAGS = 8
MOST_SUGGESTED = 100  # tags: the page is no longer however many there are


class TagsField(forms.CharField):
    """Tags, free, with commas between them; suggestions while typing."""

    def __init__(self, **kwargs: Any) -> None:
        widget = SuggestInput(attrs={"autocomplete": "off", "data-several": ","})
        super().__init__(max_length=300, required=False, widget=widget, validators=[plain_line], **kwargs)

    def clean(self, value: Any) -> list[str]:
        """The names, each once."""
        names = [" ".join(name.split()) for name in super().clean(value).split(",")]
        names = list({name.lower(): name for name in names if name}.values())
        if len(names) > MAX_TAGS:
            raise forms.ValidationError(_("Use at most %(number)s tags."), params={"number": MAX_TAGS})
        if any(len(name) > 60 for name in names):
            raise forms.ValidationError(_("A tag is at most 60 characters. Put commas between tags."))
        return names


class PracticeForm(WritingForm):
    """The core: enough to publish. Everything can be kept half done; sending in asks for all of it."""

    tags = TagsField(label=_("Tags"))

    class Meta:
        model = Practice
        formfield_callback = form_field
        fields = CORE
        widgets = {"themes": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.filter(
            Q(is_published=True) | Q(pk=self.instance.project_id)
        )
        self.fields["tags"].widget.suggestions = Tag.objects.shown().commonest(MOST_SUGGESTED)
        unknown = [] if self.fields["phase"].required else [("", _("We do not know this yet"))]
        self.fields["phase"].choices = [*unknown, *Phase.choices]
        order = list(self.fields)
        order.insert(order.index("themes") + 1, order.pop(order.index("tags")))
        self.order_fields(order)

    def clean_themes(self):
        """At most three: who stands everywhere is found nowhere."""
        themes = self.cleaned_data["themes"]
        if len(themes) > MOST_THEMES:
            raise forms.ValidationError(
                _("Choose at most %(number)s themes."), params={"number": MOST_THEMES}
            )
        return themes

    def clean(self) -> dict[str, Any]:
        """That it stopped is kept together with why, or not at all."""
        answers = super().clean()
        if answers.get("phase") == Phase.STOPPED and not answers.get("stop_reason"):
            self.add_error("stop_reason", _("Say why it stopped: that is what others learn from."))
            del answers["phase"]
        return answers


class StartForm(forms.ModelForm):
    """Begin: a title, a summary, and who answers for it."""

    class Meta:
        model = Practice
        fields = ["title", "summary", "language"]
        widgets = {"summary": Textarea({"rows": 3})}

    def __init__(self, *args, organisations, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if organisations is None:  # programme staff write for anybody
            field = OrganisationField(
                label=_("Owner"), queryset=Organisation.objects.exclude(kind__in=HELIX_KINDS[Helix.BUSINESS])
            )
            field.suggest()
        else:
            field = forms.ModelChoiceField(label=_("Owner"), queryset=organisations, empty_label=None)
        self.fields["organisation"] = field
        for name in ("title", "summary"):
            count(self.fields[name])


class PartForm(forms.ModelForm):
    """Who takes part, and as what."""

    organisation = OrganisationField(label=_("Organisation"), queryset=Organisation.objects.all())
    reason = forms.CharField(
        label=_("Why you name it without asking"),
        max_length=200,
        required=False,
        validators=[plain_line],
        help_text=_(
            "Leave this empty, and the organisation is asked first. What you write stands in the history."
        ),
    )

    class Meta:
        model = PracticeOrganisation
        fields = ["organisation", "role", "contribution"]
        help_texts = {"contribution": _("For example: supplier of the sensors, research, maintenance.")}

    def __init__(self, *args, may_name_owners: bool, may_review: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].suggest()
        if not may_review:
            del self.fields["reason"]
        if not may_name_owners:  # an owner stays a choice: what it did may change
            self.initial["role"] = PracticeOrganisation.Role.PARTNER

    def clean(self) -> dict[str, Any]:
        """A company takes part as a partner: a government answers for the practice."""
        answers = super().clean()
        organisation = answers.get("organisation")
        if organisation and organisation.helix == Helix.BUSINESS and answers.get("role") == "owner":
            self.add_error("role", _("A company takes part as a partner. A government is the owner."))
        return answers


class InviteAuthorForm(forms.Form):
    """Ask somebody to write along."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("This person gets a link and can write this one practice together with you."),
    )


def section_form(section: str) -> type[SectionForm]:
    """The form of a part of what a follower wants to know."""
    return modelform_factory(
        Practice,
        form=SectionForm,
        fields=SECTIONS[section].split(),
        formfield_callback=form_field,
    )
