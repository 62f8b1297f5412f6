"""The nouns of the knowledge base, one per file."""

from knowledgebase.models.adoption import Adoption
from knowledgebase.models.practice import Practice, PracticeOrganisation

__all__ = ["Adoption", "Practice", "PracticeOrganisation"]
