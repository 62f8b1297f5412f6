"""What may stand in a field of one line."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def plain_line(text: str) -> None:
    """Refuse control characters and web addresses: names reach other people's mailboxes."""
    if any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in text):
        raise ValidationError(_("Use letters, digits and punctuation only."), code="control_character")
    if "://" in text or "www." in text.lower():
        raise ValidationError(_("Leave web addresses out of this field."), code="address")
