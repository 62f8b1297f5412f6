"""The list of signatories in all its forms: list, map, balance, files and feed."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from odfdo import Document

from alliance import balance, netherlands
from alliance.growth import MOST_POINTS, growth
from alliance.models import Organisation, Signature
from tests import factories
from tests.pages import shown

pytestmark = pytest.mark.django_db
LIST, MAP, BALANCE = "/ondertekenaars/", "/ondertekenaars/?view=map", "/ondertekenaars/balans/"
FEED, CSV = "/ondertekenaars/atom.xml", "/ondertekenaars/export.csv"
FILES = [f"/ondertekenaars/export.{extension}" for extension in ("csv", "json", "ods")]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def energy():
    return factories.ThemeFactory(slug="energie", name_nl="Energie", name_en="Energy")


@pytest.fixture
def signatories(energy):
    """A municipality and a company in force; and one of every other status, which must stay hidden."""
    ede = factories.OrganisationFactory(
        name="Ede",
        slug="ede",
        province="gelderland",
        inhabitants=123_000,
        latitude="52.045",
        longitude="5.667",
    )
    firm = factories.OrganisationFactory(
        name="=Sensoria",
        slug="sensoria",
        kind="company",
        province="fryslan",
        inhabitants=None,
        in_register=False,
    )
    factories.SignatureFactory(
        organisation=ede, published=True, contributes=["product", "process"], statement="Samen <sneller>."
    ).themes.add(energy)
    factories.SignatureFactory(organisation=firm, published=True, contributes=["knowledge"])
    for status in ("unconfirmed", "submitted", "on_hold", "rejected", "withdrawn", "expired"):
        hidden = factories.signature_at(
            status,
            organisation__name=f"Verborgen {status}",
            organisation__latitude="52.1",
            organisation__longitude="5.1",
            contributes=["procurement"],
        )
        hidden.themes.add(energy)
    return {"ede": ede, "firm": firm}


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [LIST, MAP, BALANCE, FEED, *FILES])
def test_public_page_refuses_another_method(visitor, signatories, address):
    assert (visitor.post(address).status_code, visitor.head(address).status_code) == (405, 200)


@pytest.mark.parametrize("address", [LIST, MAP, BALANCE, FEED, *FILES])
def test_public_page_is_the_same_for_everyone_and_shows_no_hidden_signature(everyone, signatories, address):
    for name, client in everyone.items():
        page = client.get(address)
        assert (name, page.status_code) == (name, 200)
        assert b"Verborgen" not in page.content


@pytest.mark.parametrize("address", [LIST, MAP, BALANCE, FEED, *FILES])
def test_public_page_asks_as_often_for_three_as_for_one(visitor, energy, address):
    def sign():
        organisation = factories.OrganisationFactory(latitude="52.1", longitude="5.1")
        factories.SignatureFactory(organisation=organisation, published=True).themes.add(
            energy, factories.ThemeFactory()
        )

    sign()
    visitor.get(address)
    once = queries_of(visitor, address)
    sign()
    sign()
    assert queries_of(visitor, address) == once


@pytest.mark.parametrize("address", [LIST, MAP, BALANCE, FEED, *FILES])
def test_public_page_without_any_signatory_works(visitor, db, address):
    assert visitor.get(address).status_code == 200


# The list


def test_list_says_at_each_choice_how_many_it_gives(visitor, signatories):
    panel = visitor.get(LIST + "?helix=government").context["filter"].panel
    labels = {
        name: [str(label) for _value, label in panel.fields[name].widget.choices]
        for name in panel.fields
        if name != "q"
    }
    assert labels == {
        "helix": ["Overheid (1)", "Bedrijfsleven (1)"],
        "kind": ["Gemeente (1)"],
        "theme": ["Energie (1)"],
        "brings": [
            str(panel.fields["brings"].choices[0][1]) + " (1)",
            str(panel.fields["brings"].choices[2][1]) + " (1)",
        ],
        "province": ["Gelderland (1)"],
        "size": [labels["size"][0]],
        "version": ["1 (1)"],
    }


def test_list_links_to_itself_without_each_choice(visitor, signatories):
    page = visitor.get(LIST + "?q=e&helix=government&helix=business&sort=newest&page=1")
    without = {choice.label: parse_qs(choice.without) for choice in page.context["filter"].choices}
    assert without == {
        "e": {"helix": ["government", "business"], "sort": ["newest"]},
        "Overheid": {"q": ["e"], "helix": ["business"], "sort": ["newest"]},
        "Bedrijfsleven": {"q": ["e"], "helix": ["government"], "sort": ["newest"]},
    }


def test_list_is_sorted_as_asked(visitor, db):
    now = timezone.now()
    for name, inhabitants, days in (("B", 10, 1), ("A", None, 2), ("C", 20, 3)):
        factories.SignatureFactory(
            organisation__name=name, organisation__inhabitants=inhabitants, published=True,
            published_at=now - timedelta(days=days),
        )  # fmt: skip

    def order(query):
        return "".join(organisation.name for organisation in visitor.get(LIST + query).context["page"])

    asked = ("", "?sort=name", "?sort=newest", "?sort=inhabitants", "?sort=nonsense")
    assert [order(query) for query in asked] == ["ABC", "ABC", "BAC", "CBA", "ABC"]


def test_signatory_that_signs_a_newer_version_joined_by_the_first(visitor, db):
    ede = factories.OrganisationFactory()
    long_ago = timezone.now() - timedelta(days=300)
    first = factories.SignatureFactory(organisation=ede, published=True, published_at=long_ago)
    newer = factories.DeclarationFactory(version=2)
    factories.SignatureFactory(organisation=ede, declaration=newer, published=True)
    organisation = visitor.get(LIST + "?version=2").context["page"][0]
    assert (organisation.joined_at, organisation.signed_at > long_ago) == (long_ago, True)
    assert list(Signature.objects.joining()) == [first]
    assert visitor.get(LIST).context["page"].paginator.count == 1


def test_list_says_that_a_signature_is_not_confirmed(visitor, signatories):
    Signature.objects.update(nudged_at=timezone.now() - timedelta(days=100), checked_on=date(2026, 2, 3))
    assert "Not confirmed since" in shown(visitor.get("/en" + LIST))


def test_list_names_its_files_and_feed_with_the_choices(visitor, signatories):
    page = visitor.get(LIST + "?helix=government").content.decode()
    for address in (FEED, *FILES):
        assert page.count(f'href="{address}?helix=government"') == 2
    assert page.count('rel="alternate" type="application/atom+xml"') == 1


# Growth


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00+00:00")


def test_growth_counts_who_was_in_force_at_each_moment(db):
    with time_machine.travel("2026-03-20T12:00Z"):
        for day, standing in (
            ("2026-01-05", {"published": True}),
            ("2026-01-20", {"withdrawn": True, "withdrawn_at": at("2026-02-10")}),
            ("2026-02-05", {"on_hold": True, "decided_at": at("2026-03-10")}),
        ):
            factories.SignatureFactory(**standing, published_at=at(day))
        factories.SignatureFactory(submitted=True)
        found = [(timezone.localtime(moment).date().isoformat(), number) for moment, number in growth()]
    assert found == [("2026-01-01", 0), ("2026-02-01", 2), ("2026-03-01", 2), ("2026-03-20", 1)]


def test_growth_takes_larger_steps_over_many_years(db):
    start = at("2014-05-05")
    factories.SignatureFactory(published=True, published_at=start)
    moments = [moment for moment, _number in growth()]
    assert (len(moments) <= MOST_POINTS, moments == sorted(moments), moments[0] < start) == (True, True, True)


# The map


def test_map_marks_signatories_and_draws_every_municipality(visitor, signatories):
    factories.OrganisationFactory(name="Urk", latitude="52.66", longitude="5.6")
    page = visitor.get(MAP)
    drawn = page.context["map"]
    assert [(mark.organisation.name, mark.shape) for mark in drawn["marks"]] == [("Ede", "municipality")]
    assert (drawn["placeless"], drawn["country"].count("M")) == (
        1,
        Organisation.objects.exclude(latitude=None).count(),
    )
    assert page.content.decode().count('<a href="/organisaties/ede/" tabindex="-1"><title>Ede</title>') == 1


def test_map_counts_municipalities_and_says_which_are_examples(visitor, db):
    factories.SignatureFactory(published=True)
    factories.SignatureFactory(published=True, organisation__is_example=True)
    factories.SignatureFactory(withdrawn=True)
    gone = factories.OrganisationFactory(
        successor=factories.OrganisationFactory(), succeeded_on=date(2023, 1, 1)
    )
    assert gone not in Organisation.objects.municipalities()
    assert netherlands.joined() == netherlands.Joined(total=4, joined=2, examples=1)
    words = shown(visitor.get("/en" + MAP))
    assert "2 of 4 municipalities have joined." in words
    assert "1 of them is an invented example." in words
    Organisation.objects.update(is_example=False)
    assert "example" not in shown(visitor.get("/en" + MAP))


@pytest.mark.parametrize(("latitude", "longitude"), [(50.75, 5.7), (53.6, 6.9), (51.3, 3.37), (52.3, 7.2)])
def test_map_holds_the_corners_of_the_country(latitude, longitude):
    x, y = netherlands.place(latitude, longitude)
    assert 0 <= x <= netherlands.WIDTH
    assert 0 <= y <= netherlands.HEIGHT


def test_map_of_the_whole_register_is_light(visitor, db):
    from alliance.register import load_register  # noqa: PLC0415

    load_register()
    declaration = factories.DeclarationFactory()
    for organisation in Organisation.objects.municipalities()[:120]:
        factories.SignatureFactory(organisation=organisation, declaration=declaration, published=True)
    page = visitor.get(MAP)
    assert (page.context["map"]["joined"].total, len(page.context["map"]["marks"])) == (342, 120)
    assert len(page.content) < 60_000


# The balance


def test_balance_counts_sides_per_theme_and_province(visitor, signatories, energy):
    rows = {row.label: ([cell.number for cell in row.cells], row.total) for row in balance.by_province()}
    assert (rows["Gelderland"], rows["Fryslân"], rows["Utrecht"]) == (
        ([1, 0, 0, 0], 1),
        ([0, 1, 0, 0], 1),
        ([0] * 4, 0),
    )
    assert [(row.label, [cell.number for cell in row.cells]) for row in balance.by_theme()] == [
        ("Energie", [1, 0, 0, 0])
    ]
    assert [cell.number for cell in balance.overall().cells] == [1, 1, 0, 0]
    assert "Bedrijfsleven, Kennis, Samenleving" in shown(visitor.get(BALANCE))


def test_balance_links_every_number_to_the_list_of_that_many(visitor, signatories):
    for row in (balance.overall(), *balance.by_theme(), *balance.by_province()):
        for cell in row.cells:
            found = visitor.get(f"{LIST}?{cell.query}").context["page"].paginator.count
            assert (row.label, cell.query, found) == (row.label, cell.query, cell.number)


# Files


def read_csv(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_csv_opens_in_a_dutch_excel_and_runs_nothing(visitor, signatories):
    answer = visitor.get(CSV)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer["Content-Disposition"] == f'attachment; filename="ondertekenaars-{timezone.localdate()}.csv"'
    )
    rows = read_csv(answer)
    assert [(row["Naam"], row["Provincie"]) for row in rows] == [
        ("'=Sensoria", "Fryslân"),
        ("Ede", "Gelderland"),
    ]


def test_json_says_what_it_is_and_holds_codes(visitor, signatories):
    answer = json.loads(visitor.get(FILES[1] + "?helix=government").content)
    assert (answer["count"], answer["licence"]["name"]) == (1, "CC0-1.0")
    assert answer["source"].endswith("/ondertekenaars/export.json?helix=government")
    (ede,) = answer["organisations"]
    assert set(ede) == set(answer["fields"])
    expected = {
        "name": "Ede", "helix": "government", "kind": "municipality", "province": "gelderland", "inhabitants": 123000,
        "versions": [1], "themes": ["energie"], "brings": ["product", "process"],
    }  # fmt: skip
    assert {name: ede[name] for name in expected} == expected


def test_ods_is_a_spreadsheet_of_texts_and_numbers(visitor, signatories):
    answer = visitor.get(FILES[2])
    table = Document(io.BytesIO(answer.content)).body.get_table(0)
    values = table.get_values()
    assert (values[0][0], [row[0] for row in values[1:]]) == ("Naam", ["=Sensoria", "Ede"])
    assert values[2][values[0].index("Inwoners")] == 123000
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize("address", FILES)
def test_file_names_no_person(visitor, signatories, address):
    Signature.objects.filter(status="published").update(publish_name=True)
    factories.SignatureFactory(published=True, publish_name=True)
    content = visitor.get(address).content
    if address.endswith("ods"):
        content = Document(io.BytesIO(content)).body.serialize().encode()
    assert (b"Ede" in content, b"Anna" in content, b"@organisation" in content) == (True, False, False)


def test_file_follows_the_choices_and_the_order(visitor, signatories):
    assert [row["Naam"] for row in read_csv(visitor.get(CSV + "?sort=inhabitants"))] == ["Ede", "'=Sensoria"]
    assert [row["Naam"] for row in read_csv(visitor.get(CSV + "?province=fryslan"))] == ["'=Sensoria"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ondertekenaars/export.xlsx", 404),
        ("/ondertekenaars/export.", 404),
        (CSV + "?province=bavaria", 400),
        (CSV + "?theme=lost", 400),
    ],
)
def test_file_that_cannot_be_made_is_refused(visitor, signatories, address, status):
    assert visitor.get(address).status_code == status


# The feed


def entries(response) -> list[ET.Element]:
    return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own


def test_feed_names_new_signatories_newest_first(visitor, signatories):
    answer = visitor.get(FEED)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = entries(answer)
    assert [entry.findtext(f"{ATOM}title") for entry in found] == ["=Sensoria", "Ede"]
    ede = found[1]
    assert ede.findtext(f"{ATOM}summary") == "<p>Samen &lt;sneller&gt;.</p>"
    assert ede.find(f"{ATOM}link").get("href") == "http://testserver/organisaties/ede/"
    assert ede.findtext(f"{ATOM}id").endswith(signatories["ede"].signatures.get().get_absolute_url())
    assert b"Anna" not in answer.content


def test_feed_follows_the_choices(visitor, signatories):
    found = entries(visitor.get(FEED + "?helix=business"))
    assert [entry.findtext(f"{ATOM}title") for entry in found] == ["=Sensoria"]


def test_feed_names_an_organisation_once(visitor, signatories):
    newer = factories.DeclarationFactory(version=2)
    factories.SignatureFactory(organisation=signatories["ede"], declaration=newer, published=True)
    assert [entry.findtext(f"{ATOM}title") for entry in entries(visitor.get(FEED))] == ["=Sensoria", "Ede"]


def test_numbers_agree_when_a_signatory_went_up_in_another(visitor, signatories, energy):
    signatories["ede"].successor = factories.OrganisationFactory()
    signatories["ede"].succeeded_on = date(2023, 1, 1)
    signatories["ede"].save()
    page = visitor.get(LIST)
    assert (page.context["signatory_count"](), page.context["growth"][-1][1]) == (1, 1)
    assert sum(row.total for row in balance.by_province()) == balance.overall().total == 1
    assert [row.total for row in balance.by_theme()] == [0]
