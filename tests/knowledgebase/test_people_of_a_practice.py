"""Who takes part in a practice, and who writes it along."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from knowledgebase.actions import people
from knowledgebase.models import Author, AuthorInvitation
from smartsociety.core.invitations import INVITATION_TERM, INVITATIONS_KEPT
from smartsociety.core.models import Mail, User
from tests import factories
from tests.conftest import signed_in
from tests.database import refused_by, refused_saying
from tests.mailbox import queued
from tests.pages import messages_of

pytestmark = pytest.mark.django_db
PAGE = "/en/kennisbank/concept/bewerken/betrokken/"


@pytest.fixture
def draft(editor):
    """A draft of the organisation of `editor`."""
    return factories.PracticeFactory(draft=True, slug="concept", owner=editor.organisation)


def test_who_uses_it_does_not_become_its_owner(editor, draft):
    other = factories.OrganisationFactory(name="Epe")
    factories.AdoptionFactory(practice=draft, organisation=other)
    page = add(editor, organisation="Epe", role="owner")
    assert page.context["part_form"].errors == {
        "role": ["This organisation says that it uses the practice of another."]
    }
    part = factories.PracticeOrganisationFactory(practice=draft, organisation=other, role="partner")
    with refused_saying("who adopted a practice does not own it"):
        draft.parts.filter(pk=part.pk).update(role="owner")


def add(client, **answers):
    """Send the form that adds an organisation."""
    typed = {"what": "part", "part-role": "partner", "part-contribution": ""}
    return client.post(PAGE, typed | {f"part-{name}": value for name, value in answers.items()})


def test_company_is_added_as_a_partner_with_what_it_did(editor, draft):
    factories.OrganisationFactory(name="Lichtbedrijf Voorbeeld", kind="company")
    answer = add(editor, organisation="Lichtbedrijf Voorbeeld", contribution="leverancier")
    part = draft.parts.get(role="partner")
    assert (answer.url, part.organisation.name, part.contribution) == (
        PAGE,
        "Lichtbedrijf Voorbeeld",
        "leverancier",
    )


def test_company_is_not_added_as_an_owner_and_nothing_typed_is_lost(editor, draft):
    factories.OrganisationFactory(name="Lichtbedrijf Voorbeeld", kind="company")
    page = add(editor, organisation="Lichtbedrijf Voorbeeld", role="owner")
    form = page.context["part_form"]
    assert form.errors == {"role": ["A company takes part as a partner. A government is the owner."]}
    assert (form["organisation"].value(), draft.parts.count()) == ("Lichtbedrijf Voorbeeld", 1)


def test_unknown_organisation_is_refused(editor, draft):
    assert list(add(editor, organisation="Nergens").context["part_form"].errors) == ["organisation"]


def test_organisation_is_removed(editor, draft):
    part = factories.PracticeOrganisationFactory(practice=draft, role="partner")
    editor.post(f"{PAGE}{part.pk}/verwijderen/")
    assert draft.parts.filter(pk=part.pk).exists() is False


def test_published_practice_keeps_a_government_as_owner(editor):
    practice = factories.PracticeFactory(slug="concept", owner=editor.organisation)
    part = practice.parts.get()
    answer = editor.post(f"{PAGE}{part.pk}/verwijderen/")
    assert messages_of(answer) == [
        ("error", "A published practice keeps a government as its owner. Add another one first.")
    ]
    page = add(editor, organisation=editor.organisation.name, role="partner")
    assert list(page.context["part_form"].errors) == ["role"]
    assert practice.parts.get().role == "owner"


def test_part_of_another_practice_is_missing(editor, draft):
    other = factories.PracticeOrganisationFactory()
    assert editor.post(f"{PAGE}{other.pk}/verwijderen/").status_code == 404


# Writing along


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
    assert page.context["invite_form"].errors == {"email": ["This person writes along already."]}
    with refused_by("knowledgebase_author_once"):
        factories.AuthorFactory(practice=draft, user=author.user)


def test_author_who_is_removed_writes_no_longer(editor, draft):
    author = factories.AuthorFactory(practice=draft)
    editor.post(f"/kennisbank/concept/bewerken/auteurs/{author.pk}/verwijderen/")
    assert signed_in(author.user).get("/kennisbank/concept/").status_code == 404


def test_address_of_an_invitation_is_forgotten_a_while_after_its_term():
    now = timezone.now()
    kept = factories.AuthorInvitationFactory(expires_at=now - INVITATIONS_KEPT + timedelta(days=1))
    factories.AuthorInvitationFactory(expires_at=now - INVITATIONS_KEPT - timedelta(days=1))
    assert (people.erase_author_invitations(), list(AuthorInvitation.objects.all())) == (1, [kept])
