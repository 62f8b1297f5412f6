"""Editors choose what stands on top of the results of a search."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from smartsociety.core.numbers import number_of
from smartsociety.core.search.models import PinnedSearch
from smartsociety.core.search.parsing import parse
from smartsociety.core.search.pins import in_index, written_key

MOVES = {"up": -1, "down": 1}
LARGEST = 2**31 - 1  # of a number in the database


class PinForm(forms.ModelForm):
    """For which search, and until when; `chosen` are the entries to put on top, in their order."""

    other = forms.CharField(label=_("Look for something else to put on top"), required=False, max_length=200)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PinnedSearch
        fields = ["words", "until_on"]
        widgets = {"until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, chosen: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.initial.setdefault("version", version_of(self.instance))

    def clean_words(self) -> str:
        """Words, and nothing that narrows; one list of results per search."""
        words = self.cleaned_data["words"]
        key = written_key(words)
        if not key:
            message = gettext("Give plain words: without quotes, minus or OR.")
            raise ValidationError(message)
        if parse(words).is_cut:
            raise ValidationError(gettext("Give at most twelve words."))
        other = PinnedSearch.objects.filter(key=key).exclude(pk=self.instance.pk).first()
        if other:
            message = gettext("Something is pinned for this search already, under “%(words)s”.")
            raise ValidationError(message % {"words": other.words})
        return words

    def clean_until_on(self):
        """A day to come, unless it was kept so."""
        until = self.cleaned_data["until_on"]
        if until and "until_on" in self.changed_data and until < timezone.localdate():
            raise ValidationError(gettext("This day is over."))
        return until

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.chosen:
            self.add_error(None, _("Choose at least one result to put on top."))
        if len(self.chosen) > PinnedSearch.MOST:
            most = PinnedSearch.MOST
            message = ngettext("At most %(most)s can be on top.", "At most %(most)s can be on top.", most)
            self.add_error(None, message % {"most": most})
        return cleaned

    def is_overtaken(self) -> bool:
        """Whether a colleague changed this one since the page was opened."""
        return self.cleaned_data["version"] != version_of(self.instance)


def version_of(pin: PinnedSearch) -> str:
    """Changes with every change of it."""
    return pin.changed_at.isoformat() if pin.pk else ""


def arranged(posted) -> list[int]:
    """The chosen entries after the button that was pressed: one added, taken away, or moved a place."""
    entries = in_index(_numbers(posted.getlist("entries")))
    for entry in in_index(_numbers(posted.getlist("add"))):
        entries = [*(each for each in entries if each != entry), entry]
    for entry in _numbers(posted.getlist("drop")):
        entries = [each for each in entries if each != entry]
    for name, step in MOVES.items():
        for entry in _numbers(posted.getlist(name)):
            entries = _moved(entries, entry, step)
    return entries


def _moved(entries: list[int], entry: int, step: int) -> list[int]:
    if entry not in entries:
        return entries
    rest = [each for each in entries if each != entry]
    place = min(max(entries.index(entry) + step, 0), len(rest))
    return [*rest[:place], entry, *rest[place:]]


def _numbers(texts: list[str]) -> list[int]:
    found = (number_of(text) for text in texts)
    return [number for number in found if number is not None and number <= LARGEST]
