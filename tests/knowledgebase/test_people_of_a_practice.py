"""Who takes part in a practice, and who writes it along."""

import pytest
from django.db import connection

from knowledgebase.actions import people
from knowledgebase.models import AuthorInvitation, Practice
from tests import factories
from tests.conftest import signed_in
from tests.database import refused_by, refused_saying
from tests.mailbox import links_in, newest, queued
from tests.pages import messages_of, shown

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


def other(name="Epe", **fields):
    """An organisation that somebody represents, and that person."""
    membership = factories.MembershipFactory(
        role="representative", organisation__name=name, user__language="en",
        **{f"organisation__{key}": value for key, value in fields.items()},
    )  # fmt: skip
    return membership.organisation, membership.user


def test_company_is_asked_as_a_partner_with_what_it_did(editor, draft):
    company, _person = other("Lichtbedrijf Voorbeeld", kind="company")
    answer = add(editor, organisation="Lichtbedrijf Voorbeeld", contribution="leverancier")
    asked = draft.part_invitations.get()
    assert (answer.url, asked.organisation, asked.role, asked.contribution) == (
        PAGE, company, "partner", "leverancier",
    )  # fmt: skip


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


def test_last_owner_is_not_offered_to_be_removed_and_the_page_says_why(editor, draft):
    words = "This is the only owner, and without one nobody can write it. Add another owner first."
    remove = f"{PAGE}{draft.parts.get().pk}/verwijderen/"
    pages = [editor.get(PAGE).text]
    factories.PracticeOrganisationFactory(practice=draft)
    pages.append(editor.get(PAGE).text)
    assert [(words in page, remove in page) for page in pages] == [(True, False), (False, True)]


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


def test_writer_changes_what_an_owner_did_of_a_published_practice(editor, published):
    add(editor, organisation=editor.organisation.name, role="owner", contribution="bedacht")
    parts = published.parts.values_list("organisation", "role", "contribution")
    assert list(parts) == [(editor.organisation.pk, "owner", "bedacht")]


# Asked first


@pytest.mark.parametrize("status", ["draft", "published"])
def test_who_is_added_is_named_nowhere_before_it_says_yes(editor, visitor, status):
    practice = factories.practice_at(status, slug="concept", owner=editor.organisation)
    epe, person = other()
    answer = add(editor, organisation="Epe")
    assert messages_of(answer) == [("success", "Epe is asked whether it takes part.")]
    assert queued() == [("knowledgebase/part_asked", person.email, "en")]
    addresses = ("kennisbank/concept/", "kennisbank/praktijkvoorbeelden.json", f"organisaties/{epe.slug}/")
    pages = {each: visitor.get(f"/{each}").text for each in addresses}
    assert [each for each, page in pages.items() if practice.title in page and "Epe" in page] == []
    assert "Epe (Partner)" in shown(editor.get("/en/kennisbank/concept/"))
    (link,) = [link for link in links_in(newest("knowledgebase/part_asked")) if "/meedoen/" in link]
    address = "/" + link.split("/", 3)[3]
    assert visitor.get(address).url.startswith("/en/")  # to sign in
    member = signed_in(person)
    assert member.get(address).context["may_answer"] is True
    assert "Does your organisation take part?" in shown(member.get("/en/mijn/"))
    assert practice.parts.count() == 1
    assert messages_of(member.post(address)) == [("success", "Epe takes part.")]
    assert practice.parts.get(role="partner").organisation == epe
    assert "Epe" in shown(editor.get("/en/kennisbank/concept/"))
    late = ("error", "This was answered already. Nothing was changed.")
    assert messages_of(member.post(address))[-1] == late
    assert "Does your organisation take part?" not in shown(member.get("/en/mijn/"))


