"""The knowledge base."""

from django.utils import timezone

from knowledgebase.actions.adoption_check import token_for as adoptions_token
from knowledgebase.actions.freshness import token_for
from smartsociety.core.tokens import hash_token, new_token
from tests import factories
from tests.guards.addresses.columns import BUTTON, EDITORS, EVERYBODY, SIGNED_IN, STAFF_BUTTON

NOWHERE = "404 404 404 404 404 404 404 404"
LIBRARY = "302 403 403 403 403 200 200 200"  # programme staff and editors

WRITERS = "302 404 200 200 404 200 403 200"
TABLE = {
    "knowledgebase:practice_list": ((), EVERYBODY),
    "knowledgebase:practice_suggest": ((), EVERYBODY),
    "knowledgebase:practice_names": ((), EVERYBODY),
    "knowledgebase:practice_feed": ((), EVERYBODY),
    **{
        f"knowledgebase:{name}_feed": ((), EVERYBODY)
        for name in ("wanted", "need", "collection", "publication", "rule", "adoption")
    },
    "knowledgebase:practice_export": (("csv",), EVERYBODY),
    "knowledgebase:practice_start": (("in-de-maak",), BUTTON),
    "knowledgebase:practice_detail": (("concept",), "404 404 200 200 404 200 200 200"),
    "knowledgebase:practice_adopt": (("laadpalen",), EVERYBODY),
    "knowledgebase:adopt_next": (("laadpalen",), "302 200 302 200 200 200 200 200"),
    "knowledgebase:practice_spread": (("laadpalen",), EVERYBODY),
    "knowledgebase:adoption_list": ((), EVERYBODY),
    "knowledgebase:municipality_list": ((), EVERYBODY),
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
    "knowledgebase:need_create": ((), "302 403 200 200 403 200 200 200"),
    "knowledgebase:need_join": (("parkeren",), BUTTON),
    "knowledgebase:need_offer": (("parkeren",), SIGNED_IN),
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
    "knowledgebase:practice_create": ((), "302 403 200 200 403 200 403 200"),
    "knowledgebase:practice_pdf": (("concept",), "404 404 200 200 404 200 200 200"),
    "knowledgebase:practice_linked": (("concept",), "404 404 200 200 404 200 200 200"),
    "knowledgebase:practice_edit": (("concept",), WRITERS),
    "knowledgebase:practice_section": (("concept", "kosten"), WRITERS),
    "knowledgebase:practice_people": (("concept",), "302 404 200 200 404 200 200 200"),
    "knowledgebase:part_answer": (("laadpalen", "to take part"), "302 404 200 200 404 404 404 404"),
    "knowledgebase:part_withdraw": (("concept", 1), BUTTON),
    "knowledgebase:practice_files": (("concept",), WRITERS),
    "knowledgebase:practice_publiccode": (("concept",), WRITERS.replace("200", "302")),
    "knowledgebase:part_remove": (("concept", 1), BUTTON),
    "knowledgebase:author_remove": (("concept", 1), BUTTON),
    "knowledgebase:author_withdraw": (("concept", 1), BUTTON),
    "knowledgebase:attachment_remove": (("concept", 1), BUTTON),
    "knowledgebase:picture_remove": (("concept", 1), BUTTON),
    "knowledgebase:attachment_download": (("laadpalen", "of the document"), EVERYBODY),
    "knowledgebase:picture_show": (("laadpalen", "of the picture"), EVERYBODY),
    "knowledgebase:author_accept": (("to write along",), EVERYBODY),
    "knowledgebase:practice_still_right": (("to confirm",), EVERYBODY),
    "knowledgebase:adoptions_still": (("to say so",), EVERYBODY),
    "knowledgebase:practice_history": (("concept",), "302 404 200 200 404 200 200 200"),
    "knowledgebase:practice_restore": (("concept", 1), BUTTON),
    "knowledgebase:practice_archive": (("concept",), BUTTON),
    "knowledgebase:proposal_detail": (("verandert",), "302 404 200 200 404 200 200 200"),
    "knowledgebase:proposal_submit": (("verandert",), "302 403 200 200 403 200 403 200"),
    "knowledgebase:proposal_withdraw": (("verandert",), BUTTON),
    "knowledgebase:proposal_approve": (("wacht",), STAFF_BUTTON),
    "knowledgebase:proposal_decline": (("wacht",), EDITORS),
    "knowledgebase:practice_assign": (("ingestuurd",), EDITORS),
    "knowledgebase:evidence_create": (("laadpalen",), EDITORS),
    "knowledgebase:evidence_ask": (("van-ede",), "302 403 200 200 403 200 403 200"),
    "knowledgebase:evidence_decide": (("toont",), EDITORS),
    "knowledgebase:judgement_create": (("laadpalen",), EDITORS),
    "knowledgebase:judgement_remove": (("laadpalen", 1), STAFF_BUTTON),
    "knowledgebase:tag_list": ((), EDITORS),
    "knowledgebase:tag_edit": (("licht",), EDITORS),
    "knowledgebase:tag_remove": (("licht",), STAFF_BUTTON),
    "knowledgebase:publication_list": ((), EVERYBODY),
    "knowledgebase:publication_detail": (("handreiking",), EVERYBODY),
    "knowledgebase:publication_linked": (("handreiking",), EVERYBODY),
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
    "knowledgebase:searches": ((), "302 403 403 403 403 200 200 200"),
    "knowledgebase:search_words": ((), EDITORS),
    "knowledgebase:search_explain": ((), EDITORS),
    "knowledgebase:boost_list": ((), EDITORS),
    "knowledgebase:boost_create": ((), EDITORS),
    "knowledgebase:boost_edit": (("boost",), EDITORS),
    "knowledgebase:boost_remove": (("boost",), STAFF_BUTTON),
    "knowledgebase:pin_list": ((), EDITORS),
    "knowledgebase:pin_create": ((), EDITORS),
    "knowledgebase:pin_edit": (("pin",), EDITORS),
    "knowledgebase:pin_remove": (("pin",), STAFF_BUTTON),
    "knowledgebase:practice_review": (("concept",), STAFF_BUTTON),
    "knowledgebase:practice_return": (("concept",), EDITORS),
    "knowledgebase:practice_publish": (("concept",), STAFF_BUTTON),
}


