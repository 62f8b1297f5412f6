"""A practice and a publication in words of schema.org, for programs: in the page and at an address of its own."""

import json
from datetime import UTC, date, datetime

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
SITE = "https://portal.example"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def told(ede):
    """A practice that tells all that can be told."""
    lab = factories.FieldlabFactory(
        slug="voorjaar", title_nl="Voorjaar", held=True, starts_at=datetime(2026, 4, 8, 9, tzinfo=UTC)
    )
    found = factories.PracticeFactory(
        slug="laadpalen",
        title="Laadpalen </script> vinden",
        summary="Kort.",
        language="nl",
        owner=ede,
        published_at=datetime(2026, 5, 1, 12, tzinfo=UTC),
        started_year=2024,
        source_url="https://code.example/laadpalen",
        licence="EUPL-1.2",
        maintainer="Ede en Vrij Werk",
        outcome=factories.OutcomeFactory(slug="sensoren", title="Sensoren", fieldlab=lab),
    )
    partner = factories.OrganisationFactory(slug="sensoria", name="Sensoria", kind="company")
    factories.PracticeOrganisationFactory(practice=found, organisation=partner, role="partner")
    found.themes.add(factories.ThemeFactory(slug="energie", name_nl="Energie", name_en="Energy"))
    found.tags.add(factories.TagFactory(name="Laadpaal"))
    factories.AdoptionFactory(practice=found, stage="in_use")
    factories.AdoptionFactory(practice=found, stage="interested")
    return found


def linked(client, address: str) -> dict:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    return json.loads(answer.content)


def in_page(client, address: str) -> dict:
    """What stands in the page, in its block of data."""
    (_before, block) = client.get(address).content.decode().split('<script type="application/ld+json">')
    return json.loads(block.partition("</script>")[0])


PRACTICE = {
    "@context": "https://schema.org",
    "@type": "Article",
    "@id": f"{SITE}/kennisbank/laadpalen/",
    "url": f"{SITE}/kennisbank/laadpalen/",
    "headline": "Laadpalen </script> vinden",
    "abstract": "Kort.",
    "inLanguage": "nl",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "isAccessibleForFree": True,
    "creditText": (f"Ede (2026). Laadpalen </script> vinden. Smart Society. {SITE}/kennisbank/laadpalen/"),
    "creativeWorkStatus": "Gepubliceerd",
    "author": [
        {
            "@type": "GovernmentOrganization",
            "@id": f"{SITE}/organisaties/ede/",
            "name": "Ede",
            "url": f"{SITE}/organisaties/ede/",
        }
    ],
    "contributor": [
        {
            "@type": "Organization",
            "@id": f"{SITE}/organisaties/sensoria/",
            "name": "Sensoria",
            "url": f"{SITE}/organisaties/sensoria/",
        }
    ],
    "publisher": {"@type": "Organization", "name": "Smart Society", "url": SITE},
    "about": [{"@type": "Thing", "name": "Energie"}],
    "keywords": ["Laadpaal"],
    "datePublished": "2026-05-01T12:00:00+00:00",
    "temporalCoverage": "2024/..",
    "isBasedOn": {
        "@type": "CreativeWork",
        "@id": f"{SITE}/fieldlabs/voorjaar/opbrengst/sensoren/",
        "name": "Sensoren",
        "url": f"{SITE}/fieldlabs/voorjaar/opbrengst/sensoren/",
        "recordedAt": {
            "@type": "Event",
            "@id": f"{SITE}/fieldlabs/voorjaar/",
            "name": "Voorjaar",
            "url": f"{SITE}/fieldlabs/voorjaar/",
            "startDate": "2026-04-08T09:00:00+00:00",
        },
    },
    "hasPart": {
        "@type": "SoftwareSourceCode",
        "codeRepository": "https://code.example/laadpalen",
        "license": "EUPL-1.2",
        "maintainer": {"@type": "Organization", "name": "Ede en Vrij Werk"},
    },
    "encoding": {
        "@type": "MediaObject",
        "contentUrl": f"{SITE}/kennisbank/laadpalen/praktijkvoorbeeld.pdf",
        "encodingFormat": "application/pdf",
    },
    "interactionStatistic": {
        "@type": "InteractionCounter",
        "name": "Overnames",
        "interactionType": "https://schema.org/UseAction",
        "userInteractionCount": 1,
    },
}


