"""The forms of one draft together: which steps it has, how far it is, and what it says when it is whole."""

from dataclasses import replace
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from alliance import matching
from alliance.forms.signing import (
    ContributionForm,
    MandateForm,
    OrganisationForm,
    PartyFormSet,
    SignerForm,
    organisation_named,
)
from alliance.models import Declaration, Organisation, SignatureDraft
from alliance.models.organisation import Kind

FORMS = {
    "organisatie": OrganisationForm,
    "gemeenten": PartyFormSet,
    "ondertekenaar": SignerForm,
    "mandaat": MandateForm,
    "inbreng": ContributionForm,
}
TITLES = {
    "organisatie": _("Your organisation"),
    "gemeenten": _("Municipalities"),
    "ondertekenaar": _("About you"),
    "mandaat": _("The decision to sign"),
    "inbreng": _("What your organisation brings"),
    "controle": _("Check and sign"),
}
SPARE_ROWS = 3


class DraftForms:
    """A draft as a row of forms, one per step."""

    def __init__(self, draft: SignatureDraft) -> None:
        self.draft = draft
        self.steps = [step for step in FORMS if step != "gemeenten" or self._is_partnership()]

    def _typed(self, step: str) -> MultiValueDict:
        return MultiValueDict(self.draft.answers.get(step, {}))

    def _is_partnership(self) -> bool:
        typed = self._typed("organisatie")
        if typed.get("kind"):
            return typed["kind"] == Kind.PARTNERSHIP
        partnerships = Organisation.objects.public().filter(kind=Kind.PARTNERSHIP)
        return bool(organisation_named(typed.get("organisation_name", ""), partnerships))

    def posted(self, step: str, data: Any, files: Any) -> BaseForm | BaseFormSet:
        """The form of a step with what was sent just now."""
        return FORMS[step](data, files, **self._options(step))

    def kept(self, step: str) -> BaseForm | BaseFormSet:
        """The form of a step with what was kept, looked at: it says what is wrong."""
        return FORMS[step](self._typed(step), **self._options(step))

    def shown(self, step: str, *, spare_rows: int = SPARE_ROWS) -> BaseForm | BaseFormSet:
        """The form of a step to go on with: filled with what was kept, without remarks."""
        typed = self._typed(step)
        if step == "gemeenten":
            rows = [row for row in _rows(typed) if any(row.values())]
            return PartyFormSet(
                initial=[*rows, *({} for _spare in range(spare_rows))][: PartyFormSet.max_num]
            )
        initial = {
            name: values if name in MULTIPLE else values[0] for name, values in typed.lists() if values
        }
        return FORMS[step](initial=initial, **self._options(step))

    def _options(self, step: str) -> dict[str, Any]:
        if step != "mandaat":
            return {}
        email = self._typed("ondertekenaar").get("signer_email", "")
        return {"email": email, "has_document": bool(self.draft.mandate_document)}

    def whole(self) -> dict[str, Any]:
        """Every form by step, each valid; stops at the first that is not, which is then the last."""
        forms = {}
        for step in self.steps:
            forms[step] = self.kept(step)
            if not forms[step].is_valid():
                break
        return forms

    def first_open(self) -> str:
        """The step where the signer goes on."""
        step, form = list(self.whole().items())[-1]
        return "controle" if form.is_valid() else step

    def after(self, step: str) -> str:
        """The step that follows."""
        following = [*self.steps, "controle"]
        return following[following.index(step) + 1]

    def before(self, step: str) -> str:
        """The step before; empty at the first."""
        place = [*self.steps, "controle"].index(step)
        return self.steps[place - 1] if place else ""

    def titles(self) -> list[str]:
        """The names of the steps, in order."""
        return [TITLES[step] for step in (*self.steps, "controle")]

    def signed_already(self, form: OrganisationForm, declaration: Declaration) -> list[matching.Match]:
        """Organisations that signed and may be this one, without those that the signer said it is not."""
        if form.organisation:
            signed = form.organisation.signatures.active().filter(declaration=declaration).exists()
            said = matching.match(form.described, form.organisation)
            return (
                [matching.Match(form.organisation, said.reason if said else "name", certain=True)]
                if signed
                else []
            )
        email = self._typed("ondertekenaar").get("signer_email", "")
        found = matching.already_signed(replace(form.described, email=email), declaration)
        others = self._typed("anders").getlist("organisations")
        return [one for one in found if one.certain or str(one.organisation.pk) not in others]


MULTIPLE = ("contributes", "themes", "projects")


def _rows(typed: MultiValueDict) -> list[dict[str, str]]:
    """What was typed in the rows of the formset, however many there were."""
    return [
        {"name": typed.get(f"form-{number}-name", ""), "email": typed.get(f"form-{number}-email", "")}
        for number in range(PartyFormSet.max_num)
    ]


def signature_answers(forms: dict[str, Any]) -> dict[str, Any]:
    """What the forms of a whole draft say, as `actions.draft.finish` takes it."""
    mandate = forms["mandaat"].cleaned_data
    return {
        "organisation": forms["organisatie"].organisation or forms["organisatie"].new_organisation,
        "parties": forms["gemeenten"].parties if "gemeenten" in forms else [],
        **forms["ondertekenaar"].cleaned_data,
        "mandate_by": mandate["mandate_by"],
        "mandate_on": mandate["mandate_on"],
        "projects": [],
        **forms["inbreng"].cleaned_data,
    }
