"""One table of every address and what each of us gets there. An address that is not in it fails."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests import factories

ROLES = (
    "visitor",
    "stranger",
    "representative",
    "editor",
    "secretariat",
    "programme",
    "reviewer",
    "administrator",
)
# Others wrote these pages and test them; ours around them are tested in tests/core.
OF_OTHERS = ("account_", "mfa_", "socialaccount_", "openid_connect_", "admin:", "social/")
# These exist while DEBUG is on, as tests/core/test_development.py proves.
FOR_DEVELOPERS = ("dev_",)
# In neither language: machines read these.
WITHOUT_LANGUAGE = ("robots_txt", "security_txt", "sitemap")

EVERYBODY = "200 200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200 200"  # 302: to sign-in and back
STAFF = "302 403 403 403 200 200 200 200"
SECRETARIAT = "302 403 403 403 200 403 403 200"
PROGRAMME = "302 403 403 403 403 200 403 200"
EDITORS = "302 403 403 403 403 403 200 200"
BUTTON = "302 405 405 405 405 405 405 405"  # changes by POST only
STAFF_BUTTON = "302 403 403 403 405 405 405 405"

# The organisation of the representative and the editor is Ede: it signed, and owns the draft practice.
TABLE = {
    "robots_txt": ((), EVERYBODY),
    "security_txt": ((), EVERYBODY),
    "sitemap": ((), EVERYBODY),
    "home": ((), EVERYBODY),
    "accessibility": ((), EVERYBODY),
    "privacy": ((), EVERYBODY),
    "styleguide": ((), EVERYBODY),
    "organisation_detail": (("ede",), EVERYBODY),
    "my_page": ((), SIGNED_IN),
    "staff_home": ((), STAFF),
    "staff_mail_list": ((), STAFF),
    "staff_mail_retry": ((1,), STAFF_BUTTON),
    "staff_audit_list": ((), STAFF),
    "alliance:declaration": ((), EVERYBODY),
    "alliance:declaration_version": ((1,), EVERYBODY),
    "alliance:signature_create": ((), EVERYBODY),
    "alliance:signature_sent": ((), EVERYBODY),
    "alliance:signature_confirm": (("guess",), "410 410 410 410 410 410 410 410"),
    "alliance:signature_proof": (("EDE234567890",), EVERYBODY),
    "alliance:signature_withdraw": (("EDE234567890",), "302 403 200 403 403 403 403 403"),
    "alliance:signatory_list": ((), EVERYBODY),
    "alliance:staff_signature_list": ((), SECRETARIAT),
    "alliance:signature_verify": (("pk",), SECRETARIAT),
    "alliance:signature_publish": (("pk",), STAFF_BUTTON),
    "fieldlabs:fieldlab_list": ((), EVERYBODY),
    "fieldlabs:calendar": ((), EVERYBODY),
    "fieldlabs:fieldlab_detail": (("concept",), "404 404 404 404 404 200 404 200"),
    "fieldlabs:fieldlab_register": (("voorjaar",), "302 403 200 403 403 403 403 403"),
    "fieldlabs:registration_cancel": (("code",), BUTTON),
    "fieldlabs:outcome_list": (("voorjaar",), EVERYBODY),
    "fieldlabs:outcome_detail": (("voorjaar", "in-de-maak"), "404 404 404 404 404 200 404 200"),
    "fieldlabs:staff_fieldlab_list": ((), PROGRAMME),
    "fieldlabs:fieldlab_create": ((), PROGRAMME),
    "fieldlabs:fieldlab_edit": (("voorjaar",), PROGRAMME),
    "fieldlabs:fieldlab_move": (("voorjaar",), STAFF_BUTTON),
    "fieldlabs:outcome_create": (("voorjaar",), PROGRAMME),
    "fieldlabs:outcome_edit": (("voorjaar", "in-de-maak"), PROGRAMME),
    "knowledgebase:practice_list": ((), EVERYBODY),
    "knowledgebase:practice_start": (("in-de-maak",), BUTTON),
    "knowledgebase:practice_detail": (("concept",), "404 404 200 200 404 200 200 200"),
    "knowledgebase:practice_edit": (("concept",), "302 404 200 200 404 200 403 200"),
    "knowledgebase:practice_adopt": (("laadpalen",), "302 403 200 403 403 403 403 403"),
    "knowledgebase:review_list": ((), EDITORS),
    "knowledgebase:practice_review": (("concept",), STAFF_BUTTON),
    "knowledgebase:practice_return": (("concept",), EDITORS),
    "knowledgebase:practice_publish": (("concept",), STAFF_BUTTON),
}


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
    ede = everyone["representative"].organisation
    type(ede).objects.filter(pk=ede.pk).update(slug="ede")
    factories.MembershipFactory(user=everyone["editor"].user, organisation=ede, role="editor")
    ede.signatures.update(code="EDE234567890")
    factories.FieldlabFactory(slug="concept", status="draft")
    factories.OutcomeFactory(slug="in-de-maak", fieldlab=factories.FieldlabFactory(slug="voorjaar"))
    factories.PracticeFactory(slug="concept", draft=True, owner=ede)
    factories.PracticeFactory(slug="laadpalen")
    return {"pk": factories.SignatureFactory(submitted=True).pk}


def test_every_address_is_in_the_table():
    own = {name for name in named() if not name.startswith(OF_OTHERS + FOR_DEVELOPERS)}
    assert own == set(TABLE)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_address_answers_each_as_the_table_says(everyone, town, role, language):
    column, wanted, found = ROLES.index(role), {}, {}
    for name, (arguments, statuses) in TABLE.items():
        if language == "en" and name in WITHOUT_LANGUAGE:
            continue
        with override(language):
            address = reverse(name, args=[town.get(argument, argument) for argument in arguments])
        assert address.startswith("/en/") is (language == "en"), address
        wanted[name] = int(statuses.split()[column])
        found[name] = everyone[role].get(address).status_code
    assert found == wanted


def test_address_that_asks_to_sign_in_comes_back(visitor, town):
    for name, (arguments, statuses) in TABLE.items():
        if statuses.startswith("302"):
            address = reverse(name, args=[town.get(argument, argument) for argument in arguments])
            assert visitor.get(address).url == f"/account/login/?next={address}"


def test_table_has_a_column_for_each_of_the_cast(everyone):
    assert tuple(everyone) == ROLES
    assert {len(statuses.split()) for _arguments, statuses in TABLE.values()} == {len(ROLES)}