def test_practice_tells_programs_what_it_tells_people(visitor, told):
    assert linked(visitor, "/kennisbank/laadpalen/praktijkvoorbeeld.jsonld") == PRACTICE


def test_page_of_a_practice_holds_the_same_and_leads_to_it(visitor, told):
    assert in_page(visitor, "/kennisbank/laadpalen/") == PRACTICE
    page = visitor.get("/kennisbank/laadpalen/").content.decode()
    address = "/kennisbank/laadpalen/praktijkvoorbeeld.jsonld"
    assert page.count(f'<link rel="alternate" type="application/ld+json" href="{address}">') == 1


def test_practice_keeps_its_name_in_english(visitor, told):
    english = linked(visitor, "/en/kennisbank/laadpalen/praktijkvoorbeeld.jsonld")
    assert (english["@id"], english["url"]) == (PRACTICE["@id"], f"{SITE}/en/kennisbank/laadpalen/")
    assert (english["about"][0]["name"], english["inLanguage"]) == ("Energy", "nl")


def test_practice_from_elsewhere_names_its_source_and_promises_no_licence(visitor, ede):
    factories.PracticeFactory(
        slug="elders", external=True, owner=ede, origin_url="https://bron.example/elders"
    )
    found = linked(visitor, "/kennisbank/elders/praktijkvoorbeeld.jsonld")
    assert (found["isBasedOn"], "license" in found) == ("https://bron.example/elders", False)


@pytest.mark.parametrize("hidden", [{"fieldlab__held": False}, {"status": "draft"}])
def test_practice_is_silent_about_an_outcome_that_is_not_public(visitor, ede, hidden):
    factories.PracticeFactory(slug="proef", owner=ede, outcome=factories.OutcomeFactory(**hidden))
    assert "isBasedOn" not in linked(visitor, "/kennisbank/proef/praktijkvoorbeeld.jsonld")


def test_publication_tells_programs_what_it_tells_people(visitor, told):
    found = factories.PublicationFactory(
        slug="handreiking", title="Handreiking", licence="CC-BY-SA-4.0", published_on=date(2026, 1, 10)
    )
    found.practices.add(told, factories.PracticeFactory(draft=True))
    expected = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": f"{SITE}/kennisbank/publicaties/handreiking/",
        "url": f"{SITE}/kennisbank/publicaties/handreiking/",
        "name": "Handreiking",
        "abstract": "Wat u vooraf regelt.",
        "inLanguage": "nl",
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "author": {"@type": "Organization", "name": "Ede"},
        "datePublished": "2026-01-10",
        "sameAs": "https://handreiking.example/",
        "isBasedOn": [
            {
                "@type": "Article",
                "@id": f"{SITE}/kennisbank/laadpalen/",
                "name": "Laadpalen </script> vinden",
                "url": f"{SITE}/kennisbank/laadpalen/",
            }
        ],
    }
    address = "/kennisbank/publicaties/handreiking/"
    assert linked(visitor, f"{address}publicatie.jsonld") == expected
    assert in_page(visitor, address) == expected
    assert f'href="{address}publicatie.jsonld"' in visitor.get(address).content.decode()


def test_publication_that_is_not_shown_is_told_to_nobody(visitor):
    factories.PublicationFactory(slug="handreiking", is_shown=False)
    assert visitor.get("/kennisbank/publicaties/handreiking/publicatie.jsonld").status_code == 404


def test_it_is_not_in_the_sitemap(visitor, told):
    assert b"jsonld" not in visitor.get("/sitemap.xml").content
