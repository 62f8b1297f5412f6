"""Who takes part in a practice, and who writes it along."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from knowledgebase import emails
from knowledgebase.actions import people
from knowledgebase.models import Author, AuthorInvitation
from smartsociety.core.invitations import INVITATION_TERM, INVITATIONS_KEPT
from smartsociety.core.models import Mail, User
from tests import factories
from tests.conftest import signed_in
from tests.database import refused_by, refused_saying
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, shown

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


def test_published_practice_keeps_a_government_as_owner(reviewer):
    practice = factories.PracticeFactory(slug="concept")
    part = practice.parts.get()
    answer = reviewer.post(f"{PAGE}{part.pk}/verwijderen/")
    assert messages_of(answer) == [
        ("error", "A published practice keeps a government as its owner. Add another one first.")
    ]
    page = add(reviewer, organisation=part.organisation.name, role="partner")
    assert list(page.context["part_form"].errors) == ["role"]
    assert practice.parts.get().role == "owner"


def test_only_owner_of_a_draft_is_told_what_to_do(editor, draft):
    words = "This is the only owner, and without one nobody can write it. Add another owner first."
    page = add(editor, organisation=editor.organisation.name, role="partner")
    assert page.context["part_form"].errors == {"role": [words]}
    answer = editor.post(f"{PAGE}{draft.parts.get().pk}/verwijderen/")
    assert messages_of(answer) == [("error", words)]


def test_owner_of_a_draft_becomes_partner_once_there_is_another(editor, draft):
    factories.PracticeOrganisationFactory(practice=draft)
    add(editor, organisation=editor.organisation.name, role="partner")
    assert draft.parts.get(organisation=editor.organisation).role == "partner"


def test_draft_without_an_owner_yet_gets_a_partner_first():
    draft, by = factories.PracticeFactory(draft=True, owner=False), factories.UserFactory()
    partner = factories.OrganisationFactory()
    people.set_part(practice=draft, organisation=partner, role="partner", contribution="", by=by)
    assert draft.parts.get().organisation == partner


@pytest.mark.parametrize("status", ["draft", "published"])
@pytest.mark.parametrize("change", ["delete", "demote"])
def test_database_keeps_the_last_owner(status, change):
    part = factories.practice_at(status).parts
    with refused_saying("a practice keeps an owner"):
        part.all().delete() if change == "delete" else part.update(role="partner")
        connection.check_constraints()


def test_database_wants_a_government_among_the_owners_of_what_is_published():
    practice = factories.PracticeFactory()
    factories.PracticeOrganisationFactory(practice=practice, organisation__kind="university")
    with refused_saying("a practice keeps an owner"):
        practice.parts.exclude(organisation__kind="university").delete()
        connection.check_constraints()


def test_part_of_another_practice_is_missing(editor, draft):
    other = factories.PracticeOrganisationFactory()
    assert editor.post(f"{PAGE}{other.pk}/verwijderen/").status_code == 404


# Owners of what is published


@pytest.fixture
def published(editor):
    """Published, of the organisation of `editor`."""
    return factories.PracticeFactory(slug="concept", owner=editor.organisation)


SETTLED = "Of a published practice only an editor of the knowledge base changes the owners. Ask us on the contact page."


def test_writer_does_not_name_an_owner_of_a_published_practice(editor, published):
    other = factories.MembershipFactory(role="representative").organisation
    page = add(editor, organisation=other.name, role="owner")
    assert page.context["part_form"].errors == {"role": [SETTLED]}
    assert (list(published.owning_organisations()), queued()) == ([editor.organisation], [])


def test_form_of_a_published_practice_begins_with_a_partner(editor, published):
    assert editor.get(PAGE).context["part_form"]["role"].value() == "partner"


def test_writer_does_not_take_an_owner_away_from_a_published_practice(editor, published):
    other = factories.PracticeOrganisationFactory(practice=published)
    answer = editor.post(f"{PAGE}{other.pk}/verwijderen/")
    page = add(editor, organisation=other.organisation.name, role="partner")
    assert (messages_of(answer), page.context["part_form"].errors) == (
        [("error", SETTLED)],
        {"role": [SETTLED]},
    )
    assert published.owning_organisations().count() == 2


def test_writer_changes_what_an_owner_did_and_adds_partners_of_a_published_practice(editor, published):
    partner = factories.OrganisationFactory()
    add(editor, organisation=editor.organisation.name, role="owner", contribution="bedacht")
    add(editor, organisation=partner.name)
    parts = published.parts.order_by("pk").values_list("organisation", "role", "contribution")
    assert list(parts) == [
        (editor.organisation.pk, "owner", "bedacht"),
        (partner.pk, "partner", ""),
    ]


def test_editor_of_the_knowledge_base_names_an_owner_of_a_published_practice(reviewer, editor, published):
    person = factories.MembershipFactory(role="representative", user__language="en").user
    factories.MembershipFactory(organisation=person.memberships.get().organisation, role="editor")
    assert add(reviewer, organisation=person.memberships.get().organisation.name, role="owner").url == PAGE
    assert queued() == [("knowledgebase/part_given", person.email, "en")]
    assert links_in(newest("knowledgebase/part_given"))[0].endswith("/en/kennisbank/concept/")
    told = editor.get("/en/kennisbank/concept/geschiedenis/").context["page"]
    words = f"{person.memberships.get().organisation} takes part as: Owner."
    assert next((each.words, each.by) for each in told if not each.is_text) == (words, reviewer.user)


@pytest.mark.parametrize("role", ["owner", "partner"])
def test_organisation_is_told_that_it_takes_part_unless_its_own_people_say_so(representative, role):
    factories.PracticeFactory(draft=True, slug="concept", owner=representative.organisation)
    add(representative, organisation=representative.organisation.name, role="owner", contribution="bedacht")
    other = factories.MembershipFactory(role="representative")
    add(representative, organisation=other.organisation.name, role=role)
    add(representative, organisation=other.organisation.name, role=role, contribution="gemeten")
    assert queued() == [("knowledgebase/part_given", other.user.email, other.user.language)]


@pytest.mark.parametrize(
    ("status", "told"), [("draft", False), ("submitted", False), ("in_review", False), ("published", True)]
)
def test_letter_says_that_everybody_sees_it_only_when_that_is_so(reviewer, status, told):
    practice = factories.practice_at(status)
    member = factories.MembershipFactory(role="representative", user__language="en")
    part = factories.PracticeOrganisationFactory(practice=practice, organisation=member.organisation)
    emails.part_given(part, by=reviewer.user)
    assert ("everybody sees it" in newest("knowledgebase/part_given").text) is told


def test_history_tells_who_came_and_went(editor, draft):
    part = factories.PracticeOrganisationFactory(practice=draft, role="partner", organisation__name="Epe")
    add(editor, organisation="Epe", role="owner")
    editor.post(f"{PAGE}{part.pk}/verwijderen/")
    told = editor.get("/en/kennisbank/concept/geschiedenis/").context["page"]
    assert [each.words for each in told if not each.is_text][:3] == [
        "Epe no longer takes part.",
        "Epe takes part as: Owner.",
        "Epe takes part as: Partner.",
    ]


def test_editor_of_the_knowledge_base_says_who_takes_part_in_what_is_published_alone(reviewer, published):
    factories.PracticeFactory(slug="concept-2", draft=True)
    page = reviewer.get(PAGE)
    assert (page.context["may_write"], page.context["may_name_owners"]) == (False, True)
    reviewer.post(PAGE, {"what": "author", "author-email": "bas@partner.example"})
    assert AuthorInvitation.objects.count() == 0
    assert reviewer.get("/en/kennisbank/concept-2/bewerken/betrokken/").status_code == 403


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
