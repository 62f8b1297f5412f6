"""Outcomes in public: the list to search in, its files and its feed, and one outcome."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from tests import factories
from tests.pages import page_template, shown

pytestmark = pytest.mark.django_db
LIST = "/fieldlabs/opbrengsten/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def outcomes():
    """Two that are public, with a theme, a measurement and a practice; one draft."""
    theme = factories.ThemeFactory(slug="mobiliteit", name_nl="Mobiliteit")
    first = factories.OutcomeFactory(
        title="Vrije laadplekken tonen",
        learned="Bestuurders zochten korter.",
        organisation__kind="municipality",
        organisation__name="Ede",
        slug="laadplekken",
        fieldlab__slug="najaar",
    )
    first.fieldlab.themes.add(theme)
    factories.MeasurementFactory(outcome=first, indicator="Zoektijd", baseline=7, value="4.5")
    factories.PracticeFactory(outcome=first)
    second = factories.OutcomeFactory(
        title="=Bordjes op straat", kind="lesson", organisation__kind="company", learned="Lees eerst voor."
    )
    draft = factories.OutcomeFactory(title="Geheim concept", status="draft")
    factories.OutcomeFactory(title="Nog niet gehouden", fieldlab__status="open")
    return first, second, draft


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1]),
        ("q=laadplek", [0]),
        ("q=bestuurder", [0]),
        ("q=Ede", [0]),
        ("q=geheim", []),
        ("kind=lesson", [1]),
        ("theme=mobiliteit", [0]),
        ("helix=business", [1]),
        ("helix=government&helix=business", [0, 1]),
        ("has=practice", [0]),
        ("has=measured&has=practice", [0]),
        ("year=1999", [0, 1]),  # a choice that does not exist narrows nothing
        ("kind=lesson&helix=government", []),
    ],
)
def test_list_is_narrowed(visitor, outcomes, query, found):
    page = visitor.get(f"{LIST}?{query}")
    assert (page.status_code, page_template(page)) == (200, "fieldlabs/outcome_search.html")
    assert set(page.context["page"]) == {outcomes[index] for index in found}


def test_choices_tell_how_many_there_are(visitor, outcomes):
    panel = visitor.get(f"/en{LIST}").context["filter"].panel
    assert [label for _value, label in panel.fields["helix"].widget.choices] == [
        "Government (1)",
        "Business (1)",
    ]
    assert [label for _value, label in panel.fields["theme"].widget.choices] == [
        f"{factories.Theme.objects.get(slug='mobiliteit').name} (1)"
    ]


def test_json_tells_all_that_is_public(visitor, outcomes):
    answer = visitor.get(f"{LIST}export.json")
    told = json.loads(answer.content)
    first = next(each for each in told["outcomes"] if each["title"] == "Vrije laadplekken tonen")
    assert (answer["Content-Type"], told["count"], told["licence"]["name"]) == (
        "application/json",
        2,
        "CC0-1.0",
    )
    assert (first["owner"], first["themes"], len(first["practices"])) == ("Ede", ["mobiliteit"], 1)
    assert first["measurements"] == [
        {
            "indicator": "Zoektijd",
            "baseline": 7.0,
            "value": 4.5,
            "unit": "minuten",
            "method": "Dagboeken van twaalf bewoners.",
        }
    ]
    assert "Geheim" not in answer.content.decode()


def test_csv_holds_the_chosen_ones_and_runs_nothing(visitor, outcomes):
    answer = visitor.get(f"{LIST}export.csv?kind=lesson")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert (answer["Content-Type"], len(rows), rows[1][0]) == (
        "text/csv; charset=utf-8",
        2,
        "'=Bordjes op straat",
    )


def test_export_refuses_what_does_not_exist(visitor, outcomes):
    assert visitor.get(f"{LIST}export.xlsx").status_code == 404
    assert visitor.get(f"{LIST}export.csv?kind=rumour").status_code == 400
    assert visitor.post(f"{LIST}export.csv").status_code == 405


def test_feed_names_the_newest_in_both_languages_by_one_id(visitor, outcomes):
    answers = [visitor.get(f"{prefix}{LIST}atom.xml").content for prefix in ("", "/en")]
    feeds = [ET.fromstring(answer) for answer in answers]  # noqa: S314 - our own
    titles = [[entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] for feed in feeds]
    ids = [[entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")] for feed in feeds]
    assert titles == [["=Bordjes op straat", "Vrije laadplekken tonen"]] * 2
    assert ids[0] == ids[1]
    assert [visitor.post(f"{LIST}{end}").status_code for end in ("", "atom.xml")] == [405, 405]


def test_outcome_shows_what_shows_that_it_is_true(visitor, outcomes):
    outcome = outcomes[0]
    type(outcome).objects.filter(pk=outcome.pk).update(
        decisions="Wij gaan door.",
        ground_rules="Data zijn open.",
        video_url="https://film.example/x",
        team="Laad",
    )
    factories.OutcomeLinkFactory(outcome=outcome, title="De demo")
    document = factories.OutcomeFileFactory(outcome=outcome, title="Het plan")
    factories.FollowUpFactory(outcome=outcome, what="Opschalen", owner_name="Bas Geheim")
    page = visitor.get("/en/fieldlabs/najaar/opbrengst/laadplekken/")
    words = shown(page)
    wanted = ["Wij gaan door.", "Data zijn open.", "Zoektijd", "De demo", "Het plan", "Opschalen", "Laad"]
    assert [word for word in wanted if word not in words] == []
    assert "Bas Geheim" not in words
    answer = visitor.get(f"/fieldlabs/najaar/opbrengst/laadplekken/bestanden/{document.pk}/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.7\n%%EOF\n")


def test_film_is_a_link_and_loads_nothing(visitor, outcomes):
    type(outcomes[0]).objects.filter(pk=outcomes[0].pk).update(video_url="https://www.film.example/x")
    source = visitor.get("/en/fieldlabs/najaar/opbrengst/laadplekken/").content.decode()
    assert source.count("film.example/x") == 1  # the href
    assert ("<iframe" in source, "<video" in source) == (False, False)
    assert "Opens at film.example." in source


def test_draft_and_its_files_are_nobodys_business(visitor, outcomes):
    document = factories.OutcomeFileFactory(outcome=outcomes[2])
    address = outcomes[2].get_absolute_url()
    assert visitor.get(address).status_code == 404
    assert visitor.get(f"{address}bestanden/{document.pk}/").status_code == 404
