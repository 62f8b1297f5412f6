"""Django's admin, for administrators only."""

import pytest
from django.contrib import admin

from smartsociety.core.models import Mail
from tests import factories


def test_admin_is_for_administrators(everyone):
    answers = {name: client.get("/beheer/admin/").status_code for name, client in everyone.items()}

    assert answers.pop("administrator") == 200
    assert answers.pop("visitor") == 302
    assert set(answers.values()) <= {302, 403}


def test_staff_that_is_no_administrator_is_refused(secretariat):
    response = secretariat.get("/beheer/admin/", follow=True)

    assert response.status_code == 403


def test_there_is_no_second_sign_in(visitor, administrator):
    assert visitor.get("/beheer/admin/login/")["Location"].startswith("/account/login/?next=")
    assert administrator.post("/beheer/admin/logout/")["Location"] == "/account/logout/"
    assert administrator.get("/beheer/admin/password_change/")["Location"] == "/account/password/change/"


def test_keys_and_providers_of_others_stay_out():
    names = {model._meta.label for model in admin.site._registry}

    assert {"core.User", "core.Mail", "account.EmailAddress", "mfa.Authenticator"} <= names
    assert not names & {"auth.Group", "socialaccount.SocialApp", "socialaccount.SocialToken"}


def test_key_of_an_authenticator_app_is_not_shown(administrator):
    user = factories.UserFactory()
    factories.give_second_factor(user)
    authenticator = user.authenticator_set.get()
    page = administrator.get(f"/beheer/admin/mfa/authenticator/{authenticator.pk}/change/")

    assert page.status_code == 200
    assert authenticator.data["secret"] not in page.text


def test_text_of_a_mail_is_not_shown(administrator):
    mail = Mail.objects.create(
        kind="account/email/login_code", to="jan@gemeente.example", subject="Uw code", text="ABCD-EFGH"
    )
    page = administrator.get(f"/beheer/admin/core/mail/{mail.pk}/change/").text

    assert ("Uw code" in page, "ABCD-EFGH" in page) == (True, False)


@pytest.mark.parametrize("path", ["core/mail/add/", "mfa/authenticator/add/"])
def test_what_comes_by_itself_is_not_made_here(administrator, path):
    assert administrator.get(f"/beheer/admin/{path}").status_code == 403


def test_accounts_are_switched_off_and_not_deleted(administrator):
    user = factories.UserFactory()

    assert (
        administrator.post(f"/beheer/admin/core/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    )
