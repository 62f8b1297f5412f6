"""Who acts for an organisation: inviting, changing roles, leaving, handing over."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alliance.actions import own_people as actions
from alliance.models import Invitation, Membership
from smartsociety.core.models import User
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.database import at_once, refused_by
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, page_template, shown, sign_in_before

pytestmark = pytest.mark.django_db
LAST = (
    "Nobody else represents your organisation. First make a colleague representative, or ask the secretariat."
)
GONE = "A colleague changed this just before you. Nothing was changed."


def own(client, page: str, *args) -> str:
    """The English address of a page of the organisation of `client`."""
    return english(f"alliance:{page}", client.organisation.slug, *args)


def mine(client) -> Membership:
    return Membership.objects.get(user=client.user, organisation=client.organisation)


@pytest.fixture
def colleague(representative):
    """An editor of the same organisation."""
    return factories.MembershipFactory(organisation=representative.organisation, role="editor")


@pytest.fixture
def invitation(representative):
    """Stands; its link has the token `secret`."""
    return factories.InvitationFactory(
        organisation=representative.organisation,
        email="nieuw@a.example",
        token_hash=hash_token("secret"),
        invited_by=representative.user,
    )


ACCEPT = "/en/uitnodiging/secret/"


# Inviting


def test_inviting_mails_a_link(representative):
    answer = representative.post(
        own(representative, "own_people"), {"email": "Nieuw@A.example", "role": "editor"}
    )
    invitation = Invitation.objects.get()
    assert (answer.status_code, messages_of(answer)) == (302, [("success", "The invitation is on its way.")])
    assert (invitation.email, invitation.role, invitation.invited_by) == (
        "nieuw@a.example",
        "editor",
        representative.user,
    )
    assert queued() == [("alliance/invitation", "nieuw@a.example", "nl")]
    token = links_in(newest("alliance/invitation"))[0].split("/")[-2]
    assert invitation.token_hash == hash_token(token)


def test_inviting_again_renews(representative, invitation):
    representative.post(
        own(representative, "own_people"), {"email": "nieuw@a.example", "role": "representative"}
    )
    assert Invitation.objects.get().role == "representative"
    assert representative.get(ACCEPT).status_code == 410


@pytest.mark.parametrize("kind", ["email", "second address"])
def test_who_acts_for_it_already_is_not_invited(representative, colleague, kind):
    email = colleague.user.email
    if kind != "email":
        email = "tweede@a.example"
        colleague.user.emailaddress_set.create(email=email, verified=True)
    page = representative.post(own(representative, "own_people"), {"email": email, "role": "editor"})
    assert page.context["form"].errors["email"] == ["This person acts for your organisation already."]
    assert queued() == []


def test_invitations_do_not_fill_a_mailbox(representative):
    for _time in range(3):
        factories.MailFactory(kind="alliance/invitation", to="nieuw@a.example")
    page = representative.post(
        own(representative, "own_people"), {"email": "nieuw@a.example", "role": "editor"}
    )
    assert page.context["form"].errors["email"] == [
        "This address got several invitations today. Try again tomorrow."
    ]
    standing = factories.InvitationFactory(organisation=representative.organisation, email="nieuw@a.example")
    answer = representative.post(own(representative, "own_invitation_resend", standing.pk))
    assert messages_of(answer) == [
        ("error", "This address got several invitations today. Try again tomorrow.")
    ]


def test_invitations_are_limited_in_number(representative):
    factories.InvitationFactory.create_batch(20, organisation=representative.organisation)
    page = representative.post(
        own(representative, "own_people"), {"email": "nieuw@a.example", "role": "editor"}
    )
    assert page.context["form"].errors["email"] == ["Too many invitations are waiting. Withdraw one first."]


@pytest.mark.parametrize(
    "typed", [{"email": "geen adres", "role": "editor"}, {"email": "a@b.example", "role": "boss"}]
)
def test_invitation_keeps_what_was_typed(representative, typed):
    page = representative.post(own(representative, "own_people"), typed)
    assert (page.status_code, page.context["form"]["email"].value()) == (200, typed["email"])
    assert Invitation.objects.count() == 0


def test_invitation_is_sent_again_with_another_link(representative, invitation):
    answer = representative.post(own(representative, "own_invitation_resend", invitation.pk))
    assert messages_of(answer) == [("success", "The invitation is on its way, with a new link.")]
    assert queued() == [("alliance/invitation", "nieuw@a.example", "nl")]
    assert representative.get(ACCEPT).status_code == 410


def test_invitation_is_withdrawn_once(representative, invitation):
    address = own(representative, "own_invitation_withdraw", invitation.pk)
    assert messages_of(representative.post(address)) == [("success", "The invitation is withdrawn.")]
    assert representative.post(address).status_code == 404
    assert representative.get(ACCEPT).status_code == 410


def test_invitation_of_another_organisation_is_missing(representative):
    other = factories.InvitationFactory()
    for page in ("own_invitation_resend", "own_invitation_withdraw"):
        assert representative.post(own(representative, page, other.pk)).status_code == 404
    assert Invitation.objects.get() == other


def test_database_keeps_one_standing_invitation(invitation):
    with refused_by("alliance_invitation_stands_once"):
        factories.InvitationFactory(organisation=invitation.organisation, email=invitation.email)


# The link in the mail


def test_link_asks_first(visitor, invitation):
    page = visitor.get(ACCEPT)
    assert (page.status_code, page_template(page)) == (200, "alliance/invitation_accept.html")
    assert User.objects.filter(email="nieuw@a.example").count() == 0


def test_accepting_makes_an_account_and_a_membership(visitor, invitation):
    page = visitor.post(ACCEPT, {"name": "Nina Nieuw"})
    member = Membership.objects.get(user__email="nieuw@a.example")
    assert (page_template(page), member.user.name, member.role) == (
        "alliance/invitation_accepted.html",
        "Nina Nieuw",
        "editor",
    )
    assert member.user.emailaddress_set.get().verified
    assert visitor.post(ACCEPT, {"name": "Nina Nieuw"}).status_code == 410


def test_accepting_needs_a_name_of_a_stranger_only(visitor, invitation):
    assert visitor.post(ACCEPT, {"name": ""}).context["form"].errors["name"] == ["This field is required."]
    factories.UserFactory(email="nieuw@a.example", name="Nina")
    assert visitor.get(ACCEPT).context["form"] is None
    assert visitor.post(ACCEPT).status_code == 200
    assert Membership.objects.filter(user__email="nieuw@a.example", role="editor").exists()


def test_accepting_never_takes_a_role_away(visitor, representative, invitation):
    Invitation.objects.update(email=representative.user.email)
    visitor.post(ACCEPT)
    assert mine(representative).role == "representative"


@pytest.mark.parametrize(("days", "status"), [(13, 200), (14, 410)])
def test_link_works_for_two_weeks(visitor, invitation, days, status):
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=1), tick=False):
        assert visitor.get(ACCEPT).status_code == status
        assert visitor.post(ACCEPT, {"name": "Nina"}).status_code == status


def test_old_invitations_are_erased(invitation):
    with time_machine.travel(timezone.now() + timedelta(days=45), tick=False):
        assert actions.erase_invitations() == 1
    assert Invitation.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_link_pressed_twice_at_once_works_once():
    factories.InvitationFactory(token_hash=hash_token("secret"))
    results = at_once(*[lambda: actions.accept_invitation(token="secret", name="Nina", language="nl")] * 2)
    assert sorted(type(result).__name__ for result in results) == ["DoesNotExist", "Membership"]
    assert Membership.objects.count() == 1


# Roles


def test_editor_becomes_representative_and_is_told(representative, colleague):
    answer = representative.post(own(representative, "own_role", colleague.pk), {"role": "representative"})
    colleague.refresh_from_db()
    assert (colleague.role, messages_of(answer)) == ("representative", [("success", "The role is changed.")])
    assert queued() == [("alliance/role_changed", colleague.user.email, "nl")]


def test_last_representative_keeps_the_role(representative, colleague):
    answer = representative.post(own(representative, "own_role", mine(representative).pk), {"role": "editor"})
    assert (mine(representative).role, messages_of(answer)) == ("representative", [("error", LAST)])


def test_unknown_role_is_refused(representative, colleague):
    answer = representative.post(own(representative, "own_role", colleague.pk), {"role": "boss"})
    assert messages_of(answer) == [("error", "Choose a role from the list.")]


# Leaving


def test_removing_asks_first_and_tells(representative, colleague):
    address = own(representative, "own_member_remove", colleague.pk)
    assert representative.get(address).context["is_self"] is False
    assert Membership.objects.filter(pk=colleague.pk).exists()
    answer = representative.post(address)
    assert (answer.url, queued()) == (
        own(representative, "own_people"),
        [("alliance/membership_ended", colleague.user.email, "nl")],
    )
    assert not Membership.objects.filter(pk=colleague.pk).exists()
    assert representative.post(address).status_code == 404


def test_removing_ends_what_that_person_invited(representative, colleague):
    factories.InvitationFactory(organisation=representative.organisation, invited_by=colleague.user)
    other = factories.InvitationFactory(
        organisation=representative.organisation, invited_by=representative.user
    )
    actions.remove(membership=colleague, by=representative.user)
    assert list(Invitation.objects.all()) == [other]


def test_last_representative_cannot_leave_and_reads_why(representative, colleague):
    address = own(representative, "own_member_remove", mine(representative).pk)
    page = representative.get(address)
    assert page.context["is_blocked"] is True
    assert "Nobody else represents this organisation" in shown(page)
    assert messages_of(representative.post(address)) == [("error", LAST)]
    assert mine(representative).role == "representative"


def test_somebody_who_cannot_sign_in_is_no_successor(representative):
    factories.MembershipFactory(organisation=representative.organisation, user__is_active=False)
    with pytest.raises(actions.LastRepresentative):
        actions.remove(membership=mine(representative), by=representative.user)


def test_one_of_two_may_leave(representative):
    factories.MembershipFactory(organisation=representative.organisation)
    answer = representative.post(own(representative, "own_member_remove", mine(representative).pk))
    assert (answer.status_code, answer.url, queued()) == (302, english("my_page"), [])
    assert representative.get(own(representative, "own_people")).status_code == 403


def test_secretariat_may_remove_the_last(secretariat, representative):
    answer = secretariat.post(own(representative, "own_member_remove", mine(representative).pk))
    assert (answer.status_code, Membership.objects.count()) == (302, 0)


def test_editor_may_leave_but_not_remove_others(editor):
    membership = Membership.objects.get(user=editor.user)
    other = factories.MembershipFactory(organisation=editor.organisation)
    assert editor.post(own(editor, "own_member_remove", other.pk)).status_code == 403
    assert editor.post(own(editor, "own_member_remove", membership.pk)).status_code == 302
    assert list(Membership.objects.all()) == [other]


def test_visitor_signs_in_first(visitor, representative, colleague):
    address = own(representative, "own_member_remove", colleague.pk)
    answer = visitor.post(address)
    assert (answer.status_code, answer.url) == (302, sign_in_before(address))


@pytest.mark.django_db(transaction=True)
def test_two_representatives_who_leave_at_once_leave_one_behind():
    organisation = factories.OrganisationFactory()
    first, second = factories.MembershipFactory.create_batch(2, organisation=organisation)

    def leave(membership):
        return lambda: actions.remove(membership=membership, by=membership.user)

    results = at_once(leave(first), leave(second))
    assert sorted(type(result).__name__ for result in results) == ["LastRepresentative", "NoneType"]
    assert Membership.objects.filter(role="representative").count() == 1


@pytest.mark.django_db(transaction=True)
def test_leaving_while_the_other_becomes_editor_leaves_one_behind():
    organisation = factories.OrganisationFactory()
    first, second = factories.MembershipFactory.create_batch(2, organisation=organisation)
    at_once(
        lambda: actions.remove(membership=first, by=first.user),
        lambda: actions.change_role(membership=second, role="editor", by=second.user),
    )
    assert Membership.objects.filter(role="representative").count() == 1


# Handing over


def test_handing_over_makes_a_successor_and_leaves(representative, colleague):
    address = own(representative, "own_hand_over", colleague.pk)
    assert representative.get(address).status_code == 200
    answer = representative.post(address)
    assert (answer.url, messages_of(answer)) == (
        english("my_page"),
        [("success", f"You handed over {representative.organisation}.")],
    )
    assert [(member.user, member.role) for member in Membership.objects.all()] == [
        (colleague.user, "representative")
    ]
    assert queued() == [("alliance/role_changed", colleague.user.email, "nl")]


def test_handing_over_is_for_representatives_to_others(representative, editor, colleague):
    assert (
        representative.get(own(representative, "own_hand_over", mine(representative).pk)).status_code == 404
    )
    assert editor.post(own(editor, "own_hand_over", colleague.pk)).status_code == 403


def test_handing_over_undoes_all_when_leaving_fails(representative, colleague, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions, "remove", fail)
    with pytest.raises(RuntimeError):
        actions.hand_over(membership=mine(representative), to=colleague, by=representative.user)
    colleague.refresh_from_db()
    assert (colleague.role, queued()) == ("editor", [])


def test_a_row_that_just_went_is_said(representative, colleague, monkeypatch):
    def gone(**kwargs):
        raise Membership.DoesNotExist

    monkeypatch.setattr(actions, "change_role", gone)
    answer = representative.post(own(representative, "own_role", colleague.pk), {"role": "representative"})
    assert messages_of(answer) == [("error", GONE)]


# The page


def test_people_page_needs_as_many_queries_for_more(representative, django_assert_max_num_queries):
    for _number in range(3):
        factories.MembershipFactory(organisation=representative.organisation)
        factories.AccessRequestFactory(organisation=representative.organisation)
        factories.InvitationFactory(organisation=representative.organisation)
    with django_assert_max_num_queries(20):
        page = representative.get(own(representative, "own_people"))
    assert (
        len(page.context["members"]),
        len(page.context["requests"]),
        len(page.context["invitations"]),
    ) == (4, 3, 3)


@pytest.mark.parametrize("name", ["own_role", "own_invitation_resend", "own_invitation_withdraw"])
def test_changes_are_posted(representative, colleague, name):
    assert representative.get(own(representative, name, colleague.pk)).status_code == 405
