"""One table of every address and what each of us gets there. An address that is not in it fails."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests.guards.addresses import alliance, fieldlabs, knowledgebase, roof
from tests.guards.addresses.columns import ROLES, SEE_OTHER

# Others wrote these pages and test them; ours around them are tested in tests/core.
OF_OTHERS = ("account_", "mfa_", "socialaccount_", "openid_connect_", "admin:", "social/")
# These exist while DEBUG is on, as tests/core/test_development.py proves.
FOR_DEVELOPERS = ("dev_",)
# In neither language: machines read these.
WITHOUT_LANGUAGE = ("robots_txt", "security_txt", "sitemap")

# The organisation of the representative and the editor is Ede: it signed, and owns the draft practice.
APPS = (roof, alliance, fieldlabs, knowledgebase)
TABLE = {name: row for app in APPS for name, row in app.TABLE.items()}


def named(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The name of every address; the path of one that has none."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or pattern.pattern}"
        else:
            yield from named(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


@pytest.fixture
def town(everyone) -> dict:
    """What the addresses of the table name. Both people of an organisation are of Ede."""
    return {key: value for app in APPS for key, value in app.town(everyone).items()}


def forms_without_token(html: str) -> list[str]:
    """The forms that change something and would always be refused: a template was not given the token."""
    forms = re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL)
    return [form[:200] for form in forms if "csrfmiddlewaretoken" not in form]


def test_every_address_is_in_the_table():
    own = {name for name in named() if not name.startswith(OF_OTHERS + FOR_DEVELOPERS)}
    assert own == set(TABLE)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_address_answers_each_as_the_table_says(everyone, files, town, role, language):
    column, wanted, found, without_token = ROLES.index(role), {}, {}, []
    for name, (arguments, statuses) in TABLE.items():
        if language == "en" and name in WITHOUT_LANGUAGE:
            continue
        with override(language):
            address = reverse(name, args=[town.get(argument, argument) for argument in arguments])
        assert address.startswith("/en/") is (language == "en"), address
        wanted[name] = int(statuses.split()[column])
        response = everyone[role].get(address)
        if response.streaming:
            list(response)  # reading to the end closes the file
        elif response.headers.get("Content-Type", "").startswith("text/html"):
            without_token += [f"{name}: {form}" for form in forms_without_token(response.content.decode())]
        found[name] = response.status_code
    differs = {name for name in TABLE if found.get(name) != wanted.get(name)}
    assert {name: found[name] for name in differs} == {name: wanted[name] for name in differs}
    assert without_token == []


def test_address_that_asks_to_sign_in_comes_back(visitor, files, town):
    for name, (arguments, statuses) in TABLE.items():
        if statuses.startswith("302") and statuses != SEE_OTHER:
            address = reverse(name, args=[town.get(argument, argument) for argument in arguments])
            assert visitor.get(address).url == f"/account/login/?next={address}"


def test_button_pressed_while_signed_out_leads_back_to_its_page(visitor, files, town):
    pages = {}
    for name, (arguments, statuses) in TABLE.items():
        if statuses.startswith("302") and "405" in statuses:
            address = reverse(name, args=[town.get(argument, argument) for argument in arguments])
            pages[name] = visitor.post(address, headers={"Referer": "http://testserver/impact/?page=2"}).url
    assert len(pages) > 50
    assert set(pages.values()) == {"/account/login/?next=/impact/%3Fpage%3D2"}, pages


def test_table_has_a_column_for_each_of_the_cast(everyone):
    assert tuple(everyone) == ROLES
    assert {len(statuses.split()) for _arguments, statuses in TABLE.values()} == {len(ROLES)}
