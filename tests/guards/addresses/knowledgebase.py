"""The knowledge base."""

from smartsociety.core.tokens import hash_token
from tests import factories
from tests.guards.addresses.columns import BUTTON, EDITORS, EVERYBODY, SIGNED_IN, STAFF_BUTTON

NOWHERE = "404 404 404 404 404 404 404 404"
TABLE = {
    "knowledgebase:practice_list": ((), EVERYBODY),
    "knowledgebase:practice_suggest": ((), EVERYBODY),
    "knowledgebase:practice_feed": ((), EVERYBODY),
    "knowledgebase:practice_export": (("csv",), EVERYBODY),
    "knowledgebase:practice_start": (("in-de-maak",), BUTTON),
    "knowledgebase:practice_detail": (("concept",), "404 404 200 200 404 200 200 200"),
    "knowledgebase:practice_edit": (("concept",), "302 404 200 200 404 200 403 200"),
    "knowledgebase:practice_adopt": (("laadpalen",), EVERYBODY),
    "knowledgebase:adopt_next": (("laadpalen",), "302 200 302 200 200 200 200 200"),
    "knowledgebase:practice_spread": (("laadpalen",), EVERYBODY),
    "knowledgebase:practice_compare": ((), EVERYBODY),
    "knowledgebase:practice_keep": (("laadpalen",), BUTTON),
    "knowledgebase:practice_read": (("laadpalen",), "405 405 405 405 405 405 405 405"),
    "knowledgebase:owner_desk": (("van-ede",), "302 403 200 200 403 403 403 403"),
    "knowledgebase:question_ask": (("laadpalen",), SIGNED_IN),
    "knowledgebase:question_reply": (("van-ede", "question"), "302 403 200 200 403 403 403 403"),
    "knowledgebase:question_answer": (("the-secret",), EVERYBODY),
    "knowledgebase:question_agree": (("question",), BUTTON),
    "knowledgebase:meeting": (("guess",), NOWHERE),
    "knowledgebase:need_list": ((), EVERYBODY),
    "knowledgebase:need_detail": (("parkeren",), EVERYBODY),
    "knowledgebase:need_create": ((), "302 403 200 200 403 403 403 403"),
    "knowledgebase:need_join": (("parkeren",), BUTTON),
    "knowledgebase:need_settle": (("parkeren",), "302 403 200 200 403 403 200 200"),
    "knowledgebase:need_reopen": (("parkeren",), BUTTON),
    "knowledgebase:need_bring": (("parkeren",), BUTTON),
    "knowledgebase:collection_list": ((), EVERYBODY),
    "knowledgebase:collection_detail": (("van-ons",), "404 404 200 200 404 404 200 200"),
    "knowledgebase:collection_create": ((), "302 403 200 200 403 403 200 200"),
    "knowledgebase:collection_edit": (("van-ons",), "302 404 200 200 404 404 200 200"),
    "knowledgebase:collection_fill": (("van-ons",), BUTTON),
    "knowledgebase:wanted_list": ((), EVERYBODY),
    "knowledgebase:my_knowledge": ((), SIGNED_IN),
    "knowledgebase:follow": ((), "302 404 404 404 404 404 404 404"),
    "knowledgebase:follow_change": (("pk",), BUTTON),
    "knowledgebase:follow_stop": (("guess",), NOWHERE),
    "knowledgebase:review_list": ((), EDITORS),
    "knowledgebase:practice_review": (("concept",), STAFF_BUTTON),
    "knowledgebase:practice_return": (("concept",), EDITORS),
    "knowledgebase:practice_publish": (("concept",), STAFF_BUTTON),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    factories.PracticeFactory(slug="concept", draft=True, owner=everyone["representative"].organisation)
    factories.PracticeFactory(slug="laadpalen")
    ede = everyone["representative"].organisation
    of_ede = factories.PracticeFactory(slug="van-ede", owner=ede)
    question = factories.QuestionFactory(practice=of_ede, token_hash=hash_token("the-secret"))
    factories.NeedFactory(slug="parkeren", organisation=ede)
    factories.CollectionFactory(slug="van-ons", organisation=ede, is_published=False)
    return {"question": question.pk}
