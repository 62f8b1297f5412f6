"""The knowledge base."""

from tests import factories
from tests.guards.addresses.columns import BUTTON, EDITORS, EVERYBODY, STAFF_BUTTON

TABLE = {
    "knowledgebase:practice_list": ((), EVERYBODY),
    "knowledgebase:practice_feed": ((), EVERYBODY),
    "knowledgebase:practice_export": (("csv",), EVERYBODY),
    "knowledgebase:practice_start": (("in-de-maak",), BUTTON),
    "knowledgebase:practice_detail": (("concept",), "404 404 200 200 404 200 200 200"),
    "knowledgebase:practice_edit": (("concept",), "302 404 200 200 404 200 403 200"),
    "knowledgebase:practice_adopt": (("laadpalen",), "302 403 200 403 403 403 403 403"),
    "knowledgebase:review_list": ((), EDITORS),
    "knowledgebase:search_words": ((), EDITORS),
    "knowledgebase:practice_review": (("concept",), STAFF_BUTTON),
    "knowledgebase:practice_return": (("concept",), EDITORS),
    "knowledgebase:practice_publish": (("concept",), STAFF_BUTTON),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    factories.PracticeFactory(slug="concept", draft=True, owner=everyone["representative"].organisation)
    factories.PracticeFactory(slug="laadpalen")
    return {}
