"""What a reader remarks about one field of a form, shown beside that field and read aloud with it.

A form whose `bound_field_class` is RemarkedField has `remarks`: by name of the field, what was remarked.
"""

from dataclasses import dataclass

from django.forms import BoundField


@dataclass(frozen=True)
class FieldRemark:
    """One remark, in the language it was written in."""

    text: str
    lang: str = ""


class RemarkedField(BoundField):
    """A field of a form, with what was remarked about it."""

    @property
    def remarks(self) -> list[FieldRemark]:
        """Those about this field."""
        return self.form.remarks.get(self.name, [])

    @property
    def aria_describedby(self) -> str | None:
        """Also the remarks, before the help and the errors."""
        described = super().aria_describedby
        if not self.remarks or self.is_hidden:
            return described
        return " ".join(filter(None, [f"{self.auto_id}_remarks", described]))
