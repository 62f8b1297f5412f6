"""Who may enter /beheer/, and when staff have the rights of staff elsewhere."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from smartsociety.core.second_factor import SHOWN_KEY
from tests import factories

PATHS = [
    "/beheer/",
    "/beheer/mail/",
    "/beheer/admin/",
    "/beheer/bestaat-niet/",
    "/en/beheer/",
    "/en/beheer/mail/",
]


def client_of(user, **session):
    client = Client()
    client.force_login(user)
    stored = client.session
    stored.update(session)
    stored.save()
    return client


@pytest.fixture
def staff(db):
    return factories.UserFactory(is_staff=True, roles=["secretariat"])


def code_of(authenticator):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(TOTP(authenticator).instance.data["secret"], counter))


@pytest.mark.parametrize("path", PATHS)
def test_visitor_signs_in_and_comes_back(visitor, path):
    response = visitor.get(path)
    target = urlsplit(response["Location"])

    assert response.status_code == 302
    assert target.path == ("/en/account/login/" if path.startswith("/en/") else "/account/login/")
    assert parse_qs(target.query) == {"next": [path]}


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_staff_is_refused(representative, path):
    assert representative.get(path).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", PATHS)
def test_staff_without_second_factor_reads_how_to_get_one(staff, path, method):
    client = client_of(staff)
    response = getattr(client, method)(path)

    assert (response.status_code, response.templates[0].name) == (403, "core/second_factor.html")
    assert client.session["second_factor_next"] == path


def test_recovery_codes_alone_are_no_second_factor(staff):
    Authenticator.objects.create(user=staff, type="recovery_codes", data={})

    assert client_of(staff, **{SHOWN_KEY: staff.pk}).get("/beheer/mail/").status_code == 403


def test_staff_who_showed_it_enters(secretariat):
    assert secretariat.get("/beheer/mail/").status_code == 200


def test_session_from_before_the_factor_is_asked_for_it(staff):
    client = client_of(staff)
    factories.give_second_factor(staff)

    response = client.get("/beheer/mail/")

    assert (response.status_code, response["Location"]) == (
        302,
        "/account/2fa/reauthenticate/?next=%2Fbeheer%2Fmail%2F",
    )


def test_showing_it_opens_the_door(staff):
    factories.give_second_factor(staff)
    client = client_of(staff)
    code = code_of(Authenticator.objects.get(user=staff, type="totp"))

    response = client.post("/account/2fa/reauthenticate/", {"code": code, "next": "/beheer/mail/"})

    assert (response.status_code, response["Location"]) == (302, "/beheer/mail/")
    assert client.get("/beheer/mail/").status_code == 200


def test_owner_of_a_passkey_is_asked_for_the_passkey(staff):
    Authenticator.objects.create(user=staff, type="webauthn", data={"name": "Phone", "credential": {}})

    response = client_of(staff).get("/beheer/")

    assert response["Location"] == "/account/2fa/webauthn/reauthenticate/?next=%2Fbeheer%2F"


def test_without_it_staff_have_no_rights_of_staff_anywhere(db):
    reviewer = factories.UserFactory(is_staff=True, roles=["editor"])
    factories.give_second_factor(reviewer)
    factories.PracticeFactory(slug="geheim", draft=True), factories.PracticeFactory(slug="bekend")
    asked = [("get", "/kennisbank/geheim/"), ("post", "/kennisbank/bekend/archiveren/")]
    without, with_it = client_of(reviewer), client_of(reviewer, **{SHOWN_KEY: reviewer.pk})
    assert [getattr(without, method)(path).status_code for method, path in asked] == [404, 403]
    assert without.get("/kennisbank/bekend/").status_code == 200  # as anybody
    assert [getattr(with_it, method)(path).status_code for method, path in asked] == [200, 302]


def test_session_that_another_person_showed_it_in_does_not_count(staff):
    factories.give_second_factor(staff)
    client = client_of(staff, **{SHOWN_KEY: staff.pk + 1})

    assert client.get("/beheer/mail/").status_code == 302


@pytest.mark.parametrize(
    ("enforces", "provider", "status"),
    [(False, "organisation", 403), (True, "organisation", 200), (True, "other", 403), (True, None, 403)],
)
def test_organisations_sign_in_counts_only_when_the_operator_says_so(
    settings, staff, enforces, provider, status
):
    settings.OIDC_ENFORCES_MFA = enforces
    records = [{"method": "socialaccount", "provider": provider, "at": 1.0, "amr": ["mfa"]}]
    session = {
        AUTHENTICATION_METHODS_SESSION_KEY: records,
        _AUTHENTICATION_METHODS_USER_SESSION_KEY: str(staff.pk),
    }

    assert client_of(staff, **session).get("/beheer/mail/").status_code == status


def test_path_that_only_begins_alike_is_free(visitor):
    assert visitor.get("/beheerd/").status_code == 404
