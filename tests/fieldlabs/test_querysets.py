"""Who sees which fieldlabs, registrations and outcomes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from fieldlabs.models import Fieldlab, Outcome, Registration
from tests import factories

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
ALL = Fieldlab.Status.values


def people() -> dict:
    """Who looks, and whether this person also sees what is still being written."""
    make = factories.UserFactory
    return {
        NOBODY: False,
        make(): False,
        factories.MembershipFactory().user: False,
        make(is_staff=True, roles=["secretariat", "editor"]): False,
        make(is_staff=True, roles=["programme"]): True,
        make(is_staff=True, is_superuser=True): True,
    }


def test_fieldlab_is_seen_by_everybody_once_it_is_no_draft():
    rows = {status: factories.FieldlabFactory(status=status) for status in ALL}
    public = {row for status, row in rows.items() if status != "draft"}
    assert set(Fieldlab.objects.public()) == public
    for person, sees_all in people().items():
        assert set(Fieldlab.objects.visible_to(person)) == (set(rows.values()) if sees_all else public)


def test_outcome_is_seen_by_everybody_once_its_fieldlab_took_place():
    rows = {status: factories.OutcomeFactory(fieldlab__status=status) for status in ALL}
    public = {rows["held"], rows["reported"]}
    assert set(Outcome.objects.public()) == public
    for person, sees_all in people().items():
        assert set(Outcome.objects.visible_to(person)) == (set(rows.values()) if sees_all else public)


def test_fieldlabs_held_are_those_that_took_place():
    rows = {status: factories.FieldlabFactory(status=status) for status in ALL}
    assert set(Fieldlab.objects.held()) == {rows["held"], rows["reported"]}


def test_fieldlabs_are_to_come_until_they_end():
    now = timezone.now()

    def lasting(start: int, end: int) -> Fieldlab:
        return factories.FieldlabFactory(
            starts_at=now + timedelta(days=start), ends_at=now + timedelta(days=end)
        )

    later, busy, next_week = lasting(30, 31), lasting(-1, 1), lasting(7, 8)
    long_ago, recent = lasting(-90, -89), lasting(-3, -2)
    assert list(Fieldlab.objects.upcoming()) == [busy, next_week, later]
    assert list(Fieldlab.objects.past()) == [recent, long_ago]


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        ("registered", True),
        ("attended", True),
        ("absent", True),
        ("waiting", False),
        ("offered", False),
        ("cancelled", False),
    ],
)
def test_organisation_attends_with_a_place(fieldlab, registered, status, counts):
    registration = registered(status=status)
    registered(organisation=factories.OrganisationFactory())
    assert list(Fieldlab.objects.attended_by(registration.organisation)) == ([fieldlab] if counts else [])


def test_card_counts_places_and_public_outcomes_apart():
    fieldlab = factories.FieldlabFactory(held=True)
    factories.OutcomeFactory.create_batch(2, fieldlab=fieldlab)
    for status in ("registered", "offered", "attended", "absent", "waiting", "cancelled", "unconfirmed"):
        factories.registration_at(status, fieldlab=fieldlab)
    busy = factories.FieldlabFactory(status="open")
    factories.OutcomeFactory(fieldlab=busy)  # still being written
    counted = {row.pk: (row.taken, row.outcome_count) for row in Fieldlab.objects.with_card_data()}
    assert counted == {fieldlab.pk: (4, 2), busy.pk: (0, 0)}


def test_registrations_are_chosen_by_what_they_take(fieldlab, registered):
    rows = {
        status: registered(status=status, fieldlab=factories.FieldlabFactory())
        for status in Registration.Status.values
    }
    coming = {rows["registered"], rows["attended"], rows["absent"]}
    seated = coming | {rows["offered"]}
    assert set(Registration.objects.seated()) == seated
    assert set(Registration.objects.coming()) == coming
    assert list(Registration.objects.waiting()) == [rows["waiting"]]
    assert set(Registration.objects.standing()) == seated | {rows["waiting"]}


def test_waiting_list_is_in_order_of_arrival(registered):
    now = timezone.now()
    late, early, same = (
        registered("waiting", arrived_at=now - timedelta(hours=hours)) for hours in (1, 9, 9)
    )
    Registration.objects.filter(pk=same.pk).update(arrived_at=early.arrived_at)
    assert list(Registration.objects.waiting()) == [early, same, late]


def test_registrations_of_a_person_are_that_persons_own(registered):
    mine, _other = registered(), registered()
    nobodys = factories.RegistrationFactory(user=None)
    assert list(Registration.objects.of(mine.user)) == [mine]
    assert nobodys not in Registration.objects.of(NOBODY)
    assert list(Registration.objects.of(NOBODY)) == []
