"""What every page has in common in its words: languages of parts, one and many, and lists of nothing."""

import re

import pytest

from smartsociety.thread import portal_thread
from tests import factories
from tests.conftest import signed_in
from tests.pages import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    """Somebody who writes a Dutch draft, Lantaarns."""
    member = factories.MembershipFactory()
    practice = factories.PracticeFactory(
        draft=True, title="Lantaarns", slug="lantaarns", owner=member.organisation, created_by=member.user
    )
    return signed_in(practice.created_by)


def test_dutch_title_and_fields_are_marked_on_an_english_page(writer):
    page = writer.get("/en/kennisbank/lantaarns/bewerken/").text
    above = re.search(r'<p class="eyebrow"( lang="nl")?>Lantaarns<', page)
    breadcrumb = re.search(
        r'<a class="nl-link" href="/en/kennisbank/lantaarns/"( lang="nl")?>Lantaarns<', page
    )
    fields = dict(re.findall(r'<(?:textarea|input)[^>]* name="(summary|title)"[^>]* lang="(\w+)"', page))
    assert (above[1], breadcrumb[1]) == (' lang="nl"', ' lang="nl"')
    assert fields == {"title": "nl", "summary": "nl"}


def test_choice_that_was_not_made_yet_says_what_to_do(writer):
    page = writer.get("/kennisbank/lantaarns/bewerken/bijlagen/").text
    assert ("Maak een keuze" in page, "-----" in page) == (True, False)


@pytest.mark.parametrize(
    ("number", "said"), [(1, "organisatie ondertekende"), (2, "organisaties ondertekenden")]
)
def test_number_and_its_word_agree(number, said):
    factories.SignatureFactory.create_batch(number, published=True)
    step = portal_thread()[0]
    assert (step["number"], step["label"]) == (number, said)


def test_one_signature_waits(secretariat):
    factories.signature_at("submitted")
    assert "1 ondertekening om te controleren" in shown(secretariat.get("/beheer/"))


@pytest.mark.parametrize(
    ("path", "nothing", "no_match"),
    [
        ("/kennisbank/", "Er zijn nog geen praktijkvoorbeelden", "Geen praktijkvoorbeeld gevonden"),
        ("/kennisbank/publicaties/", "Er zijn nog geen publicaties", "Geen publicatie past hierbij"),
        ("/spelregels/", "Er zijn nog geen spelregels", "Geen spelregel past hierbij"),
        ("/impact/overnames/", "Er zijn nog geen overnames", "Geen overname past hierbij"),
        ("/fieldlabs/opbrengsten/", "Nog geen opbrengsten", "Geen opbrengst gevonden"),
        ("/ondertekenaars/", "Nog niemand heeft ondertekend", "Geen ondertekenaar gevonden"),
        ("/agenda/", "Er zijn nog geen projecten", "Geen project gevonden"),
    ],
)
def test_list_of_nothing_does_not_blame_a_filter(visitor, path, nothing, no_match):
    empty, narrowed = shown(visitor.get(path)), shown(visitor.get(f"{path}?q=zzz"))
    assert (nothing in empty, no_match in empty) == (True, False)
    assert no_match in narrowed
