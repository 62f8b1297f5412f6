"""Parts of a page that are the same for everybody: `{% remembered %}`. See docs/adr/0017."""

from collections.abc import Hashable
from itertools import count
from typing import Any, NoReturn

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smartsociety.core.memory import Memory

register = template.Library()

PARTS: Memory[SafeString] = Memory(8_000_000)  # characters
_numbers = count()


class PersonalError(Exception):
    """A part that is shown to everybody asked who reads it."""


class Nobody:
    """Stands for the reader in a remembered part: whatever is asked of it is a mistake in the template."""

    def _refuse(self, *_arguments: object) -> NoReturn:
        raise PersonalError("A remembered part is the same for everybody: it may not ask who reads it.")

    __getattr__ = __getitem__ = __iter__ = __bool__ = __str__ = __eq__ = _refuse
    __hash__ = None


NOBODY = {name: Nobody() for name in ("user", "perms", "messages", "csrf_token")}


class Address:
    """What a remembered part may know of the request: where it is, not who asks."""

    __slots__ = ("GET", "_full", "content_version", "path")

    def __init__(self, request: "HttpRequest | Address") -> None:
        self.path: str = request.path
        self.GET: QueryDict = request.GET
        self._full: str = request.get_full_path()
        self.content_version = getattr(request, "content_version", None)

    def get_full_path(self) -> str:
        """The path with its query string."""
        return self._full


class RememberedNode(template.Node):
    """Renders what is between its tags, or gives what that gave before."""

    def __init__(self, nodelist: NodeList, names: list[str], keys: list[FilterExpression] | None) -> None:
        self.nodelist, self.names, self.keys = nodelist, names, keys
        self.number = next(_numbers)

    def render(self, context: Context) -> SafeString:
        """The part as it is for everybody; what it is made of is asked for only when it must be made."""
        request: HttpRequest | Address | None = getattr(context, "request", None)
        version = getattr(request, "content_version", None)
        if version is None or settings.DEBUG:  # templates change there
            return self._made(context, request)
        key = (self.number, get_language(), *self._where(context, request))
        part = PARTS.get(key, version)
        if part is None:
            part = self._made(context, request)
            PARTS.keep(key, version, part, weight=len(part))
        return part

    def _where(self, context: Context, request: HttpRequest | Address) -> list[Hashable]:
        if self.keys is None:
            return [request.get_full_path()]
        with context.push(
            request=request
        ):  # an include that is given nothing else still stands at an address
            values = [key.resolve(context, ignore_failures=True) for key in self.keys]
        if None in values:
            raise KeyError(f"{self.token.contents}: a part cannot be remembered by what is not there.")
        return values

    def _made(self, context: Context, request: HttpRequest | Address | None) -> SafeString:
        inside: dict[str, Any] = {name: context[name] for name in self.names}
        within = context.new(NOBODY | inside)
        if request is not None:
            within.request = within["request"] = Address(request)
        return self.nodelist.render(within)


@register.tag
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """`{% remembered name … [by key …] %} … {% endremembered %}`: the same for everybody until the content changes.

    Inside are only the variables that it names, and the address; who reads is not known there. A variable that is lazy
    (a queryset, a SimpleLazyObject, a property of an object) costs nothing as long as the part is remembered.

    It is remembered for this address and language; after `by` for these values instead of the address, so that other
    addresses share it. Nothing is kept in development, in a transaction, or while a form is handled.
    """
    names, keys = token.split_contents()[1:], None
    if "by" in names:
        place = names.index("by")
        keys = [parser.compile_filter(key) for key in names[place + 1 :]]
        names = names[:place]
    if not all(name.isidentifier() for name in names):
        raise TemplateSyntaxError(f"{token.contents}: name plain variables before `by`.")
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, names, keys)
