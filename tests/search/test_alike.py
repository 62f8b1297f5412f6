"""More like this, below each practice."""

import re

import pytest

from knowledgebase.models import Practice
from knowledgebase.related import more_like
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
    return made


def alike_to(practice: Practice) -> list[str]:
    """The titles on the cards below it."""
    return [re.search(r"<a [^>]*>\s*([^<]+?)\s*<", card)[1] for card in more_like(practice, None)]


def test_forms_of_rare_words_and_themes_make_practices_alike(practices):
    assert set(alike_to(practices["bats"])) == {"Kast voor vleermuis", "Bosrand verbreden"}
    assert alike_to(practices["boxes"])[:1] == ["Vleermuizen tellen"]


def test_what_was_withdrawn_is_not_shown_and_a_draft_shows_nothing(practices):
    Practice.objects.filter(pk=practices["boxes"].pk).update(status="archived")
    assert alike_to(practices["bats"]) == ["Bosrand verbreden"]
    draft = factories.PracticeFactory(title="Vleermuizen in de kast", draft=True)
    assert more_like(draft, None) == []


def test_page_shows_them_and_nothing_when_there_are_none(visitor, practices):
    html = visitor.get("/kennisbank/vleermuizen/").content.decode()
    assert "Meer zoals dit" in html
    assert "Kast voor vleermuis" in html.split('id="more-like-this"')[1]
    Practice.objects.exclude(slug="vleermuizen").update(status="archived")
    assert "Meer zoals dit" not in visitor.get("/kennisbank/vleermuizen/").content.decode()
