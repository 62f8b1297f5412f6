"""What is searched in vain: counted without knowing who, and one step from being mended."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from knowledgebase.models import Need
from smartsociety import searching
from smartsociety.core.search import asked
from smartsociety.core.search.models import AskedCount
from tests import factories

pytestmark = pytest.mark.django_db
COUNT, REPORT = "/zoeken/geteld/", "/beheer/zoekopdrachten/"


def counts() -> dict:
    """Times, empty and opened per words."""
    rows = AskedCount.objects.values_list("words", "times", "empty", "opened")
    return {words: numbers for words, *numbers in rows}


def test_page_counts_what_was_asked_found_and_opened(visitor):
    for sent in (
        {"q": "Vleermuizen én  kasten", "found": "3", "what": "asked"},
        {"q": "vleermuizen kasten", "found": "0", "what": "asked"},
        {"q": "vleermuizen kasten", "found": "3", "what": "opened"},
    ):
        assert visitor.post(COUNT, sent).status_code == 204
    assert counts() == {"vleermuizen kasten": [2, 1, 1]}
    assert AskedCount.objects.get().asked_on == timezone.localdate().replace(day=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "\x00",
        "jan@voorbeeld.example",
        "06 1234 5678",
        "12345",
        "1-2-3-4-5",
        f"{'a' * 60} {'b' * 60}",
    ],
)
def test_what_may_be_about_a_person_or_says_nothing_is_not_counted(visitor, text):
    assert visitor.post(COUNT, {"q": text, "found": "0"}).status_code == 204
    assert counts() == {}


def test_year_in_a_search_is_counted(visitor):
    visitor.post(COUNT, {"q": "agenda 2026", "found": "1"})
    assert counts() == {"agenda 2026": [1, 0, 0]}


def test_one_network_cannot_fill_the_table(visitor, monkeypatch):
    monkeypatch.setattr(searching, "COUNTED_PER_NETWORK_AN_HOUR", 2)
    for number in range(4):
        visitor.post(COUNT, {"q": f"woord{number}", "found": "0"})
    assert len(counts()) == 2


def test_opening_the_address_counts_nothing(visitor):
    assert visitor.get(COUNT, {"q": "fiets"}).status_code == 405
    assert counts() == {}


@pytest.mark.parametrize("address", ["/zoeken/", "/kennisbank/"])
def test_page_carries_what_the_script_sends(visitor, address):
    factories.PracticeFactory(title="Twee vleermuizen tellen")
    html = visitor.get(address, {"q": "vleermuis"}).content.decode()
    assert 'name="count-search" content="/zoeken/geteld/"' in html
    assert 'data-asked="vleermuis" data-found="1"' in html
    assert "data-result" in html
    for words in ("qqqqq", "tweewieler"):  # nothing at all, and only what looks like it
        asked_for = f'data-asked="{words}" data-found="0"'
        assert asked_for in visitor.get(address, {"q": words}).content.decode()


def test_report_adds_months_and_leaves_out_what_was_asked_once(reviewer):
    factories.AskedCountFactory(words="vleermuis", times=2, empty=2)
    factories.AskedCountFactory(words="vleermuis", asked_on=date(2026, 1, 1), times=3, empty=1)
    factories.AskedCountFactory(words="sensor", times=9, opened=4)
    factories.AskedCountFactory(words="eens", times=1, empty=1)
    context = reviewer.get(REPORT).context
    assert context["found_nothing"] == [{"words": "vleermuis", "number": 3}]
    assert context["left_alone"] == [{"words": "sensor", "number": 5}, {"words": "vleermuis", "number": 2}]


def test_each_line_leads_to_a_form_with_its_words(reviewer, programme):
    factories.SignatureFactory(published=True)
    factories.AskedCountFactory(words="slimme kast", times=2, empty=2)
    words, pin = (
        "/beheer/zoekwoorden/?q=slimme%20kast",
        "/beheer/zoekwoorden/uitgelicht/nieuw/?q=slimme%20kast",
    )
    need, case = (
        "/kennisbank/zoekvragen/nieuw/?q=slimme%20kast",
        "/fieldlabs/casussen/indienen/?q=slimme%20kast",
    )
    html = reviewer.get(REPORT).content.decode()
    for address in (words, pin, need, case):
        assert f'href="{address}"' in html
    form = reviewer.get(words).context["form"]
    assert form["synonyms"].value().startswith("slimme kast, \n")
    assert form["question"].value() == "slimme kast"
    assert reviewer.get(pin).context["form"]["words"].value() == "slimme kast"
    html = programme.get(REPORT).content.decode()
    assert words not in html  # nobody is led to a form that is not theirs
    assert pin not in html
    for person in (reviewer, programme):
        for address in (need, case):
            assert person.get(address).context["form"]["title"].value() == "slimme kast"


def test_editor_asks_for_a_signatory_and_no_other_organisation(reviewer):
    signed = factories.SignatureFactory(published=True).organisation
    outside = factories.OrganisationFactory()
    address = "/kennisbank/zoekvragen/nieuw/?q=slimme%20kast"
    assert list(reviewer.get(address).context["form"].fields["organisation"].queryset) == [signed]
    sent = {"title": "Slimme kast", "language": "nl", "organisation": outside.pk}
    assert reviewer.post(address, sent).status_code == 200
    assert reviewer.post(address, {**sent, "organisation": signed.pk}).status_code == 302
    assert list(Need.objects.values_list("title", "organisation")) == [("Slimme kast", signed.pk)]


def test_report_is_empty_at_first_and_says_so(reviewer):
    html = reviewer.get(REPORT).content.decode()
    assert "vond iets" in html


def test_counts_of_more_than_a_year_ago_are_forgotten():
    today = timezone.localdate().replace(day=1)
    factories.AskedCountFactory(asked_on=(today - timedelta(days=400)).replace(day=1))
    factories.AskedCountFactory(asked_on=today)
    assert asked.erase_old() == 1
    assert AskedCount.objects.get().asked_on == today
