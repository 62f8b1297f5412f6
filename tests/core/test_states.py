"""Objects go from state to state by their table alone."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from alliance.models import Signature
from smartsociety.core.states import InvalidTransition
from tests import factories

STATES = list(Signature.TRANSITIONS) + sorted(
    {after for afters in Signature.TRANSITIONS.values() for after in afters} - set(Signature.TRANSITIONS)
)


@pytest.mark.parametrize("after", STATES)
@pytest.mark.parametrize("before", STATES)
def test_table_decides(before, after):
    signature = Signature(status=before)

    assert signature.can_become(after) == (after in Signature.TRANSITIONS.get(before, ()))


def test_become_sets_the_state_and_saves_nothing(db):
    signature = factories.SignatureFactory(submitted=True)
    signature.become("published")

    assert (signature.status, Signature.objects.get().status) == ("published", "submitted")


def test_become_refuses_what_the_table_does_not_name(db):
    signature = factories.SignatureFactory()

    with pytest.raises(
        InvalidTransition, match=f"alliance.Signature {signature.pk} cannot go from unconfirmed to published"
    ):
        signature.become("published")

    assert signature.status == "unconfirmed"


def test_database_refuses_it_too(db):
    factories.SignatureFactory()

    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        Signature.objects.update(status="published")
