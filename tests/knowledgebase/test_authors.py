"""Who writes a practice along: invited by mail, for this one practice."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from knowledgebase.actions import people
from knowledgebase.models import Author, AuthorInvitation
from smartsociety.core.invitations import INVITATION_TERM, INVITATIONS_KEPT
from smartsociety.core.models import Mail, User
from tests import factories
from tests.conftest import signed_in
from tests.database import refused_by
from tests.mailbox import newest, queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
PAGE = "/en/kennisbank/concept/bewerken/betrokken/"


@pytest.fixture
def draft(editor):
    """A draft of the organisation of `editor`."""
    return factories.PracticeFactory(draft=True, slug="concept", owner=editor.organisation)


def invited(practice) -> str:
    """The secret in the mail of an invitation."""
    mail = Mail.objects.filter(kind="knowledgebase/author_invited").latest("pk")
    return mail.text.split("/meeschrijven/")[1].split("/")[0]


def test_invitation_makes_an_author_who_may_write_this_practice_alone(editor, draft, visitor):
    other = factories.PracticeFactory(draft=True, slug="ander", owner=editor.organisation)
    editor.post(PAGE, {"what": "author", "author-email": "Bas@Partner.example"})
    assert queued() == [("knowledgebase/author_invited", "bas@partner.example", "nl")]
    address = f"/kennisbank/meeschrijven/{invited(draft)}/"
    assert (visitor.get(address).status_code, Author.objects.count()) == (
        200,
        0,
    )  # a link alone changes nothing
    assert visitor.post(address).status_code == 302
    author = signed_in(User.objects.get(email="bas@partner.example"))
    assert author.get("/kennisbank/concept/bewerken/").status_code == 200
    assert author.get(f"/kennisbank/{other.slug}/bewerken/").status_code == 404
    assert visitor.post(address).status_code == 404  # used


def test_invitation_ends_after_its_term(draft, visitor):
    people.invite_author(practice=draft, email="bas@partner.example", by=factories.UserFactory())
    token = invited(draft)
    with time_machine.travel(timezone.now() + INVITATION_TERM + timedelta(minutes=1)):
        assert visitor.get(f"/kennisbank/meeschrijven/{token}/").status_code == 404
        assert visitor.post(f"/kennisbank/meeschrijven/{token}/").status_code == 404
    assert Author.objects.count() == 0


def test_newest_invitation_counts(draft):
    by = factories.UserFactory()
    people.invite_author(practice=draft, email="bas@partner.example", by=by)
    first = invited(draft)
    people.invite_author(practice=draft, email="bas@partner.example", by=by)
    assert (people.standing_invitation(first), AuthorInvitation.objects.count()) == (None, 1)
    with refused_by("knowledgebase_authorinvitation_stands_once"):
        factories.AuthorInvitationFactory(practice=draft, email="bas@partner.example")


def test_author_is_not_invited_again_and_is_there_once(editor, draft):
    author = factories.AuthorFactory(practice=draft)
    page = editor.post(PAGE, {"what": "author", "author-email": author.user.email})
    assert page.context["invite_form"].errors == {"email": ["This person may write this practice already."]}
    with refused_by("knowledgebase_author_once"):
        factories.AuthorFactory(practice=draft, user=author.user)


def test_nobody_is_invited_who_may_write_already(editor, draft):
    colleague = factories.MembershipFactory(organisation=editor.organisation).user
    typed = [editor.user.email.upper(), colleague.email]
    pages = [editor.post(PAGE, {"what": "author", "author-email": email}) for email in typed]
    assert [page.context["invite_form"].errors["email"] for page in pages] == [
        ["This is your own address. You write this practice already."],
        ["This person may write this practice already."],
    ]
    assert queued() == []


def test_invitation_is_withdrawn_and_its_link_dies(editor, draft, visitor):
    editor.post(PAGE, {"what": "author", "author-email": "baz@partner.example"})
    token, invitation = invited(draft), AuthorInvitation.objects.get()
    address = f"/en/kennisbank/concept/bewerken/uitnodigingen/{invitation.pk}/intrekken/"
    assert messages_of(editor.post(address))[-1] == ("success", "The invitation is withdrawn.")
    assert (
        visitor.get(f"/kennisbank/meeschrijven/{token}/").status_code,
        list(draft.author_invitations.all()),
    ) == (
        404,
        [],
    )
    assert editor.post(address).status_code == 404


def test_invitation_that_was_used_is_not_withdrawn(draft):
    used = factories.AuthorInvitationFactory(practice=draft, accepted_at=timezone.now())
    assert people.withdraw_author(invitation=used, by=factories.UserFactory()) is False
    assert AuthorInvitation.objects.get() == used


def test_invitation_for_another_address_is_not_used_up(editor, draft, stranger):
    editor.post(PAGE, {"what": "author", "author-email": "bas@partner.example"})
    address = f"/en/kennisbank/meeschrijven/{invited(draft)}/"
    for page in (stranger.get(address), stranger.post(address)):
        assert (page.status_code, page.context["is_theirs"]) == (200, False)
        assert "It was sent to bas@partner.example; you are signed in with" in shown(page)
    assert (Author.objects.count(), AuthorInvitation.objects.get().accepted_at) == (0, None)


def test_who_signs_out_there_comes_back_to_the_invitation(draft, stranger):
    people.invite_author(practice=draft, email="bas@partner.example", by=factories.UserFactory())
    address = f"/en/kennisbank/meeschrijven/{invited(draft)}/"
    assert stranger.post(english("account_logout"), {"next": address}).url == address
    assert stranger.get(address).context["is_theirs"] is True


@pytest.mark.parametrize("other", [False, True], ids=["of the account", "another that was proved"])
def test_who_is_signed_in_accepts_and_writes_at_once(draft, other):
    person = factories.UserFactory(email="bas@partner.example")
    email = "b.bakker@partner.example" if other else person.email
    EmailAddress.objects.get_or_create(user=person, email=email, verified=True)
    people.invite_author(practice=draft, email=email, by=factories.UserFactory())
    client = signed_in(person)
    answer = client.post(f"/en/kennisbank/meeschrijven/{invited(draft)}/")
    assert messages_of(answer) == [("success", "You may write this practice now.")]
    assert client.get(answer.url).status_code == 200


def test_visitor_who_accepts_is_told_with_which_address_to_sign_in(draft, visitor):
    people.invite_author(practice=draft, email="bas@partner.example", by=factories.UserFactory())
    answer = visitor.post(f"/en/kennisbank/meeschrijven/{invited(draft)}/")
    words = "You may write this practice now. Sign in with bas@partner.example."
    assert messages_of(answer) == [("success", words)]


@pytest.mark.parametrize(
    ("name", "organisation", "told"),
    [("Anna", "Ede", "Anna, Ede"), ("", "Ede", "Ede"), ("Anna", "", "Anna"), ("", "", "")],
)
def test_mail_and_page_say_who_invites_and_which_address(draft, visitor, name, organisation, told):
    by = factories.UserFactory(name=name)
    if organisation:
        factories.MembershipFactory(user=by, organisation__name=organisation)
    draft.language = "en"
    draft.save()
    people.invite_author(practice=draft, email="bas@partner.example", by=by)
    mail = newest("knowledgebase/author_invited").text
    assert (f"{told or 'You are'} ask" in mail, "The invitation is for bas@partner.example" in mail) == (
        True,
        True,
    )
    page = visitor.get(f"/en/kennisbank/meeschrijven/{invited(draft)}/")
    assert (page.context["inviter"], "bas@partner.example" in shown(page)) == (told, True)


def test_author_who_is_removed_writes_no_longer(editor, draft):
    author = factories.AuthorFactory(practice=draft)
    editor.post(f"/kennisbank/concept/bewerken/auteurs/{author.pk}/verwijderen/")
    assert signed_in(author.user).get("/kennisbank/concept/").status_code == 404


def test_address_of_an_invitation_is_forgotten_a_while_after_its_term():
    now = timezone.now()
    kept = factories.AuthorInvitationFactory(expires_at=now - INVITATIONS_KEPT + timedelta(days=1))
    factories.AuthorInvitationFactory(expires_at=now - INVITATIONS_KEPT - timedelta(days=1))
    assert (people.erase_author_invitations(), list(AuthorInvitation.objects.all())) == (1, [kept])
