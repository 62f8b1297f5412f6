"""The knowledge base."""

from tests import factories
from tests.guards.addresses.columns import BUTTON, EDITORS, EVERYBODY, STAFF_BUTTON

LIBRARY = "302 403 403 403 403 200 200 200"  # programme staff and editors

TABLE = {
    "knowledgebase:practice_list": ((), EVERYBODY),
    "knowledgebase:practice_suggest": ((), EVERYBODY),
    "knowledgebase:practice_feed": ((), EVERYBODY),
    "knowledgebase:practice_export": (("csv",), EVERYBODY),
    "knowledgebase:practice_start": (("in-de-maak",), BUTTON),
    "knowledgebase:practice_detail": (("concept",), "404 404 200 200 404 200 200 200"),
    "knowledgebase:practice_edit": (("concept",), "302 404 200 200 404 200 403 200"),
    "knowledgebase:practice_adopt": (("laadpalen",), "302 403 200 403 403 403 403 403"),
    "knowledgebase:publication_list": ((), EVERYBODY),
    "knowledgebase:publication_detail": (("handreiking",), EVERYBODY),
    "knowledgebase:publication_file": (("handreiking",), "404 404 404 404 404 404 404 404"),
    "knowledgebase:rule_list": ((), EVERYBODY),
    "knowledgebase:rule_detail": (("tellen",), EVERYBODY),
    "knowledgebase:rule_compare": (("tellen", 1), EVERYBODY),
    "knowledgebase:staff_rule_list": ((), LIBRARY),
    "knowledgebase:rule_create": ((), LIBRARY),
    "knowledgebase:rule_edit": (("tellen",), LIBRARY),
    "knowledgebase:rule_reword": (("tellen",), LIBRARY),
    "knowledgebase:rule_agree": (("tellen",), LIBRARY),
    "knowledgebase:rule_retire": (("tellen",), "302 403 403 403 405 405 405 405"),
    "knowledgebase:staff_publication_list": ((), LIBRARY),
    "knowledgebase:publication_create": ((), LIBRARY),
    "knowledgebase:publication_edit": (("handreiking",), LIBRARY),
    "knowledgebase:review_list": ((), EDITORS),
    "knowledgebase:practice_review": (("concept",), STAFF_BUTTON),
    "knowledgebase:practice_return": (("concept",), EDITORS),
    "knowledgebase:practice_publish": (("concept",), STAFF_BUTTON),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    factories.PracticeFactory(slug="concept", draft=True, owner=everyone["representative"].organisation)
    factories.PracticeFactory(slug="laadpalen")
    factories.PublicationFactory(slug="handreiking")
    rule = factories.GroundRuleFactory(slug="tellen")
    factories.RuleVersionFactory(rule=rule, number=2, reason="Duidelijker.")
    return {}
