"""Collections, comparing, keeping, what owners look for, and counting readers without knowing them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from knowledgebase.models import Bookmark, Collection, CollectionItem, ReadCount
from knowledgebase.reading import READS_KEPT, erase_old_reads, readers_of
from knowledgebase.views.reading import READS_PER_NETWORK_A_DAY
from tests import factories
from tests.conftest import signed_in
from tests.pages import shown

pytestmark = pytest.mark.django_db
ALL = "/en/kennisbank/verzamelingen/"
COMPARE = "/en/kennisbank/vergelijken/"


# Collections


def test_organisation_makes_a_collection_and_fills_it(representative, visitor, practice):
    said = {
        "title": "Begin klein",
        "summary": "Voor wie net begint.",
        "language": "nl",
        "organisation": representative.organisation.pk,
    }
    answer = representative.post(f"{ALL}nieuw/", said)
    assert answer.url == f"{ALL}begin-klein/bewerken/"
    representative.post(f"{ALL}begin-klein/vullen/", {"practice": practice.title, "note": "Vooral dit"})
    assert visitor.get(f"{ALL}begin-klein/").status_code == 404
    representative.post(f"{ALL}begin-klein/bewerken/", {**said, "is_published": "on", "is_featured": "on"})
    collection = Collection.objects.get()
    assert (collection.is_published, collection.is_featured) == (True, False)
    page = shown(visitor.get(f"{ALL}begin-klein/"))
    assert ("Vooral dit" in page, practice.title in page) == (True, True)


def test_editor_puts_a_collection_on_the_home_page(reviewer, visitor):
    said = {"title": "Uitgelicht", "summary": "Waarom.", "language": "nl", "organisation": ""}
    reviewer.post(f"{ALL}nieuw/", {**said, "is_published": "on", "is_featured": "on"})
    assert "Uitgelicht" not in shown(visitor.get("/"))
    draft, published = factories.PracticeFactory(draft=True), factories.PracticeFactory(slug="licht")
    factories.CollectionItemFactory(collection=Collection.objects.get(), practice=draft)
    assert "Uitgelicht" not in shown(visitor.get("/"))
    reviewer.post(f"{ALL}uitgelicht/vullen/", {"practice": published.slug})
    assert "Uitgelicht" in shown(visitor.get("/"))
    page = reviewer.post(f"{ALL}uitgelicht/bewerken/", {**said, "is_featured": "on"})
    assert list(page.context["form"].errors) == ["is_featured"]


def test_collection_is_of_the_own_organisation_alone(representative):
    other = factories.OrganisationFactory()
    said = {"title": "X", "summary": "Y", "language": "nl", "organisation": other.pk}
    page = representative.post(f"{ALL}nieuw/", said)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["organisation"])


def test_collection_shows_only_what_is_published_in_its_order(visitor):
    collection = factories.CollectionFactory(slug="x")
    titles = ("Eerste", "Tweede")
    for place, title in enumerate(reversed(titles)):
        factories.CollectionItemFactory(collection=collection, practice__title=title, position=2 - place)
    factories.CollectionItemFactory(collection=collection, practice__draft=True, position=0)
    page = visitor.get(f"{ALL}x/")
    assert [practice.title for practice, _note in page.context["shown"]] == list(titles)


def test_collection_is_put_in_order_and_emptied(reviewer):
    collection = factories.CollectionFactory(slug="x")
    first, second = factories.CollectionItemFactory.create_batch(2, collection=collection)
    reviewer.post(f"{ALL}x/vullen/", {"up": second.pk})
    assert list(collection.items.all()) == [second, first]
    reviewer.post(f"{ALL}x/vullen/", {"out": first.pk})
    assert list(CollectionItem.objects.all()) == [second]
    foreign = factories.CollectionItemFactory()
    assert reviewer.post(f"{ALL}x/vullen/", {"out": foreign.pk}).status_code == 404
    assert reviewer.post(f"{ALL}x/vullen/", {"out": "all"}).status_code == 404


def test_practice_that_does_not_exist_is_not_added(reviewer):
    factories.CollectionFactory(slug="x")
    page = reviewer.post(f"{ALL}x/vullen/", {"practice": "Onzin"})
    assert (page.status_code, list(page.context["item_form"].errors)) == (200, ["practice"])
    assert 'value="Onzin"' in page.content.decode()


def test_practice_is_added_by_words_of_its_title_and_asked_further_when_there_are_several(reviewer):
    collection = factories.CollectionFactory(slug="x")
    one = factories.PracticeFactory(title="Deelfietsen bij het station", slug="station")
    two = factories.PracticeFactory(title="Deelfietsen in de wijk", slug="wijk")
    factories.PracticeFactory(title="Deelfietsen later", draft=True)
    reviewer.post(f"{ALL}x/vullen/", {"practice": "station deelfietsen"})
    page = reviewer.post(f"{ALL}x/vullen/", {"practice": "deelfietsen", "note": "Let op"})
    form = page.context["item_form"]
    assert form.errors.as_data()["practice"][0].code == "several"
    assert (form.fields["practice"].candidates, form["note"].value()) == ([one, two], "Let op")
    choices = re.findall(r'type="radio" name="practice_which" value="(\w+)"', page.content.decode())
    assert choices == ["station", "wijk"]
    chosen = {"practice": "deelfietsen", "practice_for": "deelfietsen", "practice_which": "wijk"}
    reviewer.post(f"{ALL}x/vullen/", {**chosen, "note": "Let op"})
    assert list(collection.items.values_list("practice", "note")) == [(one.pk, ""), (two.pk, "Let op")]


def test_others_do_not_change_a_collection(everyone):
    factories.CollectionFactory(slug="x")
    statuses = {who: client.post(f"{ALL}x/vullen/").status_code for who, client in everyone.items()}
    assert {who for who, status in statuses.items() if status == 200} == {"reviewer", "administrator"}


# Comparing


def test_practices_stand_side_by_side(visitor):
    one = factories.PracticeFactory(slug="een", cost_once="lt_5k", licence="EUPL-1.2")
    two = factories.PracticeFactory(slug="twee", gaps={"cost_note": "not_applicable"})
    page = visitor.get(f"{COMPARE}?p=een&p=twee&p=een&p=onzin")
    assert [practice for practice, _without in page.context["practices"]] == [one, two]
    rows = {row.label: row.answers for part in page.context["parts"] for row in part.rows}
    assert rows["One-off"] == ["less than € 5,000", ""]
    assert rows["Licence of the source code"] == ["EUPL-1.2", ""]
    assert rows["About the costs"] == ["", "Does not apply"]
    assert page.context["practices"][0][1] == "p=twee"


def test_one_other_is_called_the_same_everywhere(visitor, practice):
    factories.PracticeFactory(slug="twee")
    factories.AdoptionFactory(practice=practice)
    factories.NeedSupportFactory()
    assert "gebruikt door 1 ander" in shown(visitor.get("/kennisbank/"))
    page = visitor.get("/kennisbank/vergelijken/?p=laadpalen&p=twee")
    rows = {row.label: row.answers for part in page.context["parts"] for row in part.rows}
    assert rows["Gebruikt door anderen"] == ["1 ander", "0 anderen"]
    assert "1 ander zoekt dit ook" in shown(visitor.get("/kennisbank/zoekvragen/"))


def test_title_that_is_typed_comes_beside_it_and_three_is_the_most(visitor, practice):
    for slug in ("een", "twee", "drie"):
        factories.PracticeFactory(slug=slug)
    assert visitor.get(f"{COMPARE}?p=een&add=Laadpalen+vinden").url == f"{COMPARE}?p=een&p=laadpalen"
    full = visitor.get(f"{COMPARE}?p=een&p=twee&p=drie&p=laadpalen")
    assert (len(full.context["practices"]), full.context["form"]) == (3, None)


def test_words_of_a_title_are_enough_and_several_are_shown_to_choose_from(visitor, practice):
    factories.PracticeFactory(title="Deelfietsen bij het station", slug="station")
    assert visitor.get(f"{COMPARE}?p=laadpalen&add=deelfietsen").url == f"{COMPARE}?p=laadpalen&p=station"
    factories.PracticeFactory(title="Deelfietsen in de wijk", slug="wijk")
    page = visitor.get(f"{COMPARE}?p=laadpalen&add=deelfietsen")
    assert page.context["form"].errors.as_data()["add"][0].code == "several"
    choices = re.findall(r'type="radio" name="add_which" value="(\w+)"', page.content.decode())
    assert choices == ["station", "wijk"]
    answer = visitor.get(f"{COMPARE}?p=laadpalen&add=deelfietsen&add_for=deelfietsen&add_which=wijk")
    assert answer.url == f"{COMPARE}?p=laadpalen&p=wijk"


def test_title_in_full_comes_before_a_longer_one(visitor):
    factories.PracticeFactory(title="Deelfietsen", slug="kort")
    factories.PracticeFactory(title="Deelfietsen in de wijk", slug="lang")
    assert visitor.get(f"{COMPARE}?add=deelfietsen").url == f"{COMPARE}?p=kort"


def test_draft_is_not_compared(visitor):
    factories.PracticeFactory(slug="geheim", draft=True)
    assert visitor.get(f"{COMPARE}?p=geheim").context["practices"] == []
    page = visitor.get(f"{COMPARE}?add=geheim")
    assert list(page.context["form"].errors) == ["add"]


# Keeping


def test_practice_is_kept_once_and_let_go(practice):
    user = factories.UserFactory()
    client = signed_in(user)
    for _again in range(2):
        assert client.post("/en/kennisbank/laadpalen/bewaren/").url == "/en/kennisbank/laadpalen/"
    assert list(Bookmark.objects.values_list("user", "practice")) == [(user.pk, practice.pk)]
    assert list(client.get("/en/kennisbank/mijn/").context["bookmarks"]) == [practice]
    client.post("/en/kennisbank/laadpalen/bewaren/", {"let_go": "1"})
    assert Bookmark.objects.count() == 0


def test_what_is_hidden_is_not_kept(stranger):
    factories.PracticeFactory(slug="geheim", draft=True)
    assert stranger.post("/kennisbank/geheim/bewaren/").status_code == 404


def test_page_of_a_visitor_has_no_form_so_that_it_can_be_the_same_for_all(visitor, practice):
    page = visitor.get("/kennisbank/laadpalen/")
    assert ("csrfmiddlewaretoken" in page.content.decode(), dict(page.cookies)) == (False, {})


# Wanted


def test_wanted_lists_who_looks_for_whom(visitor):
    both = factories.PracticeFactory(wanted=["tester", "co_funder"], wanted_note="Wie doet mee?")
    tester = factories.PracticeFactory(wanted=["tester"])
    factories.PracticeFactory()
    factories.PracticeFactory(draft=True, wanted=["tester"])
    page = visitor.get("/en/kennisbank/gezocht/")
    assert set(page.context["page"]) == {both, tester}
    assert [count for _value, _label, count in page.context["kinds"]] == [0, 1, 2]
    assert "Wie doet mee?" in shown(page)
    assert list(visitor.get("/en/kennisbank/gezocht/?wie=co_funder").context["page"]) == [both]


def test_wanted_says_of_each_practice_whom_it_looks_for(visitor):
    factories.PracticeFactory(title="Eerste", wanted=["second_municipality"], published_at=timezone.now())
    long_ago = timezone.now() - timedelta(days=9)
    factories.PracticeFactory(title="Tweede", wanted=["tester", "co_funder"], published_at=long_ago)
    page = shown(visitor.get("/en/kennisbank/gezocht/"))
    first, second = page[page.index("Eerste") :].split("Tweede", 1)
    found = [
        [label for label in ("A second municipality", "A co-funder", "A tester") if label in item]
        for item in (first, second)
    ]
    assert found == [["A second municipality"], ["A co-funder", "A tester"]]


# Readers


@pytest.fixture
def epe():
    """A municipality with its mail domain."""
    return factories.OrganisationFactory(name="Epe", email_domains=["epe.example"])


def read(client=None):
    """The page says that it is read; no cookie, no token."""
    return (client or Client(enforce_csrf_checks=True)).post("/kennisbank/laadpalen/gelezen/")


def test_reader_is_counted_by_the_domain_of_the_organisation_and_never_by_name(practice, epe):
    reader = signed_in(factories.UserFactory(email="anna@epe.example"))
    for client in (reader, reader, None, signed_in(factories.UserFactory(email="anna@elders.example"))):
        assert read(client).status_code == 204
    assert set(ReadCount.objects.values_list("practice", "organisation", "number")) == {
        (practice.pk, epe.pk, 2),
        (practice.pk, None, 2),
    }


def test_owner_does_not_count_its_own_people(practice, ede):
    type(ede).objects.filter(pk=ede.pk).update(email_domains=["ede.example"])
    read(signed_in(factories.UserFactory(email="bas@ede.example")))
    assert ReadCount.objects.count() == 0


def test_network_that_reads_all_day_is_not_many_readers(practice):
    for _number in range(READS_PER_NETWORK_A_DAY + 3):
        assert read().status_code == 204
    assert ReadCount.objects.get().number == READS_PER_NETWORK_A_DAY


def test_what_is_not_published_is_not_read(db):
    factories.PracticeFactory(slug="laadpalen", draft=True)
    assert read().status_code == 404


def test_owner_sees_how_many_read_asked_and_started(practice, ede, epe):
    factories.ReadCountFactory(practice=practice, organisation=epe, number=3)
    factories.ReadCountFactory(practice=practice, organisation=None, number=5)
    factories.ReadCountFactory(practice=practice, organisation__kind="company")
    asker = factories.UserFactory()
    factories.QuestionFactory.create_batch(2, practice=practice, asked_by=asker)
    factories.AdoptionFactory(practice=practice, stage="piloting")
    factories.AdoptionFactory(practice=practice, stage="interested")
    found = readers_of(practice, since=timezone.localdate() - timedelta(days=30))
    assert (found.municipalities, found.organisations, found.views) == (1, 2, 9)
    assert (found.asked, found.started) == (1, 1)
    owner = signed_in(factories.MembershipFactory(organisation=ede).user)
    assert "1 municipality read it" in shown(owner.get("/en/kennisbank/laadpalen/lezers/"))


def test_numbers_of_long_ago_go(practice):
    today = timezone.localdate()
    factories.ReadCountFactory(practice=practice, read_on=today - READS_KEPT - timedelta(days=1))
    young = factories.ReadCountFactory(practice=practice, read_on=today - READS_KEPT)
    assert (erase_old_reads(), list(ReadCount.objects.all())) == (1, [young])
