"""Security headers on every kind of answer."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

POLICY = {
    "base-uri": "'none'",
    "connect-src": "'self'",
    "default-src": "'none'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "manifest-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")
    ),
}


def policy(response):
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))


def assert_secure(response):
    assert policy(response) == POLICY
    assert {name: response.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/account/login/", 200),
        ("get", "/en/account/login/", 200),
        ("get", "/account/login", 301),
        ("get", "/beheer/", 302),
        ("get", "/bestaat-niet/", 404),
        ("post", "/toegankelijkheid/", 405),
        ("get", "/-/live", 200),
        ("get", "/-/ready", 200),
        ("get", "/static/img/favicon.svg", 200),
    ],
)
def test_headers_on_each_kind_of_answer(db, method, path, status):
    response = getattr(Client(), method)(path)
    response.close()

    assert response.status_code == status
    assert_secure(response)


def test_headers_on_403(stranger):
    response = stranger.get("/beheer/")

    assert response.status_code == 403
    assert_secure(response)


def test_headers_on_a_form_without_its_secret(db):
    response = Client(enforce_csrf_checks=True).post("/account/login/")

    assert response.status_code == 403
    assert_secure(response)


def test_headers_on_500(db, monkeypatch):
    def fail(request):
        raise RuntimeError

    monkeypatch.setattr("smartsociety.core.second_factor._refusal", fail)
    response = Client(raise_request_exception=False).get("/beheer/")

    assert response.status_code == 500
    assert_secure(response)


@pytest.mark.parametrize("redirects", [False, True])
def test_headers_when_the_host_is_wrong(settings, redirects):
    settings.SECURE_SSL_REDIRECT = redirects
    response = Client().get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert_secure(response)


def test_headers_on_the_maintenance_page(settings):
    settings.MAINTENANCE = True
    response = Client().get("/")

    assert response.status_code == 503
    assert_secure(response)


def test_http_goes_to_https_and_is_remembered(settings, db):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 63_072_000
    redirect = Client().get("/account/login/")
    secure = Client().get("/account/login/", secure=True)

    assert (redirect.status_code, redirect["Location"]) == (301, "https://testserver/account/login/")
    assert_secure(redirect)
    assert secure["Strict-Transport-Security"].startswith("max-age=63072000")


def test_cookies_are_for_us_alone(db):
    names = ("SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY")

    assert all(getattr(django_settings, name) for name in names)
    assert django_settings.SESSION_COOKIE_SAMESITE == "Lax"
