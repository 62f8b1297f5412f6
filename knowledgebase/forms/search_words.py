"""Editors say which words mean the same, and try it on a question before they save."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartsociety.core.search.analysis import words
from smartsociety.core.search.models import Synonym
from smartsociety.core.search.rules import ARROW, Line, Rules, read_lines, written_lines, written_words
from smartsociety.core.search.state import current_state
from smartsociety.core.widgets import Textarea


class SearchWordsForm(forms.Form):
    """All rules at once, as lines."""

    synonyms = forms.CharField(
        label=_("Words that mean the same"),
        required=False,
        max_length=50_000,
        widget=Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_("One group a line: “fiets, rijwiel”. For one way only: “ov => openbaar vervoer, bus”."),
    )
    stop = forms.CharField(
        label=_("Words that say nothing"),
        required=False,
        max_length=10_000,
        widget=Textarea(attrs={"rows": 4}),
        help_text=_("One a line. They are left out of what people search for."),
    )
    protected = forms.CharField(
        label=_("Words that mean only themselves"),
        required=False,
        max_length=10_000,
        widget=Textarea(attrs={"rows": 4}),
        help_text=_("One a line. Nothing that only looks like them is found."),
    )
    question = forms.CharField(label=_("Try it on a search"), required=False, max_length=200)
    version = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    @classmethod
    def as_kept(cls, words: str = "") -> "SearchWordsForm":
        """With what is in force now, and a line begun for `words`, to be tried on them."""
        begun = words.replace("\x00", "").strip()[:200]
        return cls(
            initial={
                "synonyms": f"{begun}, \n{written_lines()}" if begun else written_lines(),
                "question": begun,
                "stop": written_words("stop"),
                "protected": written_words("protected"),
                "version": current_state().rules,
            }
        )

    def clean_synonyms(self) -> list[Line]:
        """Every line names at least two words."""
        lines = read_lines(self.cleaned_data["synonyms"])
        longest = Synonym._meta.get_field("left").max_length
        for number, (left, right) in enumerate(lines, 1):
            named = [word.strip().lower() for word in f"{left},{right}".split(",") if word.strip()]
            if not left or len(set(named)) < 2:
                raise ValidationError(
                    gettext("Line %(number)s: give at least two words.") % {"number": number}
                )
            if strange := next((word for word in named if not words(word) or ARROW.search(word)), None):
                raise ValidationError(
                    gettext("Line %(number)s: “%(word)s” is no word.")
                    % {"number": number, "word": strange[:60]}
                )
            if max(len(left), len(right)) > longest:
                raise ValidationError(gettext("Line %(number)s is too long.") % {"number": number})
        return lines

    def clean_stop(self) -> list[str]:
        """Single words."""
        return _single(self.cleaned_data["stop"])

    def clean_protected(self) -> list[str]:
        """Single words."""
        return _single(self.cleaned_data["protected"])

    def clean(self) -> None:
        """A word cannot say nothing and mean itself."""
        stop, protected = (self.cleaned_data.get(name, ()) for name in ("stop", "protected"))
        if both := [word for word in stop if word in protected]:
            self.add_error(
                "protected",
                gettext("“%(word)s” stands above as a word that says nothing.") % {"word": both[0]},
            )

    def is_overtaken(self) -> bool:
        """Whether a colleague saved since this page was opened."""
        return self.cleaned_data["version"] != current_state().rules

    @property
    def rules(self) -> Rules:
        """As they would be."""
        data = self.cleaned_data
        return Rules.of(data["synonyms"], data["stop"], data["protected"])


def _single(text: str) -> list[str]:
    typed = list(dict.fromkeys(line.strip().lower() for line in text.splitlines() if line.strip()))
    if wrong := [word for word in typed if len(word) > 60 or " " in word or not words(word)]:
        raise ValidationError(gettext("“%(word)s” is not one word.") % {"word": wrong[0][:60]})
    return typed
