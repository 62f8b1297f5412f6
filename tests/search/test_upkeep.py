"""The index is made anew and checked by command, and triggers keep it true."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from knowledgebase.models import Practice
from smartsociety.core.search import packing, triggers, upkeep
from smartsociety.core.search.finding import find
from smartsociety.core.search.indexing import index_pending
from smartsociety.core.search.kinds import all_kinds, entry_id, kind_of, row_of
from smartsociety.core.search.models import Entry, Outdated, Pending, PostingList, Word
from smartsociety.core.search.postings import read
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices():
    """Three, indexed."""
    made = factories.PracticeFactory.create_batch(3)
    while index_pending():
        pass
    return made


def all_words() -> list[int]:
    """Numbers of all words there are."""
    return list(Word.objects.values_list("pk", flat=True))


def run(capsys, *options: str) -> list[str]:
    """The lines that the command says."""
    call_command("rebuild_search", *options)
    return capsys.readouterr().out.splitlines()


def test_number_of_an_entry_tells_kind_and_row():
    assert [row_of(entry_id(kind, number)) for kind, number in [(1, 1), (5, 70_000)]] == [(1, 1), (5, 70_000)]


def test_every_kind_searches_what_it_watches():
    assert [kind.name for kind in all_kinds()] == [
        "practices",
        "signatories",
        "projects",
        "fieldlabs",
        "outcomes",
        "needs",
    ]
    assert triggers.missing() == []


def test_index_is_right_after_changes_and_says_so(capsys, practices):
    assert run(capsys, "--check") == [f"{kind.name}: right" for kind in all_kinds()]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda p: Entry.objects.filter(pk=entry_id(1, p.pk)).delete(), "practices: 1 missing ({})"),
        (
            lambda p: Entry.objects.filter(pk=entry_id(1, p.pk)).update(digest="x"),
            "practices: 1 outdated ({})",
        ),
        (
            lambda p: Practice.objects.filter(pk=p.pk).update(status="archived"),
            "practices: 1 superfluous ({})",
        ),
    ],
)
def test_check_tells_what_is_wrong_and_rebuild_mends_it(capsys, practices, harm, said):
    harm(practices[1])
    Pending.objects.all().delete()
    number = practices[1].pk
    with pytest.raises(CommandError) as error:
        call_command("rebuild_search", "--check")
    assert str(error.value) == said.format(number)
    assert run(capsys)[-1] == "The index is complete."
    call_command("rebuild_search", "--check")


def test_check_misses_a_trigger_and_rebuild_puts_it_back(capsys):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_notes_1_knowledgebase_practice ON knowledgebase_practice")
    with pytest.raises(CommandError, match="trigger missing: search_notes_1_knowledgebase_practice"):
        call_command("rebuild_search", "--check")
    capsys.readouterr()
    assert run(capsys)[0] == "Trigger put back: search_notes_1_knowledgebase_practice"
    assert triggers.missing() == []


def test_rebuild_goes_on_where_it_stopped(capsys, practices):
    Entry.objects.all().delete()
    run(capsys, "--kind", "practices", "--after", str(practices[1].pk))
    assert list(Entry.objects.values_list("pk", flat=True)) == [entry_id(1, practices[2].pk)]


def test_rebuild_tells_how_far_it_is(capsys, practices, monkeypatch):
    monkeypatch.setattr(upkeep, "PORTION", 2)
    assert run(capsys, "--kind", "practices") == [
        "practices: 3 to index",
        f"practices: 2 of 3 (go on with rebuild_search --kind practices --after {practices[1].pk})",
        f"practices: 3 of 3 (go on with rebuild_search --kind practices --after {practices[2].pk})",
        "The index is complete.",
    ]


def test_nothing_is_left_of_a_row_that_is_gone(practices):
    packing.pack()
    number = entry_id(1, practices[0].pk)
    lists = PostingList.objects.count()
    practices[0].parts.all().delete()
    practices[0].delete()
    index_pending()
    assert not Entry.objects.filter(pk=number).exists()
    assert list(Outdated.objects.values_list("pk", flat=True)) == [number]
    assert not any(number in found.entries for found in read(all_words()).values())
    packing.pack()
    assert not Outdated.objects.exists()
    assert PostingList.objects.count() < lists
    assert not any(number in found.entries for found in read(all_words()).values())


def test_question_indexes_no_more_than_it_has_time_for(practices, monkeypatch):
    factories.PracticeFactory.create_batch(5)
    monkeypatch.setattr("smartsociety.core.search.indexing.index_pending.__defaults__", (3,))
    waiting = Pending.objects.count()
    find("iets")
    assert Pending.objects.count() == waiting - 3


def test_other_kinds_are_found_too():
    factories.SignatureFactory(published=True, organisation__name="Waterschap Vleermuis")
    factories.ProjectFactory(title_nl="Vleermuizen tellen", is_published=True)
    factories.ProjectFactory(title_nl="Vleermuizen verjagen", is_published=False)
    held = factories.FieldlabFactory(title_nl="Fieldlab vleermuis", held=True)
    factories.OutcomeFactory(fieldlab=held, title="Vleermuis en licht")
    names = {kind_of(kind).name for kind, _row in find("vleermuis").rows}
    assert names == {"signatories", "projects", "fieldlabs", "outcomes"}
    assert len(find("vleermuis").rows) == 4
