"""Text that staff write in two languages, kept in one column per language."""

from django.utils.translation import get_language

LANGUAGES = ("nl", "en")


class Localized:
    """`title = Localized("title")` reads `title_en` on English pages when it is filled, else `title_nl`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, obj: object, owner: type | None = None):
        if obj is None:
            return self
        return (get_language() == "en" and getattr(obj, f"{self.name}_en")) or getattr(obj, f"{self.name}_nl")