def test_who_says_no_takes_no_part_and_sees_the_draft_no_more(editor, draft):
    _epe, person = other()
    add(editor, organisation="Epe", role="owner")
    member, address = signed_in(person), f"/en/kennisbank/concept/meedoen/{draft.part_invitations.get().pk}/"
    assert member.get("/en/kennisbank/concept/").status_code == 200
    answer = member.post(address, {"no": "1"})
    assert (answer.url, messages_of(answer)) == ("/en/mijn/", [("success", "Epe does not take part.")])
    assert (member.get("/en/kennisbank/concept/").status_code, draft.parts.count()) == (404, 1)
    assert "Does not take part" in shown(editor.get(PAGE))
    add(editor, organisation="Epe")
    assert draft.part_invitations.get().answer == ""  # asked again


def test_asked_twice_for_the_same_it_is_mailed_once(editor, draft):
    other()
    for typed in ({}, {"contribution": "meten"}, {"role": "owner"}):
        add(editor, organisation="Epe", **typed)
    asked = draft.part_invitations.get()
    assert (asked.role, [kind for kind, *_to in queued()]) == ("owner", ["knowledgebase/part_asked"] * 2)


def test_only_who_represents_it_answers(editor, draft, stranger):
    epe, _person = other()
    writer = factories.MembershipFactory(organisation=epe, role="editor").user
    add(editor, organisation="Epe")
    address = f"/en/kennisbank/concept/meedoen/{draft.part_invitations.get().pk}/"
    answers = [client.post(address).status_code for client in (stranger, editor, signed_in(writer))]
    assert (answers, signed_in(writer).get(address).context["may_answer"]) == ([404, 404, 403], False)
    assert draft.parts.count() == 1


def test_own_organisation_takes_part_at_once_by_who_represents_it(draft):
    epe, person = other()
    factories.AuthorFactory(practice=draft, user=person)
    add(signed_in(person), organisation="Epe", role="owner")
    assert ({part.organisation for part in draft.parts.all()} > {epe}, queued()) == (True, [])


def test_partner_is_asked_before_it_becomes_an_owner(editor, draft):
    epe, _person = other()
    factories.PracticeOrganisationFactory(practice=draft, organisation=epe, role="partner")
    add(editor, organisation="Epe", role="owner")
    assert (draft.parts.get(organisation=epe).role, draft.part_invitations.get().role) == ("partner", "owner")


def test_who_adopts_it_before_answering_does_not_become_its_owner(editor):
    practice = factories.PracticeFactory(slug="concept", owner=editor.organisation)
    epe, person = other()
    asked = factories.PartInvitationFactory(practice=practice, organisation=epe, role="owner")
    factories.AdoptionFactory(practice=practice, organisation=epe)
    answer = signed_in(person).post(f"/en/kennisbank/concept/meedoen/{asked.pk}/")
    words = "This organisation says that it uses the practice of another."
    assert (messages_of(answer), practice.parts.count()) == ([("error", words)], 1)


def test_invitation_to_take_part_is_withdrawn_while_it_waits(editor, draft):
    asked = factories.PartInvitationFactory(practice=draft)
    address = f"{PAGE.replace('betrokken', 'gevraagd')}{asked.pk}/intrekken/"
    assert messages_of(editor.post(address)) == [("success", "The invitation is withdrawn.")]
    answered = factories.PartInvitationFactory(practice=draft, answer="yes")
    late = ("error", "The organisation answered just before you. Nothing was changed.")
    assert messages_of(editor.post(address.replace(f"/{asked.pk}/", f"/{answered.pk}/")))[-1] == late


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("role_is_known", {"role": "fan"}), ("answer_is_known", {"answer": "eh"})],
)
def test_invitation_to_take_part_refuses(draft, constraint, fields):
    with refused_by(f"knowledgebase_partinvitation_{constraint}"):
        factories.PartInvitationFactory(practice=draft, **fields)


def test_organisation_is_asked_once_about_a_practice(draft):
    asked = factories.PartInvitationFactory(practice=draft)
    with refused_by("knowledgebase_partinvitation_is_unique"):
        factories.PartInvitationFactory(practice=draft, organisation=asked.organisation, role="owner")


# Named by an editor


NOBODY = (
    "Nobody represents this organisation here yet, so it cannot say yes. An editor of the knowledge base can name it, "
    "and writes down why: ask us on the contact page."
)


