"""What the browser is told about safety, and that it does as told."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
PAGES = ("/", "/kennisbank/", "/account/login/", "/bestaat-niet/")


@pytest.fixture
def visitor(person):
    return person()


def test_page_tells_the_browser_what_it_may_do(visitor):
    for path in PAGES:
        answer = visitor.page.goto(path)
        headers = answer.headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy == POLICY
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
        assert "camera=()" in headers["permissions-policy"]
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert re.findall(r'<style|<script>| style=| on[a-z]+="', answer.text()) == [], path


def test_style_script_and_font_of_the_site_arrive(visitor):
    visitor.open("/")
    loaded = visitor.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    for ending in ("css/portal.css", "fonts/noto-sans.woff2", ".js"):
        assert [path for path in loaded if path.endswith(ending)], (ending, loaded)
    assert visitor.page.evaluate("document.fonts.check('1rem \"Noto Sans Variable\"')")
    assert visitor.page.evaluate("typeof htmx") == "object"


def test_cookies_are_the_two_of_the_privacy_page(person, visitor):
    visitor.open("/")
    assert visitor.page.context.cookies() == []
    member = person(factories.UserFactory())
    member.open("/mijn/")
    cookies = {cookie["name"]: cookie for cookie in member.page.context.cookies()}
    assert set(cookies) == {"sessionid", "csrftoken"}
    assert all(cookie["sameSite"] == "Lax" for cookie in cookies.values())
    assert cookies["csrftoken"]["httpOnly"]


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ("<p style='color: red'>", "console"),
        ("<img src='https://elsewhere.example/pixel.png' alt=''>", "another origin"),
        ("<img src='/static/img/nothing.svg' alt=''>", "answer 404"),
        ("<button onclick='x()'>", "console"),
    ],
)
def test_browser_refuses_what_the_policy_forbids_and_these_tests_notice(visitor, watch, markup, problem):
    visitor.open("/")
    visitor.page.evaluate(
        "markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", markup
    )
    expect(visitor.main.locator("> :last-child")).to_be_attached()
    if "onclick" in markup:
        visitor.main.locator("> :last-child").dispatch_event("click")
    visitor.page.wait_for_timeout(300)
    noticed, watch.problems[:] = list(watch.problems), []
    assert [line for line in noticed if line.startswith(problem)], noticed
