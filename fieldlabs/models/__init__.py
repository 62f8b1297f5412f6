"""The nouns of fieldlabs, one per file."""

from fieldlabs.models.fieldlab import Fieldlab
from fieldlabs.models.outcome import Outcome
from fieldlabs.models.registration import Registration

__all__ = ["Fieldlab", "Outcome", "Registration"]
