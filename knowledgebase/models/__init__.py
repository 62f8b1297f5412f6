"""The nouns of the knowledge base, one per file."""

from knowledgebase.models.adoption import Adoption
from knowledgebase.models.part import PracticeOrganisation
from knowledgebase.models.practice import Practice
from knowledgebase.models.tag import Tag

__all__ = ["Adoption", "Practice", "PracticeOrganisation", "Tag"]
