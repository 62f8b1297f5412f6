"""Signing up and in, and the mails that come with it."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils.translation import override

from smartsociety.core.accounts import AccountAdapter, SecondFactorAdapter, SocialAccountAdapter
from smartsociety.core.models import Mail, User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "een-heel-lang-wachtwoord"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def member():
    """Signed in, by code as nearly everybody."""
    client = Client()
    client.force_login(factories.UserFactory(password="!"))
    return client


def code_in(mail):
    return re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$|^[A-Z0-9]{6}$", mail.text, re.MULTILINE)[0]


def test_sign_up_asks_an_address_and_a_code(visitor):
    first = visitor.post("/en/account/signup/", {"email": "Jan.Jansen@Gemeente.example"})
    mail = Mail.objects.get()
    second = visitor.post(first["Location"], {"code": code_in(mail)})
    user = User.objects.get()

    assert (mail.kind, mail.to, mail.language) == (
        "account/email/email_confirmation_signup", "jan.jansen@gemeente.example", "en",
    )  # fmt: skip
    assert (second.status_code, second["Location"]) == (302, "/en/mijn/")
    assert (user.email, user.language, user.is_staff, user.has_usable_password()) == (
        "jan.jansen@gemeente.example", "en", False, False,
    )  # fmt: skip
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.parametrize(("mark", "is_lost"), [("&lost=1", True), ("", False)])
def test_sign_in_says_when_a_form_was_not_sent(visitor, mark, is_lost):
    page = visitor.get(f"/en/account/login/?next=/en/mijn/{mark}")
    assert ("Your form was not sent" in page.text) is is_lost


def test_sign_in_by_code(visitor):
    user = factories.UserFactory()
    first = visitor.post("/account/login/", {"login": user.email.upper(), "next": "/privacy/"})
    second = visitor.post(first["Location"], {"code": code_in(Mail.objects.get()), "next": "/privacy/"})

    assert first["Location"].startswith("/account/login/code/confirm/")
    assert second["Location"] == "/privacy/"
    assert visitor.session["_auth_user_id"] == str(user.pk)


def test_sign_in_by_password(visitor):
    user = factories.UserFactory()
    user.set_password(PASSWORD)
    user.save()

    response = visitor.post("/account/login/", {"login": user.email, "password": PASSWORD})

    assert response["Location"] == "/mijn/"
    assert not Mail.objects.exists()


def test_staff_goes_to_the_workspace(visitor):
    request = RequestFactory().get("/")
    places = []
    for is_staff in (True, False):
        request.user = factories.UserFactory(is_staff=is_staff)
        places.append(AccountAdapter().get_login_redirect_url(request))

    assert places == ["/beheer/", "/mijn/"]


def test_wrong_password_and_unknown_address_read_the_same(visitor):
    user = factories.UserFactory()
    pages = [
        visitor.post("/account/login/", {"login": email, "password": "onjuist"})
        for email in (user.email, "nobody@organisation.example")
    ]
    errors = [list(page.context["form"].non_field_errors()) for page in pages]

    assert errors == [[AccountAdapter.error_messages["email_password_mismatch"]]] * 2


def test_unknown_address_gets_the_same_page_and_a_mail_that_says_so(visitor):
    user = factories.UserFactory()
    known = Client().post("/account/login/", {"login": user.email})
    unknown = visitor.post("/account/login/", {"login": "nobody@organisation.example"})
    mail = Mail.objects.get(to="nobody@organisation.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert (mail.kind, "/account/signup/" in mail.text) == ("account/email/unknown_account", True)


def test_sign_up_with_a_known_address_does_not_tell(visitor):
    user = factories.UserFactory()
    known = Client().post("/account/signup/", {"email": user.email})
    unknown = visitor.post("/account/signup/", {"email": "new@organisation.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Mail.objects.get(to=user.email).kind == "account/email/account_already_exists"


def test_mail_is_in_the_language_of_its_reader(visitor):
    user = factories.UserFactory(language="en")
    visitor.post("/account/login/", {"login": user.email})

    assert Mail.objects.get().language == "en"


def test_too_many_wrong_passwords_are_stopped(visitor):
    user = factories.UserFactory()
    for _attempt in range(7):
        response = visitor.post("/account/login/", {"login": user.email, "password": "onjuist"})

    assert response.context["form"].non_field_errors() == [
        AccountAdapter.error_messages["too_many_login_attempts"]
    ]


def test_wrong_code_may_be_tried_three_times(visitor):
    user = factories.UserFactory()
    page = visitor.post("/account/login/", {"login": user.email})["Location"]
    answers = [visitor.post(page, {"code": "AAAA-BBBB"}).status_code for _attempt in range(3)]

    assert answers == [200, 200, 302]


def test_switched_off_account_does_not_come_in(visitor):
    user = factories.UserFactory(is_active=False)
    visitor.post("/account/login/", {"login": user.email})

    assert "_auth_user_id" not in visitor.session


PAGES_OF_VISITORS = [
    "login/",
    "signup/",
    "login/code/",
    "password/reset/",
    "inactive/",
    "password/reset/done/",
]
PAGES_OF_MEMBERS = [
    "email/", "password/set/", "logout/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
    "3rdparty/",
]  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", PAGES_OF_VISITORS)
def test_page_of_visitors_is_ours(visitor, prefix, address):
    response = visitor.get(f"{prefix}/account/{address}", follow=True)

    assert_ours(response)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", PAGES_OF_MEMBERS)
def test_page_of_members_is_ours(member, prefix, address):
    response = member.get(f"{prefix}/account/{address}", follow=True)

    assert_ours(response)


def assert_ours(response):
    """One heading of ours, no search engines, nothing inline."""
    html = response.text
    inline = re.findall(r'<script(?![^>]*(?:src=|type="application/json"))|<style|\sstyle=|\son\w+=', html)

    assert response.status_code == 200
    assert (html.count("<h1"), html.count('name="robots" content="noindex"')) == (1, 1)
    assert inline == []


def test_notification_tells_what_and_when_without_tracing_its_reader(member):
    member.post("/account/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    mail = Mail.objects.get()

    assert mail.kind == "account/email/password_set"
    assert "127.0.0.1" not in mail.text
    assert "/account/email/" in mail.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_mail_of_allauth_has_our_wording(language):
    user = factories.UserFactory(language=language, name="Jan & Co")
    words = {
        "user": user, "code": "ABCD-EFGH", "timestamp": None, "from_email": "a@x.example", "to_email": "b@x.example",
        "deleted_email": "c@x.example", "provider": "VNG",
    }  # fmt: skip
    names = [
        *(f"account/email/{name}" for name in (
            "login_code", "email_confirmation", "email_confirmation_signup", "password_reset_code", "unknown_account",
            "account_already_exists", "email_confirm", "email_changed", "email_deleted", "password_changed",
            "password_set", "password_reset",
        )),
        *(f"mfa/email/{name}" for name in (
            "totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed", "recovery_codes_generated",
        )),
        *(f"socialaccount/email/{name}" for name in ("account_connected", "account_disconnected")),
    ]  # fmt: skip
    for name in names:
        AccountAdapter().send_mail(name, user.email, words)

    mails = list(Mail.objects.all())
    assert {mail.language for mail in mails} == {language}
    assert [mail for mail in mails if "Jan & Co" not in mail.text or "Smart Society" not in mail.text] == []
    assert [mail for mail in mails if not mail.subject or "\n" in mail.subject] == []


def social_login(provider):
    return SocialLogin(account=SocialAccount(provider=provider), user=User())


@pytest.mark.parametrize(("provider", "verified", "joined"), [
    ("organisation", True, True), ("organisation", False, False), ("other", True, False),
])  # fmt: skip
def test_organisations_sign_in_joins_only_verified_addresses_of_our_provider(provider, verified, joined):
    user = factories.UserFactory()
    EmailAddress.objects.filter(user=user).update(verified=verified)

    assert (
        SocialAccountAdapter().can_authenticate_by_email(social_login(provider), user.email.upper()) is joined
    )


def test_organisations_sign_in_never_gives_rights():
    data = {"email": "Piet@VNG.example", "name": "Piet Pietersen", "is_staff": True, "roles": ["secretariat"]}
    with override("en"):
        user = SocialAccountAdapter().populate_user(
            RequestFactory().get("/"), social_login("organisation"), data
        )

    assert (user.email, user.name, user.language) == ("piet@vng.example", "Piet Pietersen", "en")
    assert (user.is_staff, user.is_superuser, user.roles) == (False, False, [])


def test_qr_code_can_be_read_on_a_dark_page():
    svg = SecondFactorAdapter().build_totp_svg("otpauth://totp/x")

    assert 'fill="white"' in svg or "#fff" in svg.lower()


def test_passkey_is_called_by_number():
    user = factories.UserFactory()

    assert SecondFactorAdapter().generate_authenticator_name(user, "webauthn").endswith("1")
