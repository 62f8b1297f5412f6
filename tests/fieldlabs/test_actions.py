"""What happens to fieldlabs, registrations and outcomes, also when everybody comes at once."""

from datetime import UTC, datetime
from functools import partial

import pytest

from fieldlabs import actions
from fieldlabs.models import Fieldlab, Outcome, Registration
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import at_once, rolled_back
from tests.mailbox import queued

pytestmark = pytest.mark.django_db
STANDING = [
    ("registered", True),
    ("waiting", True),
    ("attended", True),
    ("absent", True),
    ("cancelled", False),
]


@pytest.fixture
def planner():
    """Programme staff."""
    return factories.UserFactory(is_staff=True, roles=["programme"])


def register(fieldlab, membership=None, **changed) -> Registration:
    """Register a representative, a new one unless given."""
    membership = membership or factories.MembershipFactory()
    given = {
        "organisation": membership.organisation,
        "by": membership.user,
        "name": "Bas Bakker",
        "language": "nl",
    }
    return actions.register(fieldlab=fieldlab, **given | changed)


def statuses(fieldlab) -> list[str]:
    """Of its registrations, in order of arrival."""
    return list(fieldlab.registrations.order_by("created_at", "pk").values_list("status", flat=True))


# Planning


def test_schedule_keeps_a_draft_under_quarter_and_title(planner):
    starts_at = datetime(2027, 4, 8, 8, tzinfo=UTC)
    draft = factories.FieldlabFactory.build(
        title_nl="Schoon water", starts_at=starts_at, status="draft", slug=""
    )
    scheduled = actions.schedule(fieldlab=draft, by=planner)
    assert Fieldlab.objects.values_list("slug", "status").get(pk=scheduled.pk) == (
        "q2-2027-schoon-water",
        "draft",
    )


def test_schedule_gives_each_an_address_of_its_own(planner):
    starts_at = datetime(2027, 4, 8, 8, tzinfo=UTC)
    drafts = factories.FieldlabFactory.build_batch(3, title_nl="Water", starts_at=starts_at, status="draft")
    slugs = [actions.schedule(fieldlab=draft, by=planner).slug for draft in drafts]
    assert slugs == ["q2-2027-water", "q2-2027-water-2", "q2-2027-water-3"]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("draft", "announced"),
        ("announced", "open"),
        ("open", "closed"),
        ("closed", "open"),
        ("closed", "held"),
    ],
)
def test_move_goes_one_step(planner, here, there):
    fieldlab = factories.FieldlabFactory(status=here)
    assert actions.move(fieldlab=fieldlab, status=there, by=planner).status == there
    fieldlab.refresh_from_db()
    assert (fieldlab.status, queued()) == (there, [])


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("draft", "open"),
        ("open", "cancelled"),
        ("held", "reported"),
        ("held", "open"),
        ("cancelled", "open"),
        ("open", ""),
        ("open", "x"),
    ],
)
def test_move_refuses_what_is_no_step_or_more_than_a_step(planner, here, there):
    fieldlab = factories.FieldlabFactory(status=here)
    with pytest.raises(InvalidTransition):
        actions.move(fieldlab=fieldlab, status=there, by=planner)
    fieldlab.refresh_from_db()
    assert fieldlab.status == here


def test_move_changes_the_status_alone(planner):
    fieldlab = factories.FieldlabFactory(status="draft")
    Fieldlab.objects.update(title_nl="Intussen hernoemd")
    actions.move(fieldlab=fieldlab, status="announced", by=planner)
    assert Fieldlab.objects.get().title_nl == "Intussen hernoemd"


@pytest.mark.parametrize(("status", "hears"), STANDING)
def test_cancel_fieldlab_tells_everybody_who_counts_on_it(registered, fieldlab, planner, status, hears):
    registered(status=status, email="bas@almere.example", language="en")
    assert actions.cancel_fieldlab(fieldlab=fieldlab, by=planner).status == "cancelled"
    assert queued() == ([("fieldlabs/fieldlab_cancelled", "bas@almere.example", "en")] if hears else [])


@pytest.mark.parametrize("status", ["held", "reported", "cancelled"])
def test_cancel_fieldlab_is_too_late_once_it_was_held(planner, status):
    registration = factories.RegistrationFactory(fieldlab__status=status)
    with pytest.raises(InvalidTransition):
        actions.cancel_fieldlab(fieldlab=registration.fieldlab, by=planner)
    assert queued() == []


# Registering


def test_register_takes_a_place_and_confirms_it(fieldlab):
    membership = factories.MembershipFactory(user__email="bas@almere.example")
    registration = register(fieldlab, membership, language="en")
    kept = Registration.objects.values_list(
        "fieldlab", "organisation", "user", "name", "email", "language", "status"
    ).get()
    expected = (
        fieldlab.pk,
        membership.organisation_id,
        membership.user_id,
        "Bas Bakker",
        "bas@almere.example",
        "en",
        "registered",
    )
    assert (kept, registration.status) == (expected, "registered")
    assert queued() == [("fieldlabs/registered", "bas@almere.example", "en")]


def test_register_for_a_full_fieldlab_is_waiting(fieldlab):
    assert [register(fieldlab).status for _person in range(4)] == [
        "registered",
        "registered",
        "waiting",
        "waiting",
    ]


def test_register_does_not_pass_those_who_wait(fieldlab, registered):
    registered(status="waiting")
    assert register(fieldlab).status == "waiting"


