"""What people type about cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alliance.forms.signing import organisation_named
from alliance.forms.staff import organisation_choice
from alliance.models import Organisation
from fieldlabs.forms.registration import ForOrganisationForm
from fieldlabs.models import Case, Fieldlab
from fieldlabs.permissions import hears_cases
from smartsociety.core.models import User
from smartsociety.core.widgets import Textarea


class CaseForm(forms.ModelForm):
    """The people of a signatory bring a question."""

    class Meta:
        model = Case
        fields = [
            "organisation",
            "title",
            "question",
            "context",
            "help_sought",
            "existing",
            "themes",
            "fieldlab",
            "language",
        ]
        widgets = {
            **{
                name: Textarea(attrs={"rows": 4})
                for name in ("question", "context", "help_sought", "existing")
            },
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {"title": _("Short and specific: what will others look for?")}

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.signatories()
        if not hears_cases(user):
            own = own.filter(memberships__user=user)
        label = self.fields["organisation"].label
        self.fields["organisation"] = organisation_choice(own.order_by("name"), label=label)
        to_come = Fieldlab.objects.filter(status__in=["announced", "open", "closed"]).upcoming()
        self.fields["fieldlab"].queryset = to_come
        self.fields["fieldlab"].empty_label = _("The first that suits")
        if own.count() == 1:
            self.fields["organisation"].empty_label = None


class AcceptForm(forms.Form):
    """At which fieldlab a case is worked on."""

    fieldlab = forms.ModelChoiceField(label=_("Fieldlab"), queryset=None)

    def __init__(self, *args, case: Case, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        to_come = Fieldlab.objects.filter(status__in=["draft", "announced", "open", "closed"]).upcoming()
        self.fields["fieldlab"].queryset = to_come
        self.initial["fieldlab"] = case.fieldlab_id or to_come.values_list("pk", flat=True).first()


class MergeForm(forms.Form):
    """Into which other case."""

    into = forms.ModelChoiceField(label=_("The case that stays"), queryset=None)

    def __init__(self, *args, case: Case, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = Case.objects.filter(status__in=["proposed", "accepted"]).exclude(pk=case.pk)
        self.fields["into"].queryset = others.order_by("title")


class DemandForm(ForOrganisationForm):
    """“We have this question too”, by somebody without an account: an organisation that is known, and a mailbox."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("We mail a link to this address, and do not keep it.")
    )
    field_order = ("organisation_name", "email")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["helix"]
        self.fields["organisation_name"].help_text = _("Start typing and choose your organisation.")

    def clean(self) -> dict:
        cleaned = forms.Form.clean(self)
        if name := cleaned.get("organisation_name"):
            found = organisation_named(name, self.known)
            self.organisation = found[0] if len(found) == 1 else None
            if not self.organisation:
                self.add_error(
                    "organisation_name", _("We do not know this organisation. Choose one from the list.")
                )
        return cleaned
