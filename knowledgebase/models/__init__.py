"""The nouns of the knowledge base, one per file."""

from knowledgebase.models.adoption import Adoption
from knowledgebase.models.adoption_draft import AdoptionDraft
from knowledgebase.models.adoption_step import AdoptionStep
from knowledgebase.models.attachment import Attachment, Picture
from knowledgebase.models.author import Author, AuthorInvitation
from knowledgebase.models.boost import Boost
from knowledgebase.models.collection import Collection, CollectionItem
from knowledgebase.models.evidence import EvidenceRequest, EvidenceStep
from knowledgebase.models.need import Need, NeedOffer, NeedSupport
from knowledgebase.models.part import PartInvitation, PracticeOrganisation
from knowledgebase.models.practice import Practice
from knowledgebase.models.proposal import Proposal
from knowledgebase.models.publication import Publication
from knowledgebase.models.question import Question
from knowledgebase.models.reading import Bookmark, ReadCount
from knowledgebase.models.review import Judgement, Remark, Review
from knowledgebase.models.rule import GroundRule, RuleVersion
from knowledgebase.models.subscription import Subscription
from knowledgebase.models.tag import Tag

__all__ = [
    "Adoption",
    "AdoptionDraft",
    "AdoptionStep",
    "Attachment",
    "Author",
    "AuthorInvitation",
    "Bookmark",
    "Boost",
    "Collection",
    "CollectionItem",
    "EvidenceRequest",
    "EvidenceStep",
    "GroundRule",
    "Judgement",
    "Need",
    "NeedOffer",
    "NeedSupport",
    "PartInvitation",
    "Picture",
    "Practice",
    "PracticeOrganisation",
    "Proposal",
    "Publication",
    "Question",
    "ReadCount",
    "Remark",
    "Review",
    "RuleVersion",
    "Subscription",
    "Tag",
]
