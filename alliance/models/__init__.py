"""The nouns of the alliance, one per file."""

from alliance.models.access import AccessRequest, Invitation
from alliance.models.bulk import BulkDecision
from alliance.models.contact import Enquiry, News
from alliance.models.declaration import Declaration
from alliance.models.draft import SignatureDraft
from alliance.models.joint import JointInvitation
from alliance.models.organisation import Membership, Organisation
from alliance.models.project import Milestone, Project
from alliance.models.signature import BuildingBlock, Signature
from alliance.models.theme import Theme

__all__ = [
    "AccessRequest",
    "BuildingBlock",
    "BulkDecision",
    "Declaration",
    "Enquiry",
    "Invitation",
    "JointInvitation",
    "Membership",
    "Milestone",
    "News",
    "Organisation",
    "Project",
    "Signature",
    "SignatureDraft",
    "Theme",
]