def town(everyone) -> dict:
    """What the addresses name; the answer fills in what is only known now."""
    ede = everyone["representative"].organisation
    factories.PracticeFactory(slug="concept", draft=True, owner=ede)
    practice = factories.PracticeFactory(slug="laadpalen", asked_at=timezone.now())
    of_ede = factories.PracticeFactory(slug="van-ede", owner=ede)
    question = factories.QuestionFactory(practice=of_ede, token_hash=hash_token("the-secret"))
    factories.NeedFactory(slug="parkeren", organisation=ede)
    factories.CollectionFactory(slug="van-ons", organisation=ede, is_published=False)
    factories.PublicationFactory(slug="handreiking")
    rule = factories.GroundRuleFactory(slug="tellen")
    factories.RuleVersionFactory(rule=rule, number=2, reason="Duidelijker.")
    factories.PracticeFactory(slug="ingestuurd", submitted=True)
    factories.ProposalFactory(practice=factories.PracticeFactory(slug="verandert", owner=ede))
    factories.ProposalFactory(practice__slug="wacht", submitted=True)
    factories.EvidenceRequestFactory(practice__slug="toont")
    factories.TagFactory(slug="licht")
    adoption = factories.AdoptionFactory(practice=practice, asked_at=timezone.now())
    token, token_hash = new_token()
    factories.AuthorInvitationFactory(practice=practice, token_hash=token_hash)
    return {
        "boost": factories.BoostFactory().pk,
        "pin": factories.PinnedSearchFactory().pk,
        "question": question.pk,
        "of the document": factories.AttachmentFactory(practice=practice).pk,
        "of the picture": factories.PictureFactory(practice=practice).pk,
        "to take part": factories.PartInvitationFactory(practice=practice, organisation=ede).pk,
        "to write along": token,
        "to confirm": token_for(practice),
        "to say so": adoptions_token(adoption.organisation, [adoption.pk], adoption.asked_at.isoformat()),
    }