def test_whom_nobody_represents_only_an_editor_names_and_says_why(editor, reviewer, draft):
    factories.OrganisationFactory(name="Epe")
    pages = [add(client, organisation="Epe", role="owner") for client in (editor, reviewer)]
    assert [page.context["part_form"].errors for page in pages] == [{"organisation": [NOBODY]}] * 2
    add(editor, organisation="Epe", role="owner", reason="Staat in de nota.")  # has no such field
    assert draft.parts.count() == 1
    add(reviewer, organisation="Epe", role="owner", reason="Staat in de nota.")
    part = draft.parts.get(organisation__name="Epe")
    assert (part.role, part.named_because) == ("owner", "Staat in de nota.")
    told = editor.get("/en/kennisbank/concept/geschiedenis/").context["page"]
    words = "Epe takes part as: Owner. Named by an editor, without asking: Staat in de nota."
    assert (next(each.words for each in told if not each.is_text)) == words
    assert "Named by an editor, without asking:" in shown(editor.get(PAGE))


def test_editor_asks_an_owner_of_a_published_practice_or_names_it_with_a_reason(reviewer, published):
    epe, person = other()
    assert add(reviewer, organisation="Epe", role="owner").url == PAGE
    assert queued() == [("knowledgebase/part_asked", person.email, "en")]
    assert list(published.owning_organisations()) == [published.parts.get().organisation]
    add(reviewer, organisation="Epe", role="owner", reason="Tekende de nota.")
    assert queued()[1:] == [("knowledgebase/part_given", person.email, "en")]
    assert "Tekende de nota." in newest("knowledgebase/part_given").text
    assert links_in(newest("knowledgebase/part_given"))[0].endswith("/en/kennisbank/concept/")
    assert (epe in published.owning_organisations(), published.part_invitations.count()) == (True, 0)


def test_who_confirms_later_was_not_just_named(reviewer, published):
    epe, person = other()
    part = factories.PracticeOrganisationFactory(
        practice=published, organisation=epe, role="partner", named_because="Staat in de nota."
    )
    asked = factories.PartInvitationFactory(practice=published, organisation=epe, role="owner")
    people.accept_part(invitation=asked, by=person)
    part.refresh_from_db()
    assert (part.role, part.named_because) == ("owner", "")


def test_history_tells_who_came_and_went(editor, draft):
    epe, person = other()
    add(editor, organisation="Epe")
    people.decline_part(invitation=draft.part_invitations.get(), by=person)
    add(editor, organisation="Epe", role="owner")
    people.accept_part(invitation=draft.part_invitations.get(), by=person)
    editor.post(f"{PAGE}{draft.parts.get(organisation=epe).pk}/verwijderen/")
    add(editor, organisation="Epe")
    people.withdraw_part(invitation=draft.part_invitations.get(), by=person)
    told = editor.get("/en/kennisbank/concept/geschiedenis/").context["page"]
    words = [each.words for each in told if not each.is_text]
    # In one test all is stamped alike; the order within each kind is that of what happened.
    assert [each for each in words if "asked" in each or "not take" in each] == [
        "Epe is not asked any more whether it takes part.",
        "Epe is asked whether it takes part as: Partner.",
        "Epe is asked whether it takes part as: Owner.",
        "Epe does not take part.",
        "Epe is asked whether it takes part as: Partner.",
    ]
    assert [each for each in words if each.startswith(("Epe takes", "Epe no longer"))] == [
        "Epe no longer takes part.",
        "Epe takes part as: Owner.",
    ]


@pytest.mark.parametrize("status", Practice.Status.values)
def test_editor_of_the_knowledge_base_says_who_takes_part_and_nothing_more(reviewer, status):
    factories.practice_at(status, slug="concept")
    answer = reviewer.get(PAGE)
    assert answer.status_code == (403 if status == "archived" else 200)
    if answer.status_code == 200:
        assert (answer.context["may_write"], answer.context["may_name_owners"]) == (False, True)
    reviewer.post(PAGE, {"what": "author", "author-email": "bas@partner.example"})
    assert AuthorInvitation.objects.count() == 0
