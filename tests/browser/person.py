"""Somebody at a browser, in the words of the page: what they press, follow, fill in and read."""

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from tests.browser import axe


class Person:
    """Texts are those of the source; the person looks for them in their own language."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language

    @property
    def main(self) -> Locator:
        """The page without its header and footer."""
        return self.page.locator("main")

    def text(self, message: str, **values: object) -> str:
        """A text of the source in the language of this person."""
        return text_in(self.language, message, **values)

    def open(self, path: str) -> None:
        """Type an address; without a language in it the person's own is used."""
        if path.startswith("/") and self.language != "nl":
            path = f"/{self.language}{path}"
        self.page.goto(path)

    def check(self) -> None:
        """Whether this page is as every page must be; see `axe.check`."""
        axe.check(self.page, language=self.language)

    def press(self, label: str, *, within: Locator | None = None, **values: object) -> None:
        """A button; the answer has arrived after this."""
        self._click(self._named("button", label, within, values))

    def follow(self, label: str, *, within: Locator | None = None, **values: object) -> None:
        """A link in the page itself, unless `within` says where. Links with the same name lead to the same page."""
        found = self._named("link", label, within, values)
        found.first.wait_for()
        assert len({link.get_attribute("href") for link in found.all()}) == 1
        self._click(found.first)

    def _click(self, found: Locator) -> None:
        # Also an address that htmx puts in the bar is a navigation.
        with self.page.expect_navigation():
            found.click()

    def unfold(self, label: str) -> None:
        """Something that is folded away."""
        self.main.locator("summary").filter(has_text=self.text(label)).click()

    def _named(self, role: str, label: str, within: Locator | None, values: dict[str, object]) -> Locator:
        return (within or self.main).get_by_role(role, name=self.text(label, **values), exact=True)

    def fill(self, **fields: str | bool | list[str]) -> None:
        """Fields by their name: text, a choice, ticks (True, or the values of what is ticked)."""
        for name, value in fields.items():
            found = self.main.locator(f'[name="{name}"]:not([type="hidden"])')
            if value is True:
                found.check()
            elif isinstance(value, list):
                for one in value:
                    self.main.locator(f'[name="{name}"][value="{one}"]').check()
            elif found.first.evaluate("field => field.localName") == "select":
                found.select_option(value)
            else:
                found.fill(value)

    def sees_heading(self, message: str, **values: object) -> None:
        """The heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.text(message, **values))

    def sees(self, message: str, *, within: Locator | None = None, **values: object) -> None:
        """Somewhere in the page."""
        expect(within or self.main).to_contain_text(self.text(message, **values))

    def sees_not(self, message: str, *, within: Locator | None = None, **values: object) -> None:
        """Nowhere in the page."""
        expect(within or self.main).not_to_contain_text(self.text(message, **values))

    def is_told(self, message: str, **values: object) -> None:
        """The message after doing something."""
        expect(self.main.locator(".messages")).to_have_text(self.text(message, **values))


def text_in(language: str, message: str, **values: object) -> str:
    """A text of the source in this language."""
    with override(language):
        found = gettext(message)
    return found % values if values else found
