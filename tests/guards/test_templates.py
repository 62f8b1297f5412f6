"""Templates compile, and hold no style, script or handler of their own: our policy (CSP) would refuse them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.guards.sources import ROOT, modules, name_of, templates

# Mail programs know inline styles only.
MAY_STYLE = ("emails/layout.html",)
TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{.*?\}\}", re.DOTALL)


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.found.append("style")
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in ("application/json", "application/ld+json")
        ):
            self.found.append("script")
        self.found += [name for name in given if name.startswith("on")]
        self.found += [
            f"{name}=javascript:" for name, value in attrs if (value or "").strip().startswith("javascript:")
        ]


def inline(source: str) -> list[str]:
    """What `source` holds of style, script and handlers."""
    reader = _Inline()
    reader.feed(VARIABLE.sub("x", TAG.sub(" ", source)))
    return reader.found


@pytest.mark.parametrize("name", templates())
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in templates() if name.endswith(".html")])
def test_template_has_no_style_script_or_handler_of_its_own(name):
    found = set(inline((ROOT / "templates" / name).read_text()))
    assert found - ({"style"} if name in MAY_STYLE else set()) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p style="color:red">', ["style"]),
        ("<style>p{}</style>", ["style"]),
        ("<script>x</script>", ["script"]),
        ('<script src="x.js"></script>', []),
        ('<a onclick="x()" href="y">', ["onclick"]),
        ('<a href=" javascript:x()">', ["href=javascript:"]),
        ('<p class="style" data-on="x">{% if a > b %}<b>{% endif %}', []),
        ('<p {% if x %}style="y"{% endif %}>', ["style"]),
    ],
)
def test_guard_sees_what_is_inline(source, found):
    assert inline(source) == found


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_module_makes_no_markup_with_style_or_handlers(path):
    assert re.findall(r"<[a-z]+[^>\n]* (?:style|on[a-z]+)=", path.read_text()) == []


def test_every_template_is_asked_for_by_something():
    """A template that nothing names is left over."""
    texts = [path.read_text() for path in modules()] + [
        (ROOT / "templates" / name).read_text() for name in templates()
    ]
    asked = set(re.findall(r"[\w/.-]+", "\n".join(texts)))
    # f"alliance/signing/{step}.html" asks for those whose step is named.
    for folder in re.findall(r'f"([\w/]+/)\{\w+\}\.html"', "\n".join(texts)):
        asked |= {f"{folder}{word}.html" for word in re.findall(r'"(\w+)"', "\n".join(texts))}
    # Others ask for these by their own names; mails and components are named without folder or ending.
    others = ("account/", "allauth/", "django/", "mfa/", "socialaccount/", "registration/")
    errors = {f"{status}.html" for status in (400, 403, 404, 429, 500)} | {"403_csrf.html"}
    own = [name for name in templates() if not name.startswith(others) and name not in errors]
    unused = [name for name in own if not asked & set(called(name))]
    assert unused == []


def called(name: str) -> Iterator[str]:
    """The ways to ask for a template."""
    yield name
    for folder in ("emails/", "components/"):
        if name.startswith(folder):
            bare = name.removeprefix(folder).rpartition(".")[0]
            yield from (bare, bare.rpartition("/")[2])


def test_unknown_template_tag_does_not_compile():
    with pytest.raises(Exception, match="Invalid block tag"):
        engines["django"].from_string("{% no_such_tag %}")
