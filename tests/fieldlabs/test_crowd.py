"""Everybody at once, on the real database: never more than there are places, and in order of arrival."""

from collections import Counter
from functools import partial

import pytest

from fieldlabs import actions
from fieldlabs.actions.sessions import SessionFull, choose_sessions
from fieldlabs.models import Fieldlab, Registration
from tests import factories
from tests.database import at_once
from tests.mailbox import queued

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 40  # connections; the database of a laptop has a hundred


def register(fieldlab, organisation, number) -> Registration:
    """Person `number` asks for a place."""
    return actions.register(
        fieldlab=fieldlab, organisation=organisation, name=f"Persoon {number}", email=f"p{number}@ede.example",
        language="nl", proven=True,
    )  # fmt: skip


def in_crowds(tasks) -> list:
    """All tasks, as many at the same moment as there are connections for."""
    return [
        result
        for place in range(0, len(tasks), AT_ONCE)
        for result in at_once(*tasks[place : place + AT_ONCE])
    ]


def in_order(fieldlab) -> list[str]:
    """The statuses by arrival."""
    return list(fieldlab.registrations.order_by("arrived_at", "pk").values_list("status", flat=True))


def test_two_hundred_at_once_share_the_last_fifty_places(capsys):
    fieldlab, organisation = factories.FieldlabFactory(capacity=60), factories.OrganisationFactory()
    factories.RegistrationFactory.create_batch(10, fieldlab=fieldlab, organisation=organisation)
    results = in_crowds([partial(register, fieldlab, organisation, number) for number in range(200)])
    counted = Counter(in_order(fieldlab))
    with capsys.disabled():
        print(f"\n200 at once for 50 places: {dict(counted)}")
    assert [type(result).__name__ for result in results] == ["Registration"] * 200
    assert in_order(fieldlab) == ["registered"] * 60 + ["waiting"] * 150
    told = fieldlab.registrations.order_by("arrived_at", "pk").values_list("email", flat=True)[10:]
    assert [to for _kind, to, _language in queued()] == list(told)  # mails leave in the same order


def test_a_crowd_with_people_leaving_in_between_never_overbooks_and_keeps_the_order(capsys):
    fieldlab, organisation = factories.FieldlabFactory(capacity=40), factories.OrganisationFactory()
    seated = factories.RegistrationFactory.create_batch(40, fieldlab=fieldlab, organisation=organisation)
    waiting = factories.RegistrationFactory.create_batch(
        20, fieldlab=fieldlab, organisation=organisation, status="waiting"
    )
    leaving = [partial(actions.cancel_registration, registration=one) for one in [*seated[:30], *waiting[:5]]]
    coming = [partial(register, fieldlab, organisation, number) for number in range(85)]
    mixed = [task for pair in zip(leaving, coming, strict=False) for task in pair] + coming[len(leaving) :]
    results = in_crowds(mixed)
    with capsys.disabled():
        print(f"\n35 leave while 85 come: {dict(Counter(in_order(fieldlab)))}")
    assert [result for result in results if isinstance(result, Exception)] == []
    assert fieldlab.registrations.seated().count() == 40
    queue = [status for status in in_order(fieldlab)[40:] if status != "cancelled"]
    # Everybody who got an offer was before everybody who still waits.
    assert queue == ["offered"] * queue.count("offered") + ["waiting"] * queue.count("waiting")
    assert (queue.count("offered"), queue.count("waiting")) == (30, 70)


def test_offers_that_are_taken_and_left_at_once_stay_within_the_places():
    fieldlab, organisation = factories.FieldlabFactory(capacity=10), factories.OrganisationFactory()
    offered = factories.RegistrationFactory.create_batch(
        10, fieldlab=fieldlab, organisation=organisation, offered=True
    )
    factories.RegistrationFactory.create_batch(
        10, fieldlab=fieldlab, organisation=organisation, status="waiting"
    )
    take = [partial(actions.accept_offer, registration=one) for one in offered[:6]]
    leave = [partial(actions.cancel_registration, registration=one) for one in offered[6:]]
    at_once(*take, *leave)
    assert Counter(in_order(fieldlab)) == {"registered": 6, "cancelled": 4, "offered": 4, "waiting": 6}


def test_one_person_twice_at_once_has_one_place():
    fieldlab, organisation = factories.FieldlabFactory(), factories.OrganisationFactory()
    results = at_once(*[partial(register, fieldlab, organisation, 1)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyRegistered", "Registration"]
    assert (in_order(fieldlab), len(queued())) == (["registered"], 1)


def test_a_smaller_room_and_a_new_registration_at_once_never_leave_too_few_places(planner):
    fieldlab, organisation = factories.FieldlabFactory(capacity=2), factories.OrganisationFactory()
    factories.RegistrationFactory(fieldlab=fieldlab, organisation=organisation)
    shrink = partial(actions.change, fieldlab=fieldlab, values={"capacity": 1}, revision=1, by=planner)
    at_once(shrink, partial(register, fieldlab, organisation, 1))
    capacity = Fieldlab.objects.get().capacity
    assert fieldlab.registrations.seated().count() == capacity


def test_last_place_of_a_session_goes_to_one():
    item = factories.ProgrammeItemFactory(capacity=1)
    people = factories.RegistrationFactory.create_batch(6, fieldlab=item.fieldlab)
    results = at_once(*(partial(choose_sessions, registration=one, items=[item]) for one in people))
    assert Counter(type(result) for result in results) == {type(None): 1, SessionFull: 5}
