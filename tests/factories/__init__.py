"""One minimal, unsurprising factory per model; traits for states."""

from tests.factories.alliance import *  # noqa: F403
from tests.factories.core import *  # noqa: F403
from tests.factories.fieldlabs import *  # noqa: F403
from tests.factories.knowledgebase import *  # noqa: F403
from tests.factories.people_of_a_practice import *  # noqa: F403
from tests.factories.search import *  # noqa: F403
