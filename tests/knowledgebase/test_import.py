"""Practices that others published come in by a file; what is wrong with a line is said, the rest comes in."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

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
        (b"{", "Dit is geen JSON in UTF-8."),
        (b'{"title": "\xff"}', "Dit is geen JSON in UTF-8."),
        ([], "Dit is geen JSON-object."),
        ({**LINE, "title": " "}, "title ontbreekt."),
        ({**LINE, "title": 5}, "title is geen tekst."),
        ({**LINE, "body": "", "summary": ""}, "Zowel summary als body is leeg."),
        ({**LINE, "source": ""}, "source ontbreekt."),
        ({**LINE, "source": "javascript:alert(1)"}, "source is geen webadres."),
        ({**LINE, "language": "de"}, "language is niet nl of en."),
        ({**LINE, "published_on": "31 maart"}, "published_on is geen datum zoals 2026-03-31."),
        ({**LINE, "published_on": "2925-01-01"}, "published_on ligt in de toekomst."),
        ({**LINE, "owner": "Atlantis"}, "Er is geen organisatie met de naam ‘Atlantis’."),
        ({**LINE, "tags": "fiets"}, "tags is geen lijst van teksten."),
    ],
)
def test_wrong_line_is_told_and_the_rest_comes_in(take, line, reason):
    good = {**LINE, "source": "https://bron.example/goed"}
    said, wrong = take(good, line)
    assert (said, wrong) == (["New: 1, changed: 0, as it was: 0, rejected: 1"], [f"line 2: {reason}"])
    assert Practice.objects.get().origin_url == "https://bron.example/goed"


def test_source_that_stands_twice_is_taken_once(take):
    said, wrong = take(LINE, LINE)
    assert (said[-1][-11:], wrong) == ("rejected: 1", ["line 2: Deze bron staat in een eerdere regel."])


def test_dry_run_judges_and_keeps_nothing(take):
    said, wrong = take(LINE, {**LINE, "source": ""}, dry_run=True)
    assert said == ["Nothing was kept (--dry-run). New: 1, changed: 0, as it was: 0, rejected: 1"]
    assert (wrong, Practice.objects.count()) == (["line 2: source ontbreekt."], 0)


def test_long_title_stays_whole_in_the_text(take):
    title = "Fietsen tellen met lussen in het wegdek en camera's langs de route naar het station van de stad"
    take({**LINE, "title": title})
    practice = Practice.objects.get()
    assert (len(practice.title), practice.body.splitlines()[0]) == (80, title)


def test_same_titles_get_addresses_of_their_own(take):
    take(*({**LINE, "source": f"{SOURCE}/{number}"} for number in range(3)))
    assert Practice.objects.values("slug").distinct().count() == 3


def test_number_of_queries_does_not_grow_with_the_batch(take, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        take(*({**LINE, "source": f"{SOURCE}/{number}", "tags": ["Fiets"]} for number in range(150)))


def test_missing_file_is_said():
    with pytest.raises(CommandError, match="The file cannot be read"):
        call_command("import_practices", "/does/not/exist.jsonl")
