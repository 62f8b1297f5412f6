"""What publiccode.yml, the public description of software, tells about a practice."""

from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 100_000


class PubliccodeForm(forms.Form):
    """A file publiccode.yml; the answers are `values` for the text of the practice."""

    file = forms.FileField(label=_("publiccode.yml"))

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
        values = _values(told)
        if not values:
            raise ValidationError(_("This publiccode.yml has no address, licence or maintainer of the code."))
        return values


def _values(told: dict[str, Any]) -> dict[str, Any]:
    """Only what is there and right."""
    legal, upkeep = (
        told.get(name) if isinstance(told.get(name), dict) else {} for name in ("legal", "maintenance")
    )
    found = {
        "source_url": _address(told.get("url")),
        "licence": _words(legal.get("license"), 40),
        "maintainer": _maintainer(legal, upkeep),
    }
    return {name: value for name, value in found.items() if value}


def _maintainer(legal: dict[str, Any], upkeep: dict[str, Any]) -> str:
    rows = upkeep.get("contractors")  # companies; a contact is a person, whom we leave out
    if isinstance(rows, list) and rows and isinstance(rows[0], dict):
        return _words(rows[0].get("name"), 200)
    return _words(legal.get("repoOwner") or legal.get("mainCopyrightOwner"), 200)


def _words(value: object, length: int) -> str:
    return " ".join(value.split())[:length] if isinstance(value, str) else ""


def _address(value: object) -> str:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return ""
    return str(value)[:200]
