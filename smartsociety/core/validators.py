"""What may stand in a field of one line and in a text of several, and which days and years can be."""

import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Neither letter nor space: what controls a terminal, breaks a feed or turns the direction of text.
HIDDEN = ("Cc", "Cf")
# Of those, what a text of several lines may have: its lines, its tabs, and what joins the parts of one emoji.
KEPT = "\r\n\t\u200d"
FIRST_DAY = date(1990, 1, 1)

# What a browser opens: no ftp, which Django takes as well and no browser knows any more.
web_address = URLValidator(
    schemes=["http", "https"], message=_("Fill in a web address that begins with https:// or http://.")
)


def one_line(text: str) -> None:
    """Refuse line breaks and control characters: feeds, spreadsheets and mails break on them."""
    if any(unicodedata.category(character) in (*HIDDEN, "Zl", "Zp") for character in text):
        raise ValidationError(_("Use letters, digits and punctuation only."), code="control_character")


def day_until_today(day: date) -> None:
    """Refuse a day that did not come yet, and one before anybody could have done it."""
    if not FIRST_DAY <= day <= timezone.localdate():
        raise ValidationError(_("Fill in a day from 1990 up to today."), code="day")


def year_of_start(year: int) -> None:
    """Refuse a year before 1990 or after next year: what begins later is a plan."""
    last = timezone.localdate().year + 1
    if not FIRST_DAY.year <= year <= last:
        message = _("Fill in a year from %(first)s up to %(last)s.")
        raise ValidationError(message, params={"first": FIRST_DAY.year, "last": last}, code="year")


def plain_line(text: str) -> None:
    """As `one_line`, and refuse web addresses: names and titles reach other people's mailboxes."""
    one_line(text)
    if "://" in text or "www." in text.lower():
        raise ValidationError(_("Leave web addresses out of this field."), code="address")


def latin_line(text: str) -> None:
    """As `plain_line`, and refuse letters that only look like ours (а of Cyrillic for a) and heaps of accents."""
    plain_line(text)
    for character in unicodedata.normalize("NFC", text):
        if _only_looks_familiar(character):
            raise ValidationError(
                _("“%(character)s” only looks like a letter or digit of our alphabet. Type it again."),
                params={"character": character},
                code="look_alike",
            )


def _only_looks_familiar(character: str) -> bool:
    """A letter of another alphabet, a digit of another script, or a loose accent."""
    kind = unicodedata.category(character)
    if kind in ("Lu", "Ll", "Lt", "Lo"):
        return not unicodedata.name(character, "").startswith("LATIN ")
    return kind in ("Mn", "Me", "Mc", "Co", "Cs", "Cn", "Nl") or (kind == "Nd" and not character.isascii())


def plain_text(text: str) -> None:
    """Refuse control characters other than a new line or a tab, and signs that turn the direction of text."""
    if any(map(_is_hidden, text)):
        raise ValidationError(
            _("There are characters in this text that cannot be seen. Type it again without them."),
            code="control_character",
        )


def without_hidden(text: str) -> str:
    """What `plain_text` takes, of a text that nobody here typed; what stood for a space becomes one."""
    return "".join(
        character if not _is_hidden(character) else " " if character.isspace() else "" for character in text
    )


def _is_hidden(character: str) -> bool:
    return character not in KEPT and unicodedata.category(character) in HIDDEN
