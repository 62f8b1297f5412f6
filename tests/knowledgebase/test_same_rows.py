"""Page, map, feed, files and saved search have the same rows, whatever was chosen; the files can be read back."""

import csv
import io
import itertools
import json
import random
import zipfile
from datetime import timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from django.http import QueryDict
from django.utils import timezone

from knowledgebase.filters import PracticeFilter
from knowledgebase.following import practices_for
from knowledgebase.models import Practice, Subscription
from smartsociety.core.search.indexing import index_pending
from tests import factories

pytestmark = pytest.mark.django_db
ODS = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
REPEATED = f"{{{ODS['table']}}}number-columns-repeated"
CHOICES = {
    "q": ["warmte", "zonder uitkomst"],
    "theme": ["water", "energie"],
    "tag": ["riool", "buurt"],
    "phase": ["idea", "pilot", "stopped"],
    "cost": ["none", "unknown"],
    "size": ["s", "xl"],
    "province": ["zeeland", "utrecht"],
    "block": ["knowledge"],
    "evidence": ["described"],
    "spread": ["adopted", "not_yet", "stuck"],
    "ended": ["stopped", "given_up"],
    "sought": ["tester"],
    "origin": ["fieldlab", "external"],
    "source": ["open"],
    "licence": ["EUPL-1.2"],
    "language": ["en", "nl"],
    "side": ["government"],
    "group": ["g5"],
    "year": [str(timezone.localdate().year)],
}
SINGLE = [{name: [value]} for name, values in CHOICES.items() for value in values]
SEVERAL = [{name: values} for name, values in CHOICES.items() if len(values) > 1 and name != "q"]


def pairs(number: int) -> list[dict]:
    """So many combinations of two, three and four facets, the same every time."""
    rnd = random.Random(3)
    return [
        {name: [rnd.choice(CHOICES[name])] for name in rnd.sample(sorted(CHOICES), size)}
        for size in itertools.islice(itertools.cycle((2, 2, 3, 4)), number)
    ]


@pytest.fixture
def practices():
    """More than a page of them, different in everything that can be chosen."""
    rnd = random.Random(1)
    themes = [factories.ThemeFactory(slug=slug) for slug in CHOICES["theme"]]
    tags = [factories.TagFactory(slug=slug, name=slug) for slug in CHOICES["tag"]]
    owners = [
        factories.OrganisationFactory(province="zeeland", inhabitants=9_000),
        factories.OrganisationFactory(province="utrecht", inhabitants=350_000, cbs_code="GM0344"),
        factories.OrganisationFactory(province="utrecht", kind="water_authority", inhabitants=None),
    ]
    outcome = factories.OutcomeFactory()
    for number in range(28):
        phase = ("idea", "pilot", "in_use", "stopped")[number % 4]
        made = factories.PracticeFactory(
            title=f"Praktijk {number:02} {'met warmte' if number % 3 else 'over regen'}",
            owner=owners[number % 3],
            phase=phase,
            stop_reason="Te duur; met een puntkomma." if phase == "stopped" else "",
            cost_once=("none", "unknown", "lt_5k")[number % 3],
            building_blocks=["knowledge"] if number % 2 else ["process", "product"],
            wanted=["tester"] if number % 5 == 0 else [],
            source_url="https://code.example/" if number % 7 == 0 else "",
            licence="EUPL-1.2" if number % 4 == 0 else "",
            language="en" if number % 6 == 0 else "nl",
            outcome=outcome if number == 8 else None,
            published_at=timezone.now() - timedelta(days=20 * number, minutes=1),
        )
        made.themes.set(rnd.sample(themes, number % 3))
        made.tags.set(rnd.sample(tags, (number + 1) % 3))
        if number % 4 == 1:
            factories.AdoptionFactory(practice=made, stage="stopped" if number % 8 == 1 else "in_use",
                                      stop_reason="Te duur." if number % 8 == 1 else "")  # fmt: skip
    factories.PracticeFactory(title="Van elders met warmte", external=True, owner=owners[0])
    factories.PracticeFactory(title="Nog niet klaar, over warmte", draft=True, owner=owners[0])
    factories.PracticeFactory(title="Weg, over warmte", archived=True, owner=owners[0])
    while index_pending(1_000):  # a question by itself indexes some of it, and the worker the rest
        pass


