"""The nouns of the knowledge base, one per file."""

from knowledgebase.models.adoption import Adoption
from knowledgebase.models.adoption_draft import AdoptionDraft
from knowledgebase.models.adoption_step import AdoptionStep
from knowledgebase.models.collection import Collection, CollectionItem
from knowledgebase.models.need import Need, NeedSupport
from knowledgebase.models.part import PracticeOrganisation
from knowledgebase.models.practice import Practice
from knowledgebase.models.question import Question
from knowledgebase.models.reading import Bookmark, ReadCount
from knowledgebase.models.subscription import Subscription
from knowledgebase.models.tag import Tag

__all__ = [
    "Adoption",
    "AdoptionDraft",
    "AdoptionStep",
    "Bookmark",
    "Collection",
    "CollectionItem",
    "Need",
    "NeedSupport",
    "Practice",
    "PracticeOrganisation",
    "Question",
    "ReadCount",
    "Subscription",
    "Tag",
]
