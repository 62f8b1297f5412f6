"""What publiccode.yml, the public description of software, tells about a practice."""

from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from knowledgebase.models import Practice
from smartsociety.core.validators import web_address

MAX_BYTES = 100_000
LABELS = {
    "source_url": _("address of the code"),
    "licence": _("licence"),
    "maintainer": _("maintainer"),
}


class PubliccodeForm(forms.Form):
    """A file publiccode.yml; the answers are `values` for the text of the practice."""

    file = forms.FileField(label=_("publiccode.yml"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.untaken: dict[str, str] = {}

    def clean_file(self) -> dict[str, Any]:
        """What the file says, as fields of a practice."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 100 kB. Choose the publiccode.yml itself."))
        content = upload.read(MAX_BYTES + 1)
        if content.count(b"&") + content.count(b"*") > 200:  # anchors that unfold into far more than they are
            raise ValidationError(_("This file is no publiccode.yml."))
        try:
            told = yaml.safe_load(content)
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
            line = getattr(getattr(error, "problem_mark", None), "line", None)
            where = {"line": line + 1} if line is not None else None
            raise ValidationError(
                _("This file cannot be read: line %(line)s is no YAML.")
                if where
                else _("This file is no YAML."),
                params=where,
            ) from error
        if not isinstance(told, dict) or "publiccodeYmlVersion" not in told:
            raise ValidationError(_("This is no publiccode.yml: publiccodeYmlVersion is missing."))
        values = self._taken(told)
        if not values:
            raise ValidationError(
                [_("Nothing in this publiccode.yml can be used."), *self.untaken.values()], code="nothing"
            )
        return values

    def _taken(self, told: dict[str, Any]) -> dict[str, str]:
        """What can be used; why the rest cannot comes in `untaken`."""
        legal, upkeep, organisation = (
            told.get(name) if isinstance(told.get(name), dict) else {}
            for name in ("legal", "maintenance", "organisation")
        )
        found = {
            "source_url": told.get("url"),
            "licence": legal.get("license"),
            "maintainer": _maintainer(legal, upkeep, organisation),
        }
        values = {}
        for name, value in found.items():
            try:
                values[name] = _usable(name, value)
            except ValidationError as error:
                self.untaken[name] = error.messages[0]
        return values


def _maintainer(legal: dict[str, Any], upkeep: dict[str, Any], organisation: dict[str, Any]) -> object:
    """Companies under contract, else whose software it is; a contact is a person, whom we leave out."""
    rows = upkeep.get("contractors")
    if isinstance(rows, list) and rows and isinstance(rows[0], dict) and rows[0].get("name"):
        return rows[0]["name"]
    # Since version 0.5 of the standard `organisation` says what `repoOwner` said.
    return organisation.get("name") or legal.get("repoOwner") or legal.get("mainCopyrightOwner")


def _usable(name: str, value: object) -> str:
    """The value as the practice keeps it. Raises ValidationError with why it cannot be kept."""
    label = LABELS[name]
    if not isinstance(value, str) or not value.strip():
        raise ValidationError(_("%(label)s: not in the file."), params={"label": label})
    value = " ".join(value.split())
    if len(value) > Practice._meta.get_field(name).max_length:
        raise ValidationError(_("%(label)s: too long."), params={"label": label})
    if name == "source_url":
        try:
            web_address(value)
        except ValidationError as error:
            raise ValidationError(
                _("%(label)s: “%(value)s” is no web address."), params={"label": label, "value": value}
            ) from error
    return value
