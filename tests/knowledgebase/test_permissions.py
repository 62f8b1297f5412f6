"""What a person may do in the knowledge base."""

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledgebase.models import Practice
from knowledgebase.permissions import adopting_organisations, can_edit, can_publish, can_review, can_start
from tests import factories
from tests.factories import practice_at

pytestmark = pytest.mark.django_db
STATUSES = Practice.Status.values
STAFF = [
    ({}, False, False),
    ({"is_staff": True, "roles": ["secretariat"]}, False, False),
    ({"is_staff": True, "roles": ["programme"]}, True, False),
    ({"is_staff": True, "roles": ["editor"]}, False, True),
    ({"is_staff": True, "is_superuser": True}, True, True),
]


@pytest.mark.parametrize(("rights", "starts", "reviews"), STAFF)
def test_programme_staff_start_and_editors_review(rights, starts, reviews):
    user = factories.UserFactory(**rights)
    assert (can_start(user), can_review(user)) == (starts, reviews)


def test_visitor_may_nothing(practice):
    nobody = AnonymousUser()
    assert [
        can_start(nobody),
        can_review(nobody),
        can_edit(nobody, practice),
        can_publish(nobody, practice),
    ] == [False] * 4
    assert list(adopting_organisations(nobody, practice)) == []


@pytest.mark.parametrize("status", STATUSES)
def test_practice_is_written_while_it_is_a_draft(ede, status):
    practice = practice_at(status, owner=ede)
    programme = factories.UserFactory(is_staff=True, roles=["programme"])
    member = factories.MembershipFactory(organisation=ede, role="editor").user
    assert [can_edit(person, practice) for person in (programme, member)] == [status == "draft"] * 2


def test_practice_is_written_by_its_owners_alone(ede):
    practice = practice_at("draft")
    factories.PracticeOrganisationFactory(practice=practice, organisation=ede, role="partner")
    partner, stranger = factories.MembershipFactory(organisation=ede).user, factories.UserFactory()
    editor = factories.UserFactory(is_staff=True, roles=["editor"])
    assert [can_edit(person, practice) for person in (partner, stranger, editor)] == [False] * 3


def test_editor_publishes_what_another_sent_in():
    editor = factories.UserFactory(is_staff=True, roles=["editor"])
    assert can_publish(editor, practice_at("in_review")) is True
    assert can_publish(editor, practice_at("in_review", submitted_by=editor)) is False
    assert can_publish(editor, practice_at("in_review", submitted_by=None)) is True


def test_representative_adopts_what_the_organisation_does_not_own(practice, ede):
    user = factories.MembershipFactory(organisation=ede).user
    other = factories.MembershipFactory(user=user).organisation
    factories.MembershipFactory(user=user, role="editor")
    assert list(adopting_organisations(user, practice)) == [other]


def test_partner_of_a_practice_may_adopt_it(practice):
    membership = factories.MembershipFactory()
    factories.PracticeOrganisationFactory(
        practice=practice, organisation=membership.organisation, role="partner"
    )
    assert list(adopting_organisations(membership.user, practice)) == [membership.organisation]
