"""Who gets a place: in order of arrival, by an offer with a deadline, with places kept for a side of the helix."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from fieldlabs import actions
from fieldlabs.actions.registration import check_in, lapse_offers, mark_absent, undo_check_in, walk_in
from fieldlabs.models import Fieldlab, Needs, Registration
from fieldlabs.places import Places
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import rolled_back
from tests.mailbox import newest, queued

pytestmark = pytest.mark.django_db
NUMBER = iter(range(10_000))


def register(fieldlab, **changed) -> Registration:
    """Somebody with a proven address takes a place for a municipality."""
    given = {
        "name": "Bas Bakker",
        "email": f"bas{next(NUMBER)}@ede.example",
        "language": "nl",
        "organisation": None if "organisation_name" in changed else factories.OrganisationFactory(),
        "proven": True,
    }
    return actions.register(fieldlab=fieldlab, **given | changed)


def statuses(fieldlab) -> list[str]:
    """Of its registrations, in order of arrival."""
    return list(fieldlab.registrations.order_by("arrived_at", "pk").values_list("status", flat=True))


def kinds() -> list[str]:
    """Of the mails that wait."""
    return [kind.removeprefix("fieldlabs/") for kind, _to, _language in queued()]


# Registering


def test_register_takes_a_place_and_confirms_it(fieldlab):
    person = factories.UserFactory(email="bas@almere.example")
    registration = register(
        fieldlab,
        by=person,
        email="Bas@Almere.example",
        language="en",
        access="Ramp",
        diet="Nuts",
        show_name=True,
    )
    kept = Registration.objects.get()
    assert (kept.user, kept.name, kept.email, kept.language, kept.status, kept.helix, kept.show_name) == (
        person, "Bas Bakker", "bas@almere.example", "en", "registered", "government", True
    )  # fmt: skip
    assert (registration.needs.access, registration.needs.diet) == ("Ramp", "Nuts")
    assert queued() == [("fieldlabs/registered", "bas@almere.example", "en")]


def test_register_for_an_organisation_that_nobody_knows(fieldlab):
    registration = register(fieldlab, organisation_name="Wijkraad Oost", helix="society")
    assert (registration.organisation, registration.organisation_label, registration.helix) == (
        None, "Wijkraad Oost", "society"
    )  # fmt: skip


def test_register_a_colleague_names_who_did_it(fieldlab):
    by = factories.UserFactory(name="Anna Aerts")
    registration = register(fieldlab, by=by, email="colleague@ede.example", language="en")
    assert (registration.user, registration.status) == (None, "registered")
    assert "Your colleague Anna Aerts registered you." in newest("fieldlabs/registered").text


def test_register_for_a_full_fieldlab_is_waiting_and_knows_its_position(fieldlab):
    made = [register(fieldlab) for _person in range(4)]
    assert [one.status for one in made] == ["registered", "registered", "waiting", "waiting"]
    assert [one.position for one in made[2:]] == [1, 2]


@pytest.mark.parametrize("status", [status for status in Fieldlab.Status.values if status != "open"])
def test_register_is_possible_while_it_is_open(status):
    with pytest.raises(actions.RegistrationClosed):
        register(factories.FieldlabFactory(status=status))
    assert (Registration.objects.count(), queued()) == (0, [])


@pytest.mark.parametrize(
    ("status", "again"),
    [
        ("registered", False),
        ("waiting", False),
        ("offered", False),
        ("attended", False),
        ("unconfirmed", True),
        ("cancelled", True),
        ("lapsed", True),
    ],
)
def test_register_twice_is_refused_while_the_first_stands(fieldlab, status, again):
    first = factories.registration_at(status, fieldlab=fieldlab)
    email = first.email or "bas@ede.example"
    if again:
        assert register(fieldlab, email=email).status == "registered"
    else:
        with pytest.raises(actions.AlreadyRegistered):
            register(fieldlab, email=email)


def test_rollback_leaves_no_registration_and_no_mail(fieldlab):
    with rolled_back():
        assert register(fieldlab).status == "registered"
    assert (Registration.objects.count(), queued()) == (0, [])


# Without a proven address


def test_register_without_proof_takes_no_place_before_it_is_confirmed(fieldlab):
    first = register(fieldlab, proven=False)
    assert (first.status, kinds()) == ("unconfirmed", ["confirm_registration"])
    register(fieldlab), register(fieldlab)
    assert (
        actions.confirm(registration=first).status == "waiting"
    )  # the order of arrival is that of confirming
    assert actions.confirm(registration=first).status == "waiting"
    assert kinds() == ["confirm_registration", "registered", "registered", "registered"]


def test_confirm_is_too_late_when_it_closed_or_another_one_stands(fieldlab):
    first, second = (register(fieldlab, proven=False, email="bas@ede.example") for _try in range(2))
    assert actions.confirm(registration=second).status == "registered"
    with pytest.raises(actions.AlreadyRegistered):
        actions.confirm(registration=first)
    third = register(fieldlab, proven=False)
    Fieldlab.objects.update(status="closed")
    with pytest.raises(actions.RegistrationClosed):
        actions.confirm(registration=third)


# Offers


def test_place_that_comes_free_is_offered_to_the_first_who_waits(fieldlab, registered):
    leaving, _staying = registered(email="a@x.example"), registered()
    first = registered("waiting", email="b@x.example", language="en")
    registered("waiting")
    actions.cancel_registration(registration=leaving)
    assert statuses(fieldlab) == ["cancelled", "registered", "offered", "waiting"]
    assert queued() == [
        ("fieldlabs/registration_cancelled", "a@x.example", "nl"),
        ("fieldlabs/place_offered", "b@x.example", "en"),
    ]
    first.refresh_from_db()
    assert abs(first.offer_expires_at - timezone.now() - timedelta(hours=48)) < timedelta(minutes=1)


def test_offer_near_the_day_leaves_time_for_the_next(registered):
    soon = factories.FieldlabFactory(capacity=1, starts_at=timezone.now() + timedelta(hours=10))
    leaving = factories.RegistrationFactory(fieldlab=soon)
    waiting = factories.RegistrationFactory(fieldlab=soon, status="waiting")
    actions.cancel_registration(registration=leaving)
    waiting.refresh_from_db()
    assert abs(waiting.offer_expires_at - timezone.now() - timedelta(hours=5)) < timedelta(minutes=1)


def test_offer_is_taken_once(registered, fieldlab):
    offered = registered("offered")
    assert actions.accept_offer(registration=offered).status == "registered"
    assert actions.accept_offer(registration=offered).status == "registered"
    assert kinds() == ["registered"]


@pytest.mark.parametrize("status", ["waiting", "cancelled", "lapsed", "attended", "absent", "unconfirmed"])
def test_only_an_offer_is_taken(registered, status):
    with pytest.raises(InvalidTransition):
        actions.accept_offer(registration=registered(status))


def test_offer_lapses_to_the_one_after_and_forgets_who_it_was(fieldlab, registered):
    registered()
    late = registered("offered", email="laat@x.example")
    next_one = registered("waiting")
    factories.NeedsFactory(registration=late)
    with time_machine.travel(late.offer_expires_at + timedelta(minutes=1), tick=False):
        assert lapse_offers() == 1
        assert lapse_offers() == 0
    assert statuses(fieldlab) == ["registered", "lapsed", "offered"]
    assert [(kind, to) for kind, to, _language in queued()] == [
        ("fieldlabs/offer_lapsed", "laat@x.example"),
        ("fieldlabs/place_offered", next_one.email),
    ]
    late.refresh_from_db()
    assert (late.name, late.email, late.user, Needs.objects.count()) == ("", "", None, 0)


@pytest.mark.parametrize(
    ("status", "offers"), [("open", True), ("closed", True), ("held", False), ("cancelled", False)]
)
def test_nothing_is_offered_once_there_is_nothing_to_come(fieldlab, registered, status, offers):
    leaving, waiting = registered(), registered("waiting")
    Fieldlab.objects.update(status=status)
    actions.cancel_registration(registration=leaving)
    waiting.refresh_from_db()
    assert waiting.status == ("offered" if offers else "waiting")


def test_nobody_passes_those_who_wait(fieldlab, registered):
    registered("waiting")
    assert register(fieldlab).status == "registered"  # two places: one is offered to who waits, one is left
    assert statuses(fieldlab) == ["offered", "registered"]
    assert register(fieldlab).status == "waiting"


def test_more_places_move_the_queue_up(fieldlab, registered, planner):
    registered(), registered()
    registered("waiting"), registered("waiting"), registered("waiting")
    actions.change(fieldlab=fieldlab, values={"capacity": 4}, revision=1, by=planner)
    assert statuses(fieldlab) == ["registered", "registered", "offered", "offered", "waiting"]


# Cancelling


@pytest.mark.parametrize("status", Registration.Status.values)
def test_cancelling_is_possible_while_it_stands(registered, status):
    registration = registered(status)
    if status in ("unconfirmed", "registered", "waiting", "offered"):
        cancelled = actions.cancel_registration(registration=registration)
        assert (cancelled.status, cancelled.name, cancelled.email, cancelled.user) == (
            "cancelled",
            "",
            "",
            None,
        )
    else:
        with pytest.raises(InvalidTransition):
            actions.cancel_registration(registration=registration)


# Places kept for a side of the helix


def test_reserved_places_wait_for_their_side_until_their_day():
    fieldlab = factories.FieldlabFactory(
        capacity=3, reserved_society=2, reserved_until_on=timezone.localdate() + timedelta(days=5)
    )
    governments = [register(fieldlab) for _person in range(3)]
    assert [one.status for one in governments] == ["registered", "waiting", "waiting"]
    assert register(fieldlab, organisation_name="Wijkraad", helix="society").status == "registered"
    assert lapse_offers() == 0
    assert statuses(fieldlab) == ["registered", "waiting", "waiting", "registered"]
    with time_machine.travel(timezone.now() + timedelta(days=5), tick=False):
        lapse_offers()
    assert statuses(fieldlab) == ["registered", "offered", "waiting", "registered"]


@pytest.mark.parametrize(
    ("taken", "side", "free"),
    [
        ({}, "government", 5),
        ({}, "society", 8),
        ({}, "business", 7),
        ({"society": 3}, "government", 5),
        ({"society": 4}, "society", 4),
        ({"government": 5}, "government", 0),
        ({"government": 5}, "business", 2),
        ({"government": 10}, "society", 0),
    ],
)
def test_places_free_for_a_side(taken, side, free):
    assert Places(capacity=10, taken=taken, reserved={"society": 3, "business": 2}).free_for(side) == free


# At the door


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("registered", True), ("offered", True), ("waiting", True), ("attended", True), ("absent", True),
        ("cancelled", False), ("lapsed", False), ("unconfirmed", False),
    ],
)  # fmt: skip
def test_check_in_is_for_who_may_come_and_twice_is_once(registered, planner, status, allowed):
    registration = registered(status)
    if not allowed:
        with pytest.raises(InvalidTransition):
            check_in(registration=registration, by=planner)
        return
    assert [check_in(registration=registration, by=planner).status for _press in range(2)] == ["attended"] * 2
    assert [undo_check_in(registration=registration, by=planner).status for _press in range(2)] == [
        "registered"
    ] * 2


def test_walk_in_takes_a_place_and_a_known_address_is_pointed_out(fieldlab, planner):
    person = {"fieldlab": fieldlab, "organisation": None, "organisation_name": "Wijkraad", "helix": "society"}
    made = walk_in(name="Wim", email="Wim@x.example", by=planner, **person)
    assert (made.status, made.is_walk_in, made.email) == ("attended", True, "wim@x.example")
    with pytest.raises(actions.AlreadyRegistered):
        walk_in(name="Wim", email="wim@x.example", by=planner, **person)
    walk_in(name="Zonder adres", by=planner, **person)
    with pytest.raises(Exception, match="is full"):
        walk_in(name="Te veel", by=planner, **person)


def test_who_was_not_checked_in_was_absent(fieldlab, registered, planner):
    registered(), registered("attended"), registered("waiting")
    assert mark_absent(fieldlab=fieldlab, by=planner) == 1
    assert statuses(fieldlab) == ["absent", "attended", "waiting"]


def test_clock_of_offers_is_exact():
    """The deadline itself is too late."""
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=UTC), tick=False):
        offered = factories.RegistrationFactory(
            status="offered",
            offer_expires_at=timezone.now(),
            fieldlab__starts_at=timezone.now() + timedelta(days=9),
        )
        assert lapse_offers() == 1
    offered.refresh_from_db()
    assert offered.status == "lapsed"
