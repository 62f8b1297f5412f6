"""Whom programme staff ask to come."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliance.models import Organisation, Theme
from alliance.models.organisation import HELIX_KINDS, Helix, Province
from fieldlabs.models import Fieldlab
from smartsociety.core.widgets import Textarea

AT_MOST = 100


class InviteForm(forms.Form):
    """Signatories by side, province and theme; and addresses of people who are not in the alliance yet."""

    helix = forms.MultipleChoiceField(
        label=_("Side of the helix"),
        choices=Helix.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    province = forms.MultipleChoiceField(
        label=_("Province"), choices=Province.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes of their signature"), queryset=Theme.objects.all(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    addresses = forms.CharField(
        label=_("Other addresses"),
        required=False,
        max_length=6000,
        help_text=_("One on each line, at most 100. Each gets a personal link."),
        widget=Textarea(attrs={"rows": 4}),
    )

    def clean_addresses(self) -> list[str]:
        """Each a mail address, in lower case."""
        found = [one.lower() for one in re.split(r"[\s,;]+", self.cleaned_data["addresses"]) if one]
        if len(found) > AT_MOST:
            raise ValidationError(_("At most 100 addresses at a time."))
        for one in found:
            try:
                validate_email(one)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(address)s” is not an e-mail address.") % {"address": one[:80]}
                ) from error
        return found

    def organisations(self, fieldlab: Fieldlab) -> QuerySet[Organisation]:
        """The signatories that were chosen; nobody when no choice was made."""
        chosen = self.cleaned_data
        if not (chosen["helix"] or chosen["province"] or chosen["themes"]):
            return Organisation.objects.none()
        found = Organisation.objects.signatories()
        if chosen["helix"]:
            found = found.filter(kind__in=[kind for side in chosen["helix"] for kind in HELIX_KINDS[side]])
        if chosen["province"]:
            found = found.filter(province__in=chosen["province"])
        if chosen["themes"]:
            found = found.filter(signatures__status="published", signatures__themes__in=chosen["themes"])
        return found.distinct()
