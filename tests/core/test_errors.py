"""Pages for errors, in the language of the address."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils.translation import get_language, override

from smartsociety.core import errors

HANDLERS = [
    (lambda request: errors.bad_request(request, ValueError()), 400, "400.html"),
    (lambda request: errors.permission_denied(request, PermissionDenied()), 403, "403.html"),
    (lambda request: errors.csrf_failure(request, "no cookie"), 403, "403_csrf.html"),
    (lambda request: errors.page_not_found(request, Http404()), 404, "404.html"),
    (errors.server_error, 500, "500.html"),
]


@pytest.mark.parametrize(("handler", "status", "template"), HANDLERS)
@pytest.mark.parametrize(("path", "language"), [("/iets/", "nl"), ("/en/iets/", "en")])
def test_error_page_speaks_the_language_of_the_address(db, handler, status, template, path, language):
    with override("en" if language == "nl" else "nl"):
        response = handler(RequestFactory().get(path))
        after = get_language()

    assert response.status_code == status
    assert f'<html lang="{language}"' in response.text
    assert after != language


def test_error_pages_of_the_site():
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)

    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_missing_page_is_404(db):
    assert [Client().get(path).status_code for path in ("/bestaat-niet/", "/en/does-not-exist/")] == [
        404,
        404,
    ]


def test_form_without_its_secret_is_403(db):
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "jan@gemeente.example"})

    assert (response.status_code, response.templates[0].name) == (403, "403_csrf.html")


def test_failing_page_shows_no_details(db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("password of jan@gemeente.example")

    monkeypatch.setattr("smartsociety.core.staff.page_of", fail)
    monkeypatch.setattr("smartsociety.core.second_factor._refusal", lambda request: None)
    monkeypatch.setattr("smartsociety.core.staff.require", lambda allowed: None)
    response = Client(raise_request_exception=False).get("/beheer/mail/")

    assert (response.status_code, "jan@" in response.text) == (500, False)
