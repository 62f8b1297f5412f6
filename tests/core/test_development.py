"""Pages for developers, which must not exist elsewhere."""

import sys
from importlib import import_module

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, clear_url_caches, reverse, set_urlconf

import smartsociety.urls
from smartsociety.core import development, sample
from smartsociety.core.mail import queue
from smartsociety.core.models import User

NAMES = ["dev_mail_list", "dev_mail_detail", "dev_mail_html", "dev_sign_in"]


def reload_urls():
    """The addresses as a fresh start would make them."""
    for name in ("smartsociety.urls", "smartsociety.core.development_urls"):
        sys.modules.pop(name, None)
    clear_url_caches()
    set_urlconf(None)
    return import_module("smartsociety.urls")


@pytest.fixture
def restore_urls():
    before = sys.modules["smartsociety.urls"]
    yield
    sys.modules["smartsociety.urls"] = smartsociety.urls = before  # an import also sets it on the package
    clear_url_caches()


@pytest.fixture
def pages(settings, db):
    """The development pages with the sample people, as `make run` has them."""
    settings.DEBUG = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    sample.load_people()
    return Client()


def test_addresses_do_not_exist_outside_development(settings, restore_urls):
    settings.DEBUG = False
    reload_urls()

    for name in NAMES:
        with pytest.raises(NoReverseMatch):
            reverse(name, args=[1] if "detail" in name or "html" in name else [])


def test_addresses_exist_in_development(settings, restore_urls):
    settings.DEBUG = True
    reload_urls()

    assert reverse("dev_sign_in") == "/ontwikkel/inloggen/"


def test_addresses_refuse_to_be_imported_outside_development(settings, restore_urls):
    settings.DEBUG = False
    sys.modules.pop("smartsociety.core.development_urls", None)

    with pytest.raises(ImproperlyConfigured):
        import_module("smartsociety.core.development_urls")


@pytest.mark.parametrize("view", [
    development.mail_list, development.mail_detail, development.mail_html, development.sign_in,
])  # fmt: skip
def test_view_does_not_exist_outside_development(settings, view):
    settings.DEBUG = False

    with pytest.raises(Http404):
        view(RequestFactory().post("/", {"email": sample.ADMINISTRATOR}))


@pytest.mark.parametrize("person", sample.PEOPLE, ids=lambda person: person.email)
def test_sign_in_as_each_person(pages, person):
    response = pages.post("/ontwikkel/inloggen/", {"email": person.email})

    assert response["Location"] == ("/beheer/" if person.is_staff else "/mijn/")
    assert pages.session["_auth_user_id"] == str(User.objects.get(email=person.email).pk)
    assert pages.get("/beheer/mail/").status_code == (200 if person.is_staff else 403)


def test_become_a_visitor_again(pages):
    pages.post("/ontwikkel/inloggen/", {"email": sample.SECRETARIAT})
    pages.post("/ontwikkel/inloggen/", {"email": development.VISITOR})

    assert "_auth_user_id" not in pages.session


def test_sign_in_goes_on_to_a_page_of_ours_only(pages):
    goals = [
        pages.post("/ontwikkel/inloggen/", {"email": sample.REPRESENTATIVE, "next": goal})["Location"]
        for goal in ("/privacy/", "https://evil.example/", "//evil.example/")
    ]

    assert goals == ["/privacy/", "/mijn/", "/mijn/"]


def test_sign_in_needs_the_secret_of_the_form(pages):
    assert Client(enforce_csrf_checks=True).post("/ontwikkel/inloggen/").status_code == 403


def test_nobody_else_can_be_signed_in_as(pages):
    User.objects.create_user("real@gemeente.example")

    with pytest.raises(Http404):
        development.sign_in(RequestFactory().post("/", {"email": "real@gemeente.example"}))


def test_sign_in_page_offers_every_role(pages):
    response = pages.get("/ontwikkel/inloggen/")

    assert response.context["people"] == list(sample.PEOPLE)


def test_mails_are_shown_the_newest_first(pages):
    mails = [
        queue(kind="x/y", to="jan@gemeente.example", language="nl", subject=subject, text="Hallo")
        for subject in "ab"
    ]
    response = pages.get("/ontwikkel/mail/")

    assert list(response.context["page"]) == mails[::-1]


def test_html_of_a_mail_has_a_policy_of_its_own(pages):
    mail = queue(
        kind="x/y", to="jan@gemeente.example", language="nl", subject="a", text="<script>alert(1)</script>"
    )
    detail, html = pages.get(f"/ontwikkel/mail/{mail.pk}/"), pages.get(f"/ontwikkel/mail/{mail.pk}/html/")

    assert "frame-src 'self'" in detail["Content-Security-Policy"]
    assert "script-src 'self'" in detail["Content-Security-Policy"]
    assert sorted(html["Content-Security-Policy"].split("; ")) == [
        "default-src 'none'", "frame-ancestors 'self'", "style-src 'unsafe-inline'",
    ]  # fmt: skip
    assert "&lt;script&gt;" in html.text
