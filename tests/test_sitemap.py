"""What search engines and finders of weak spots are told."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
PAGES = [
    "/",
    "/steunverklaring/",
    "/steunverklaring/ondertekenen/",
    "/ondertekenaars/",
    "/agenda/",
    "/contact/",
    "/fieldlabs/",
    "/fieldlabs/casussen/",
    "/fieldlabs/opbrengsten/",
    "/kennisbank/",
    "/kennisbank/gezocht/",
    "/kennisbank/zoekvragen/",
    "/kennisbank/verzamelingen/",
    "/kennisbank/publicaties/",
    "/spelregels/",
    "/impact/",
    "/impact/overnames/",
    "/impact/gemeenten/",
    "/toegankelijkheid/",
    "/privacy/",
]


def listed(client) -> list[str]:
    """The addresses in the sitemap, without the host."""
    answer = client.get("/sitemap.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    tree = ET.fromstring(answer.content)  # noqa: S314 our own
    return [place.text.removeprefix("http://testserver") for place in tree.iter(f"{SITEMAP}loc")]


def both(*paths: str) -> list[str]:
    """Each path in Dutch and in English, sorted."""
    return sorted([*paths, *(f"/en{path}" for path in paths)])


def test_sitemap_lists_the_pages_in_both_languages(visitor):
    assert sorted(listed(visitor)) == both(*PAGES)


def test_sitemap_lists_what_is_public_and_nothing_else(visitor, administrator):
    ede = factories.OrganisationFactory(slug="ede")
    hidden = {"kind": "company", "in_register": False}
    signature = factories.SignatureFactory(
        published=True, organisation__slug="sensoria", organisation__kind="company"
    )
    factories.SignatureFactory(
        submitted=True, organisation=factories.OrganisationFactory(slug="geheim", **hidden)
    )
    factories.FieldlabFactory(slug="voorjaar"), factories.FieldlabFactory(slug="afgelast", status="cancelled")
    factories.FieldlabFactory(slug="geheim", status="draft")
    report = factories.ReportFactory(published=True, fieldlab__slug="najaar")
    factories.OutcomeFactory(fieldlab=report.fieldlab, slug="sensoren", organisation=ede)
    factories.OutcomeFactory(fieldlab=report.fieldlab, slug="geheim", status="draft", organisation=ede)
    factories.ReportFactory(fieldlab__slug="winter")
    factories.PracticeFactory(slug="laadpalen", owner=ede)
    for status in ("draft", "submitted", "in_review", "archived"):
        factories.practice_at(status, slug=f"geheim-{status}", owner=ede)
    factories.CaseFactory(slug="vrije-plek", organisation=ede)
    factories.case_at("withdrawn", slug="geheim", organisation=ede)
    factories.NeedFactory(slug="delen", organisation=ede)
    factories.NeedFactory(slug="geheim", organisation=ede, status="closed")
    factories.CollectionFactory(slug="beginnen")
    factories.CollectionFactory(slug="geheim", is_published=False)
    public = [
        "/organisaties/ede/",
        "/organisaties/sensoria/",
        "/fieldlabs/voorjaar/",
        "/fieldlabs/afgelast/",
        "/fieldlabs/najaar/",
        "/fieldlabs/winter/",
        "/fieldlabs/najaar/opbrengst/sensoren/",
        "/fieldlabs/najaar/verslag/",
        "/fieldlabs/casussen/vrije-plek/",
        "/kennisbank/laadpalen/",
        "/kennisbank/zoekvragen/delen/",
        "/kennisbank/verzamelingen/beginnen/",
    ]
    assert sorted(listed(visitor)) == sorted(listed(administrator)) == both(*PAGES, *public)
    assert signature.code not in "".join(listed(visitor))


def test_sitemap_names_the_other_language_of_each_page(visitor):
    tree = ET.fromstring(visitor.get("/sitemap.xml").content)  # noqa: S314 our own
    languages = [[link.get("hreflang") for link in url.iter(LINK)] for url in tree]
    assert languages == [["nl", "en", "x-default"]] * len(languages)


def test_every_page_in_the_sitemap_answers(visitor):
    factories.DeclarationFactory()
    factories.FieldlabFactory(), factories.PracticeFactory()
    assert {path: visitor.get(path).status_code for path in listed(visitor)} == dict.fromkeys(
        listed(visitor), 200
    )


def test_robots_are_kept_from_what_is_personal_and_led_to_the_sitemap(visitor, settings):
    settings.SITE_URL = "https://portal.example"
    answer = visitor.get("/robots.txt")
    lines = answer.content.decode().strip().split("\n")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    closed = ("/account/", "/beheer/", "/mijn/", "/steunverklaring/bevestigen/")
    assert {line for line in lines if line.startswith("Disallow")} == {
        f"Disallow: {path}" for path in both(*closed)
    }
    assert (lines[0], lines[-1]) == ("User-agent: *", "Sitemap: https://portal.example/sitemap.xml")


def test_weak_spots_are_told_to_the_secretariat(visitor, settings):
    settings.SITE_URL, settings.SECRETARIAT_EMAIL = "https://portal.example", "secretariaat@vng.example"
    answer = visitor.get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        "text/plain; charset=utf-8",
    )  # RFC 9116, section 3
    facts = dict(line.split(": ", 1) for line in answer.content.decode().strip().split("\n"))
    expires_at = datetime.strptime(facts.pop("Expires"), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert facts == {
        "Contact": "mailto:secretariaat@vng.example",
        "Preferred-Languages": "nl, en",
        "Canonical": "https://portal.example/.well-known/security.txt",
    }
    assert timedelta(days=90) < expires_at - timezone.now() < timedelta(days=365)


@pytest.mark.parametrize(
    ("path", "facts"),
    [
        ("/toegankelijkheid/", {"contact_email": "secretariaat@vng.example"}),
        (
            "/privacy/",
            {
                "contact_email": "secretariaat@vng.example",
                "confirmation_days": 7,
                "mail_days": 30,
                "session_days": 14,
            },
        ),
    ],
)
def test_statement_tells_facts_as_they_are_configured(visitor, settings, path, facts):
    settings.SECRETARIAT_EMAIL, settings.MAIL_RETENTION_DAYS = "secretariaat@vng.example", 30
    page = visitor.get(path)
    assert (page.status_code, {name: page.context[name] for name in facts}) == (200, facts)
    assert "secretariaat@vng.example" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/.well-known/security.txt", "/toegankelijkheid/", "/privacy/"]
)
def test_statements_are_only_read(visitor, path):
    answer = visitor.post(path)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
