"""The nouns of the alliance, one per file."""

from alliance.models.declaration import Declaration
from alliance.models.organisation import Membership, Organisation
from alliance.models.signature import BuildingBlock, Signature
from alliance.models.theme import Theme

__all__ = ["BuildingBlock", "Declaration", "Membership", "Organisation", "Signature", "Theme"]
