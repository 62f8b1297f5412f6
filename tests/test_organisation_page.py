"""The page of one organisation: its whole thread, told truthfully."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.models import Project
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def ede():
    """A municipality of the register that has not signed."""
    return factories.OrganisationFactory(name="Ede", slug="ede", aliases=["Gemeente Ede"], place="Ede")


def page_of(client, slug="ede", language="/en"):
    return client.get(f"{language}/organisaties/{slug}/")


def project(slug, **fields):
    return Project.objects.create(
        slug=slug, title_nl=slug, summary_nl="Samen.", **{"is_published": True} | fields
    )


def structured(response) -> dict:
    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL
    )
    return json.loads(block[1])


def test_page_of_a_municipality_that_has_not_signed_invites(visitor, ede):
    page = page_of(visitor)
    assert "Ede has not joined yet" in shown(page)
    assert b"/steunverklaring/ondertekenen/?organisation=Ede" in page.content


@pytest.mark.parametrize("status", ["unconfirmed", "submitted", "rejected", "expired"])
def test_page_tells_nothing_of_a_signature_that_is_not_public(visitor, ede, status):
    factories.signature_at(status, organisation=ede, statement="Geheim.")
    page = page_of(visitor)
    assert ("Ede has not joined yet" in shown(page), "Geheim." in shown(page)) == (True, False)


def test_page_shows_every_version_and_how_it_stands(visitor, ede):
    factories.SignatureFactory(organisation=ede, withdrawn=True, statement="Van toen.")
    second, third = factories.DeclarationFactory(version=2), factories.DeclarationFactory(version=3)
    factories.SignatureFactory(organisation=ede, declaration=second, on_hold=True)
    factories.SignatureFactory(organisation=ede, declaration=third, published=True, statement="Van nu.")
    words = shown(page_of(visitor))
    for expected in ("Withdrawn", "On hold", "In force", "version 1", "version 2", "version 3", "Van nu."):
        assert expected in words
    assert ("Van toen." in words, "has not joined yet" in words) == (False, False)


def test_page_names_both_sides_of_a_joint_signature(visitor, ede):
    partnership = factories.OrganisationFactory(name="De Dorpen", slug="de-dorpen", kind="partnership")
    joint = factories.SignatureFactory(organisation=partnership, published=True)
    factories.SignatureFactory(organisation=ede, published=True, joint_with=joint)
    factories.SignatureFactory(organisation__name="Verborgen", submitted=True, joint_with=joint)
    assert "Signed together with: De Dorpen" in shown(page_of(visitor))
    words = shown(page_of(visitor, "de-dorpen"))
    assert ("by this joint signature: Ede" in words, "Verborgen" in words) == (True, False)


def test_page_shows_the_agenda_it_leads_and_works_in(visitor, ede):
    other = factories.OrganisationFactory()
    led, along = project("leidt", lead=ede), project("doet-mee", lead=other)
    along.partners.add(ede)
    project("concept", lead=ede, is_published=False)
    page = page_of(visitor)
    assert (list(page.context["led_projects"]), list(page.context["partner_projects"])) == ([led], [along])
    assert "concept" not in shown(page)


def test_page_shows_who_took_over_what(visitor, ede):
    own = factories.PracticeFactory(title="Eigen idee", owner=ede)
    factories.AdoptionFactory(practice=own, organisation__name="Tiel")
    learned = factories.AdoptionFactory(organisation__name="Epe", learned_from=ede)
    factories.AdoptionFactory(
        practice=factories.PracticeFactory(draft=True, owner=ede), organisation__name="Geheim"
    )
    taken = factories.AdoptionFactory(organisation=ede)
    page = page_of(visitor)
    assert {str(adoption.organisation) for adoption in page.context["passed_on"]} == {"Tiel", "Epe"}
    assert learned.learned_from == ede
    assert list(page.context["adoptions"]) == [taken]
    words = shown(page)
    assert ("Taken over by others" in words, "Geheim" in words) == (True, False)


def test_page_leads_to_successor_and_predecessors(visitor, ede):
    old = factories.OrganisationFactory(
        name="Oud Ede", slug="oud-ede", successor=ede, succeeded_on=date(2023, 1, 1)
    )
    assert "Oud Ede (until 1 January 2023" in shown(page_of(visitor))
    page = page_of(visitor, old.slug)
    assert "Continued in Ede" in shown(page)
    assert ("has not joined yet" in shown(page), b'href="/en/organisaties/ede/"' in page.content) == (
        False,
        True,
    )


def test_page_tells_search_engines_what_it_shows(visitor, ede):
    found = structured(page_of(visitor, language=""))
    assert found["@id"].endswith("/organisaties/ede/")
    assert {name: found[name] for name in ("@type", "name", "alternateName")} == {
        "@type": "GovernmentOrganization", "name": "Ede", "alternateName": ["Gemeente Ede"],
    }  # fmt: skip
    assert found["address"] == {
        "@type": "PostalAddress", "addressLocality": "Ede", "addressRegion": "Utrecht", "addressCountry": "NL",
    }  # fmt: skip


def test_structured_data_cannot_be_left(visitor, ede):
    ede.description = "</script><script>alert(1)</script> & meer"
    ede.save()
    page = page_of(visitor)
    assert structured(page)["description"] == ede.description
    assert b"<script>alert" not in page.content


def test_page_asks_as_often_for_three_as_for_one(visitor, ede):
    def more():
        version = ede.signatures.count() + 1
        signature = factories.SignatureFactory(
            organisation=ede, declaration=factories.DeclarationFactory(version=version), published=True
        )
        signature.themes.add(factories.ThemeFactory())
        factories.SignatureFactory(published=True, joint_with=signature)
        theme = factories.ThemeFactory()
        project(f"leidt-{version}", lead=ede).themes.add(theme)
        project(f"mee-{version}", lead=factories.OrganisationFactory()).partners.add(ede)
        factories.AdoptionFactory(practice=factories.PracticeFactory(owner=ede))
        factories.AdoptionFactory(organisation=ede, learned_from=factories.OrganisationFactory())
        factories.OrganisationFactory(successor=ede, succeeded_on=date(2023, 1, 1))

    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert page_of(visitor).status_code == 200
        return len(counted)

    more()
    page_of(visitor)
    once = queries()
    more()
    more()
    assert queries() == once


def test_page_of_an_organisation_nobody_may_know_is_missing(visitor, stranger, secretariat):
    hidden = factories.OrganisationFactory(slug="hidden", kind="company", in_register=False)
    factories.SignatureFactory(organisation=hidden, submitted=True)
    found = [page_of(client, "hidden").status_code for client in (visitor, stranger, secretariat)]
    assert found == [404, 404, 200]
    assert visitor.post("/organisaties/hidden/").status_code == 405


def test_home_names_an_organisation_once_when_it_signs_a_newer_version(visitor, ede):
    first = factories.SignatureFactory(organisation=ede, published=True)
    factories.SignatureFactory(
        organisation=ede, declaration=factories.DeclarationFactory(version=2), published=True
    )
    assert list(visitor.get("/").context["signatures"]) == [first]