@pytest.mark.parametrize("status", [status for status in Fieldlab.Status.values if status != "open"])
def test_register_is_possible_while_it_is_open(status):
    with pytest.raises(actions.RegistrationClosed):
        register(factories.FieldlabFactory(status=status))
    assert (Registration.objects.count(), queued()) == (0, [])


def test_register_sees_that_it_was_closed_meanwhile(fieldlab):
    Fieldlab.objects.update(status="closed")
    with pytest.raises(actions.RegistrationClosed):
        register(fieldlab)


def test_register_twice_is_refused_also_for_another_organisation(fieldlab):
    membership = factories.MembershipFactory()
    other = factories.MembershipFactory(user=membership.user)
    register(fieldlab, membership)
    with pytest.raises(actions.AlreadyRegistered):
        register(fieldlab, other)
    assert (statuses(fieldlab), len(queued())) == (["registered"], 1)


def test_register_again_after_cancelling(fieldlab, registered):
    before = registered(status="cancelled")
    assert register(fieldlab, by=before.user).status == "registered"


@pytest.mark.django_db(transaction=True)
def test_thirty_people_at_once_share_the_last_five_places_in_order_of_arrival():
    fieldlab = factories.FieldlabFactory(capacity=12)
    factories.RegistrationFactory.create_batch(7, fieldlab=fieldlab)
    memberships = factories.MembershipFactory.create_batch(30)
    results = at_once(*(partial(register, fieldlab, membership) for membership in memberships))
    assert [type(result).__name__ for result in results] == ["Registration"] * 30
    assert statuses(fieldlab) == ["registered"] * 12 + ["waiting"] * 25
    told = [
        (registration.email, registration.status)
        for registration in fieldlab.registrations.order_by("created_at")[7:]
    ]
    assert [to for _kind, to, _language in queued()] == [email for email, _status in told]


@pytest.mark.django_db(transaction=True)
def test_one_person_twice_at_once_has_one_place():
    fieldlab, membership = factories.FieldlabFactory(), factories.MembershipFactory()
    results = at_once(*[partial(register, fieldlab, membership)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyRegistered", "Registration"]
    assert (statuses(fieldlab), len(queued())) == (["registered"], 1)


@pytest.mark.django_db(transaction=True)
def test_places_that_come_free_at_once_go_to_the_first_who_wait():
    fieldlab = factories.FieldlabFactory(capacity=5)
    registered = factories.RegistrationFactory.create_batch(5, fieldlab=fieldlab)
    waiting = factories.RegistrationFactory.create_batch(7, fieldlab=fieldlab, status="waiting")
    leave = actions.cancel_registration
    at_once(
        *(partial(leave, registration=registration, by=None) for registration in [*registered, waiting[1]])
    )
    assert statuses(fieldlab) == ["cancelled"] * 5 + [
        "registered",
        "cancelled",
        *["registered"] * 4,
        "waiting",
    ]


# Cancelling a registration


def test_cancel_registration_gives_the_place_to_the_first_who_waits(fieldlab, registered):
    leaving, _staying = registered(email="a@x.example"), registered()
    first, second = registered("waiting", email="b@x.example", language="en"), registered("waiting")
    actions.cancel_registration(registration=leaving, by=leaving.user)
    assert statuses(fieldlab) == ["cancelled", "registered", "registered", "waiting"]
    assert queued() == [
        ("fieldlabs/registration_cancelled", "a@x.example", "nl"),
        ("fieldlabs/registered", "b@x.example", "en"),
    ]
    assert (first.pk < second.pk) is True


def test_cancel_registration_on_the_waiting_list_frees_no_place(fieldlab, registered):
    registered(), registered()
    leaving, staying = registered("waiting"), registered("waiting")
    actions.cancel_registration(registration=leaving, by=leaving.user)
    staying.refresh_from_db()
    assert (staying.status, len(queued())) == ("waiting", 1)


@pytest.mark.parametrize(
    ("status", "moves_up"), [("open", True), ("closed", True), ("held", False), ("cancelled", False)]
)
def test_cancel_registration_moves_nobody_up_once_there_is_nothing_to_come(
    fieldlab, registered, status, moves_up
):
    leaving, waiting = registered(), registered("waiting")
    Fieldlab.objects.update(status=status)
    actions.cancel_registration(registration=leaving, by=leaving.user)
    waiting.refresh_from_db()
    assert waiting.status == ("registered" if moves_up else "waiting")
    assert [kind for kind, _to, _language in queued()] == [
        "fieldlabs/registration_cancelled",
        "fieldlabs/registered",
    ][: 1 + moves_up]


@pytest.mark.parametrize("status", ["cancelled", "attended", "absent"])
def test_cancel_registration_that_does_not_stand_is_refused(registered, status):
    registration = registered(status=status)
    with pytest.raises(InvalidTransition):
        actions.cancel_registration(registration=registration, by=registration.user)
    assert queued() == []


def test_rollback_leaves_no_registration_and_no_mail(fieldlab):
    with rolled_back():
        assert register(fieldlab).status == "registered"
    assert (Registration.objects.count(), queued()) == (0, [])


# Outcomes


def test_record_outcome_keeps_it_under_its_title(planner, fieldlab):
    outcome = factories.OutcomeFactory.build(
        fieldlab=fieldlab, organisation=None, title="Sensoren bij laadpalen", slug=""
    )
    actions.record_outcome(outcome=outcome, by=planner)
    kept = Outcome.objects.values_list("slug", "created_by", "fieldlab").get()
    assert kept == ("sensoren-bij-laadpalen", planner.pk, fieldlab.pk)
