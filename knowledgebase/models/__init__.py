"""The nouns of the knowledge base, one per file."""

from knowledgebase.models.adoption import Adoption
from knowledgebase.models.attachment import Attachment, Picture
from knowledgebase.models.author import Author, AuthorInvitation
from knowledgebase.models.evidence import EvidenceStep
from knowledgebase.models.part import PracticeOrganisation
from knowledgebase.models.practice import Practice
from knowledgebase.models.proposal import Proposal
from knowledgebase.models.publication import Publication
from knowledgebase.models.review import Judgement, Remark, Review
from knowledgebase.models.rule import GroundRule, RuleVersion
from knowledgebase.models.tag import Tag

__all__ = [
    "Adoption",
    "Attachment",
    "Author",
    "AuthorInvitation",
    "EvidenceStep",
    "GroundRule",
    "Judgement",
    "Picture",
    "Practice",
    "PracticeOrganisation",
    "Proposal",
    "Publication",
    "Remark",
    "Review",
    "RuleVersion",
    "Tag",
]