def on_pages(visitor, query: str) -> list[str]:
    """Titles of all pages of the list, in order."""
    found, number = [], 1
    while True:
        page = visitor.get(f"/kennisbank/?{query}&page={number}").context["page"]
        pks = list(page.object_list)
        titles = dict(Practice.objects.filter(pk__in=pks).values_list("pk", "title"))
        found += [titles[pk] for pk in pks]
        if not page.has_next():
            return found
        number += 1


def ods_rows(content: bytes) -> list[list[str]]:
    """The cells of an OpenDocument spreadsheet, as a spreadsheet program reads them."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert file.namelist()[0] == "mimetype"
        assert file.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        root = ET.fromstring(file.read("content.xml"))  # noqa: S314 our own
    rows = []
    for row in root.iterfind(".//table:table-row", ODS):
        cells = []
        for cell in row.iterfind("table:table-cell", ODS):
            text = "\n".join("".join(part.itertext()) for part in cell.iterfind("text:p", ODS))
            cells += [text] * int(cell.get(REPEATED, 1))
        rows.append(cells)
    return rows


def in_files(visitor, query: str) -> dict[str, list[str]]:
    """Titles in each of the files."""

    def file(extension: str) -> bytes:
        return visitor.get(f"/kennisbank/praktijkvoorbeelden.{extension}?{query}").content

    lines = list(csv.reader(io.StringIO(file("csv").decode("utf-8-sig")), delimiter=";"))
    sheet = ods_rows(file("ods"))
    heads = [row[0] for row in sheet].index("Titel")
    assert [row[: len(lines[0])] for row in sheet[heads + 1 :] if any(row)] == lines[1:]
    return {
        "csv": [line[0] for line in lines[1:]],
        "json": [row["title"] for row in json.loads(file("json"))["practices"]],
        "ods": [row[0] for row in sheet[heads + 1 :] if any(row)],
    }


def in_feed(visitor, query: str) -> list[str]:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(visitor.get(f"/kennisbank/atom.xml?{query}").content)  # noqa: S314 our own
    return [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]


@pytest.mark.parametrize(
    "chosen", [{}, *SINGLE, *SEVERAL, *pairs(24)], ids=lambda chosen: urlencode(chosen, doseq=True)
)
def test_all_have_the_same_rows(visitor, practices, chosen):
    query = urlencode(chosen, doseq=True)
    shown = on_pages(visitor, query)
    assert in_files(visitor, query) == {"csv": shown, "json": shown, "ods": shown}
    newest = Practice.objects.filter(title__in=shown).order_by("-published_at", "-pk")
    assert in_feed(visitor, query) == [practice.title for practice in newest[:30]]
    narrowed = PracticeFilter(QueryDict(query), queryset=Practice.objects.published())
    assert sorted(practice.title for practice in narrowed.qs) == sorted(shown)
    if chosen:
        followed = practices_for(Subscription(query=query))
        assert sorted(practice.title for practice in followed) == sorted(shown)


def test_most_choices_keep_something(visitor, practices):
    """Or the comparison above would say nothing."""
    kept = [len(on_pages(visitor, urlencode(chosen, doseq=True))) for chosen in SINGLE]
    empty = [chosen for chosen, number in zip(SINGLE, kept, strict=True) if not number]
    assert empty == [{"q": ["zonder uitkomst"]}]


@pytest.mark.parametrize("sort", ["newest", "adopted", "checked"])
def test_files_are_in_the_order_of_the_list(visitor, practices, sort):
    query = f"sort={sort}"
    shown = on_pages(visitor, query)
    assert len(shown) == 29
    assert in_files(visitor, query) == {"csv": shown, "json": shown, "ods": shown}


def test_ods_holds_signs_and_lists_as_they_are(visitor):
    practice = factories.PracticeFactory(
        title="Eén & <twee> \U0001f6b2",
        summary='Met "aanhaling", ; en = teken',
        building_blocks=["knowledge", "process"],
    )
    practice.tags.set([factories.TagFactory(slug="a", name="a"), factories.TagFactory(slug="b", name="b")])
    sheet = ods_rows(visitor.get("/kennisbank/praktijkvoorbeelden.ods").content)
    heads = [row[0] for row in sheet].index("Titel")
    row = dict(zip(sheet[heads], sheet[heads + 1], strict=False))
    assert (row["Titel"], row["Samenvatting"]) == (practice.title, practice.summary)
    assert row["Trefwoorden"].split(", ") == ["a", "b"]
