"""Pages as people read them. Wording is compared on English pages, whose words are in the source."""

from html.parser import HTMLParser

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override


def english(name: str, *args: object) -> str:
    """The English address of a named page."""
    with override("en"):
        return reverse(name, args=args)


def sign_in_before(address: str) -> str:
    """Where a visitor is sent who opens `address`."""
    with override("en" if address.startswith("/en/") else "nl"):
        return f"{reverse('account_login')}?next={address}"


def messages_of(response: HttpResponse) -> list[tuple[str, str]]:
    """What the portal says after an action: (level, words)."""
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def shown(response: HttpResponse) -> str:
    """The words of the page itself, without what surrounds every page; white space as one space."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return " ".join(" ".join(reader.words).split())


def page_template(response: HttpResponse) -> str:
    """The template of the page itself, not those of its parts or of the mails that were written on the way."""
    pages = [template.name for template in response.templates if template.name]
    return next(name for name in pages if not name.startswith(("emails/", "components/", "django/")))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words, self.depth = [], 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.depth += tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "main"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words.append(data)
