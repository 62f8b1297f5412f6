"""Pages of the knowledge base besides one practice: writing and reviewing it, publications, ground rules, searching."""

from collections.abc import Iterator

from knowledgebase.actions.freshness import token_for
from knowledgebase.models import (
    Boost,
    EvidenceRequest,
    GroundRule,
    PartInvitation,
    Practice,
    Proposal,
    Publication,
    RuleVersion,
    Tag,
)
from knowledgebase.models.sections import SECTIONS
from smartsociety.core import sample
from smartsociety.core.search.models import PinnedSearch
from tests.browser import stage
from tests.browser.opened import VISITOR, Opened


def pages() -> Iterator[Opened]:
    """Of visitors, of who writes, and of the editors."""
    yield from _of_visitors()
    yield from _of_writers()
    yield from _of_editors()


def _of_visitors() -> Iterator[Opened]:
    yield Opened(VISITOR, "impact")
    yield Opened(VISITOR, "knowledgebase:adoption_list")
    yield Opened(VISITOR, "knowledgebase:adoption_list", query="?origin=g5&target=g5")
    yield Opened(VISITOR, "knowledgebase:municipality_list", query="?reached=own&reached=use")
    yield Opened(VISITOR, "search")
    yield Opened(VISITOR, "search", query="?q=sensor")
    yield Opened(VISITOR, "search", query="?q=qqqqq")
    yield Opened(VISITOR, "knowledgebase:practice_list", query="?view=map")
    yield Opened(VISITOR, "knowledgebase:publication_list")
    yield Opened(VISITOR, "knowledgebase:publication_detail", (Publication.objects.first().slug,))
    yield Opened(VISITOR, "knowledgebase:rule_list")
    rule = RuleVersion.objects.filter(number=2).first().rule
    yield Opened(VISITOR, "knowledgebase:rule_detail", (rule.slug,))
    yield Opened(VISITOR, "knowledgebase:rule_compare", (rule.slug, 1))
    yield Opened(VISITOR, "knowledgebase:author_accept", (stage.AUTHOR,))
    yield Opened(VISITOR, "knowledgebase:adoptions_still", (stage.still_adopted_secret(),))
    asked = Practice.objects.get(slug=stage.ASKED)
    yield Opened(VISITOR, "knowledgebase:practice_still_right", (token_for(asked),))


def _of_writers() -> Iterator[Opened]:
    def page(name: str, *arguments: object) -> Opened:
        return Opened(sample.ADMINISTRATOR, f"knowledgebase:{name}", arguments)

    yield page("practice_create")
    draft = Practice.objects.filter(status="draft").first().slug
    for name in ("people", "files", "history"):
        yield page(f"practice_{name}", draft)
    for section in SECTIONS:
        yield page("practice_section", draft, section)
    asked = PartInvitation.objects.get()
    yield Opened(sample.REPRESENTATIVE, "knowledgebase:part_answer", (asked.practice.slug, asked.pk))
    changed = Practice.objects.filter(pk__in=Proposal.objects.filter(status="submitted").values("practice"))
    yield page("proposal_detail", changed.first().slug)
    yield page("evidence_ask", Practice.objects.published().first().slug)


def _of_editors() -> Iterator[Opened]:
    def page(name: str, *arguments: object, **rest) -> Opened:
        return Opened(sample.EDITOR, f"knowledgebase:{name}", arguments, **rest)

    waiting = Practice.objects.filter(status="submitted").first().slug
    published = Practice.objects.published().first().slug
    yield page("practice_assign", waiting)
    yield page("evidence_create", published)
    yield page("evidence_decide", EvidenceRequest.objects.get().practice.slug)
    yield page("judgement_create", published)
    yield page("practice_history", published)
    changed = Proposal.objects.filter(status="submitted").first().practice
    yield page("proposal_decline", changed.slug)
    yield page("tag_list")
    yield page("tag_edit", Tag.objects.first().slug)
    for name in ("staff_rule_list", "rule_create", "staff_publication_list", "publication_create"):
        yield page(name)
    rule = GroundRule.objects.filter(status="proposed").first()
    for name in ("edit", "reword", "agree"):
        yield page(f"rule_{name}", rule.slug)
    yield page("publication_edit", Publication.objects.first().slug)
    yield page("search_words")
    yield page("search_explain", query="?q=sensoren+fiets&in=alles")
    yield page("pin_list")
    yield page("pin_create", query="?q=fiets")
    yield page("pin_edit", PinnedSearch.objects.first().pk)
    yield page("boost_list")
    yield page("boost_create")
    yield page("boost_edit", Boost.objects.first().pk)
    yield page("searches")
