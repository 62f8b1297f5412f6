"""Practices that others published come in by a file; what is wrong with a line is said, the rest comes in."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledgebase.actions import external
from knowledgebase.models import Practice
from tests import factories

pytestmark = pytest.mark.django_db
SOURCE = "https://bron.example/fietsen"
LINE = {"title": "Fietsen tellen", "body": "Een lus in het wegdek telt.", "source": SOURCE}


@pytest.fixture
def take(tmp_path, capsys):
    """Import these lines; what the command said on either channel."""

    def run(*lines, dry_run=False) -> tuple[list[str], list[str]]:
        file = tmp_path / "practices.jsonl"
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        file.write_bytes(b"\n".join(raw))
        call_command("import_practices", str(file), dry_run=dry_run)
        said = capsys.readouterr()
        return said.out.splitlines(), said.err.splitlines()

    return run


def test_line_becomes_an_external_practice_that_is_found(take, visitor):
    ede = factories.OrganisationFactory(name="Ede", aliases=["Gemeente Ede"], cbs_code="GM0228")
    said = take({**LINE, "owner": "gemeente ede", "tags": ["Fiets", "fiets"], "published_on": "2025-03-31"})
    assert said == (["New: 1, changed: 0, as it was: 0, rejected: 0"], [])
    practice = Practice.objects.get()
    assert (practice.is_external, practice.origin_url, practice.status) == (True, SOURCE, "published")
    assert (practice.summary, practice.body) == ("Een lus in het wegdek telt.", "Een lus in het wegdek telt.")
    assert timezone.localdate(practice.published_at).isoformat() == "2025-03-31"
    assert [tag.name for tag in practice.tags.all()] == ["fiets"]
    assert list(practice.owning_organisations()) == [ede]
    assert list(Practice.objects.search("fiets")) == [practice]
    assert visitor.get(practice.get_absolute_url()).status_code == 200


def test_second_time_changes_nothing_and_a_changed_line_changes_its_practice(take):
    line = {**LINE, "tags": ["Fiets"]}
    take(line)
    first = Practice.objects.get()
    assert take(line)[0] == ["New: 0, changed: 0, as it was: 1, rejected: 0"]
    assert take({**line, "title": "Fietsers tellen", "tags": []})[0] == [
        "New: 0, changed: 1, as it was: 0, rejected: 0"
    ]
    now = Practice.objects.get()
    assert (now.pk, now.slug, now.title, now.tags.count()) == (first.pk, first.slug, "Fietsers tellen", 0)


def test_archived_practice_stays_archived(take):
    take(LINE)
    Practice.objects.update(status="archived")
    take({**LINE, "body": "Anders."})
    assert Practice.objects.get().status == "archived"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "This is no JSON in UTF-8."),
        (b'{"title": "\xff"}', "This is no JSON in UTF-8."),
        ([], "This is no JSON object."),
        ({**LINE, "title": " "}, "title is missing."),
        ({**LINE, "title": 5}, "title is no text."),
        ({**LINE, "body": "", "summary": ""}, "Both summary and body are empty."),
        ({**LINE, "source": ""}, "source is missing."),
        ({**LINE, "source": "javascript:alert(1)"}, "source is no web address."),
        ({**LINE, "language": "de"}, "language is neither nl nor en."),
        ({**LINE, "published_on": "31 maart"}, "published_on is no date such as 2026-03-31."),
        ({**LINE, "published_on": "2925-01-01"}, "published_on lies in the future."),
        ({**LINE, "owner": "Atlantis"}, "No organisation is called “Atlantis”."),
        ({**LINE, "tags": "fiets"}, "tags is no list of texts."),
    ],
)
def test_wrong_line_is_told_and_the_rest_comes_in(take, line, reason):
    good = {**LINE, "source": "https://bron.example/goed"}
    said, wrong = take(good, line)
    assert (said, wrong) == (["New: 1, changed: 0, as it was: 0, rejected: 1"], [f"line 2: {reason}"])
    assert Practice.objects.get().origin_url == "https://bron.example/goed"


def test_source_that_stands_twice_is_taken_once(take):
    said, wrong = take(LINE, LINE)
    assert (said[-1][-11:], wrong) == ("rejected: 1", ["line 2: This source stands in an earlier line."])


def test_dry_run_judges_and_keeps_nothing(take):
    said, wrong = take(LINE, {**LINE, "source": ""}, dry_run=True)
    assert said == ["Nothing was kept (--dry-run). New: 1, changed: 0, as it was: 0, rejected: 1"]
    assert (wrong, Practice.objects.count()) == (["line 2: source is missing."], 0)


def test_long_title_stays_whole_in_the_text(take):
    title = "Fietsen tellen met lussen in het wegdek en camera's langs de route naar het station van de stad"
    take({**LINE, "title": title})
    practice = Practice.objects.get()
    assert (len(practice.title), practice.body.splitlines()[0]) == (80, title)


def test_same_titles_get_addresses_of_their_own(take):
    take(*({**LINE, "source": f"{SOURCE}/{number}"} for number in range(3)))
    assert Practice.objects.values("slug").distinct().count() == 3


def test_number_of_queries_does_not_grow_with_the_batch(take):
    asked = []
    for number in (20, 150):
        lines = ({**LINE, "source": f"{SOURCE}/{number}/{nth}", "tags": ["Fiets"]} for nth in range(number))
        with CaptureQueriesContext(connection) as queries:
            take(*lines)
        asked.append(len(queries))
    assert asked[1] <= asked[0]


def test_missing_file_is_said():
    with pytest.raises(CommandError, match="The file cannot be read"):
        call_command("import_practices", "/does/not/exist.jsonl")


UNUSUAL = {
    "mark-of-byte-order": b'\xef\xbb\xbf{"title": "Een", "body": "Tekst.", "source": "https://bron.example/1"}',
    "carriage-return": b'{"title": "Een", "body": "Tekst.", "source": "https://bron.example/1"}\r',
    "signs": {**LINE, "title": "Eén \U0001f6b2 \x00", "body": "\u2028 \U0001f6b2\x00"},
    "only-a-picture": {**LINE, "title": "\U0001f6b2"},
    "unknown-keys": {**LINE, "score": [1, {"a": None}]},
    "nothing-in-what-may-be-empty": {
        **LINE,
        "owner": None,
        "tags": None,
        "language": None,
        "published_on": "",
    },
    "longest-body": {**LINE, "body": "a" * 50_000},
}


@pytest.mark.parametrize("line", UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_line_is_taken(take, line):
    said, wrong = take(b"", b"  \t", line, b"", b"\xef\xbb\xbf")
    assert (said[-1], wrong) == ("New: 1, changed: 0, as it was: 0, rejected: 0", [])
    assert Practice.objects.count() == 1


def test_signs_that_no_database_takes_go(take):
    take({**LINE, "title": "Een\x00 \U0001f6b2", "tags": ["a\x00b"]})
    practice = Practice.objects.get()
    assert (practice.title, [tag.name for tag in practice.tags.all()]) == ("Een \U0001f6b2", ["ab"])


def test_signs_that_cannot_be_seen_go(take, visitor):
    take(
        {
            **LINE,
            "title": "Goe\x01de\x0btitel",
            "summary": "Kort\x07.",
            "body": "Een\x02\ntwee\u202e.",
            "tags": ["a\x03b"],
        }
    )
    practice = Practice.objects.get()
    assert (practice.title, practice.summary, practice.body) == ("Goede titel", "Kort.", "Een\ntwee.")
    assert [tag.name for tag in practice.tags.all()] == ["ab"]
    files = ("atom.xml", "praktijkvoorbeelden.ods")
    assert [visitor.get(f"/kennisbank/{name}").status_code for name in files] == [200, 200]


def test_tags_whose_addresses_would_be_the_same_get_their_own(take):
    factories.TagFactory(name="C sharp", slug="c-1")
    said, wrong = take({**LINE, "tags": ["C", "C++", "C#", "ΣΑΣ", "σας", "日本", "ΟΔΟΣ"]})
    assert (said[-1], wrong) == ("New: 1, changed: 0, as it was: 0, rejected: 0", [])
    tags = Practice.objects.get().tags
    assert tags.filter(name__in=["C", "C++", "C#"]).values("slug").distinct().count() == 3
    assert take({**LINE, "tags": ["c", "c++", "c#", "ΣΑΣ", "σας", "日本", "ΟΔΟΣ"]})[0] == [
        "New: 0, changed: 0, as it was: 1, rejected: 0"
    ]


def test_numbers_are_tags_too(take):
    take({**LINE, "tags": ["5G", 2030, 2.5]})
    assert {tag.name for tag in Practice.objects.get().tags.all()} == {"5G", "2030", "2.5"}


@pytest.mark.parametrize("tags", [[["fiets"]], [{"name": "fiets"}], [None], {"fiets": 1}])
def test_what_is_no_word_is_no_tag(take, tags):
    assert take({**LINE, "tags": tags})[1] == ["line 1: tags is no list of texts."]


@pytest.mark.parametrize(
    "name",
    [
        *("Den Haag", "gemeente Den Haag", "'s-Gravenhage", "’s-Gravenhage", "The Hague"),
        *("GM0518", "gm0518", "0518", 518),
    ],
)
def test_owner_is_known_by_name_alias_and_code(take, name):
    owner = factories.OrganisationFactory(
        name="Den Haag", aliases=["'s-Gravenhage", "The Hague"], cbs_code="GM0518"
    )
    factories.OrganisationFactory(name="Haagland", cbs_code="GM0517")
    take({**LINE, "owner": name})
    assert list(Practice.objects.get().owning_organisations()) == [owner]


def test_name_goes_before_another_s_alias_and_two_aliases_are_none(take):
    groningen = factories.OrganisationFactory(name="Groningen")
    factories.OrganisationFactory(name="Provincie Groningen", kind="province", aliases=["Groningen"])
    for name in ("Bergen (L.)", "Bergen (NH.)"):
        factories.OrganisationFactory(name=name, aliases=["Bergen"])
    _said, wrong = take({**LINE, "owner": "Groningen"}, {**LINE, "source": f"{SOURCE}/2", "owner": "Bergen"})
    assert list(Practice.objects.get().owning_organisations()) == [groningen]
    assert wrong == ["line 2: “Bergen” can be several organisations: Bergen (L.), Bergen (NH.)."]


def test_line_without_end_does_not_fill_the_memory(take, monkeypatch):
    monkeypatch.setattr("knowledgebase.importing.LONGEST_LINE", 1_000)
    long = {**LINE, "source": f"{SOURCE}/lang", "body": "a" * 5_000}
    said, wrong = take(long, {**long, "body": "a" * 850}, LINE)
    assert (said, wrong) == (
        ["New: 2, changed: 0, as it was: 0, rejected: 1"],
        ["line 1: The line is too long."],
    )


def test_day_that_the_source_puts_right_is_put_right(take):
    take(LINE)
    before = Practice.objects.get().published_at
    assert take(LINE)[0] == ["New: 0, changed: 0, as it was: 1, rejected: 0"]
    assert Practice.objects.get().published_at == before
    dated = {**LINE, "published_on": "2024-05-06"}
    assert take(dated)[0] == ["New: 0, changed: 1, as it was: 0, rejected: 0"]
    assert take(dated)[0] == ["New: 0, changed: 0, as it was: 1, rejected: 0"]
    assert timezone.localdate(Practice.objects.get().published_at).isoformat() == "2024-05-06"


def test_day_of_today_is_not_yet_to_come_in_the_morning(take, monkeypatch):
    morning = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: morning)
    today = {**LINE, "published_on": "2026-03-11"}
    take(today)
    assert Practice.objects.get().published_at == morning
    monkeypatch.setattr("django.utils.timezone.now", lambda: morning + timedelta(hours=8))
    assert take(today)[0] == ["New: 0, changed: 0, as it was: 1, rejected: 0"]


def test_keys_that_the_import_does_not_know_are_told_with_how_often(take):
    said, wrong = take({**LINE, "id": 7, "a": 1}, {**LINE, "source": f"{SOURCE}/2", "id": 8})
    assert said[0] == "Passed over, for the import does not know them: a (1), id (2)"
    assert (Practice.objects.count(), wrong) == (2, [])


def test_line_that_only_the_database_refuses_keeps_no_other_out(take, monkeypatch):
    def refusing(*, records):
        if any(record.title == "Fout" for record in records):
            raise IntegrityError("no\nmore")
        return external.take_external(records=records)

    monkeypatch.setattr("knowledgebase.management.commands.import_practices.take_external", refusing)
    said, wrong = take(LINE, {**LINE, "source": f"{SOURCE}/2", "title": "Fout"})
    assert said == ["New: 1, changed: 0, as it was: 0, rejected: 1"]
    assert wrong == ["line 2: The database refuses it: no"]


def test_progress_is_told_at_every_thousand_lines(take, monkeypatch):
    monkeypatch.setattr("knowledgebase.management.commands.import_practices.SAY_EVERY", 200)
    said, _wrong = take(*({**LINE, "source": f"{SOURCE}/{number}"} for number in range(450)))
    assert said == [
        "200 lines (44%)",
        "400 lines (88%)",
        "New: 450, changed: 0, as it was: 0, rejected: 0",
    ]


def test_provenance_is_shown_with_what_came_in(take, visitor):
    take({**LINE, "language": "en", "published_on": "2025-03-31"})
    page = visitor.get(Practice.objects.get().get_absolute_url()).content.decode()
    assert f'href="{SOURCE}"' in page
    assert "31 maart 2025" in page
