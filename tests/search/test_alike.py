"""More like this, below each practice."""

import pytest

from knowledgebase.models import Practice
from knowledgebase.related import more_like
from smartsociety.core.search.indexing import index_pending
from smartsociety.core.search.models import Pending
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices() -> dict[str, Practice]:
    """Two about bats, one with the theme of the first, and others that share only ordinary words."""
    made = {
        "bats": factories.PracticeFactory(
            title="Vleermuizen tellen", slug="vleermuizen", problem="Lege kasten."
        ),
        "boxes": factories.PracticeFactory(
            title="Kast voor vleermuis", problem="Een lege kast trekt niemand."
        ),
        "forest": factories.PracticeFactory(title="Bosrand verbreden"),
    }
    nature = factories.ThemeFactory(
        name_nl="Natuurwaarden rivieroever", name_en="Riverbank nature", slug="natuur"
    )
    made["bats"].themes.add(nature)
    made["forest"].themes.add(nature)
    for number in range(6):
        factories.PracticeFactory(title=f"Loket {number} aan de balie", problem="De wachttijd liep op.")
    index_pending(1000)
    return made


def titles(practice: Practice) -> list[str]:
    """Of the cards that stand below it."""
    known = Practice.objects.values_list("title", flat=True)
    return [title for card in more_like(practice, None) for title in known if title in card]


def test_forms_of_rare_words_and_themes_make_practices_alike(practices):
    assert set(titles(practices["bats"])) == {"Kast voor vleermuis", "Bosrand verbreden"}
    assert titles(practices["boxes"])[:1] == ["Vleermuizen tellen"]


def test_what_was_withdrawn_is_not_shown_and_a_draft_shows_nothing(practices):
    Practice.objects.filter(pk=practices["boxes"].pk).update(status="archived")
    assert titles(practices["bats"]) == ["Bosrand verbreden"]
    draft = factories.PracticeFactory(title="Vleermuizen in de kast", draft=True)
    assert titles(draft) == []


def test_reading_a_page_leaves_the_index_to_the_worker(visitor, practices):
    factories.PracticeFactory(title="Vleermuizen onder de brug", problem="Lege kasten.")
    waiting = Pending.objects.count()
    visitor.get("/kennisbank/vleermuizen/")
    assert (Pending.objects.count(), waiting > 0) == (waiting, True)


def test_page_shows_them_and_nothing_when_there_are_none(visitor, practices):
    html = visitor.get("/kennisbank/vleermuizen/").content.decode()
    assert "Meer zoals dit" in html
    assert "Kast voor vleermuis" in html.split('id="more-like-this"')[1]
    Practice.objects.exclude(slug="vleermuizen").update(status="archived")
    assert "Meer zoals dit" not in visitor.get("/kennisbank/vleermuizen/").content.decode()
