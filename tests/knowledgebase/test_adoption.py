"""Wij gebruiken dit ook: who may say it, what is kept until then, and the history of how far one came."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from alliance.models import Organisation
from knowledgebase import actions
from knowledgebase.actions import adoption as adoption_actions
from knowledgebase.models import Adoption, AdoptionDraft, AdoptionStep
from tests import factories
from tests.conftest import signed_in
from tests.mailbox import queued
from tests.pages import messages_of, page_template, shown

pytestmark = pytest.mark.django_db
ADOPT, NEXT = "/en/kennisbank/laadpalen/overnemen/", "/en/kennisbank/laadpalen/overnemen/verder/"
SAID = {"stage": "piloting", "changes": "Kleiner gemaakt.", "scaling": "deep"}


@pytest.fixture
def epe():
    """Epe and who speaks for it."""
    return factories.MembershipFactory(organisation__name="Epe")


def steps() -> list[tuple]:
    """The history as it is told."""
    return list(AdoptionStep.objects.values_list("stage", "reached_on", "stop_reason"))


# History


def test_each_stage_is_a_line_with_its_day(practice, epe):
    said = {"practice": practice, "organisation": epe.organisation, "by": epe.user}
    actions.adopt(stage="piloting", reached_on=date(2024, 5, 1), **said)
    actions.adopt(stage="piloting", reached_on=date(2025, 5, 1), changes="Kleiner.", **said)
    actions.adopt(stage="in_use", reached_on=date(2025, 6, 1), **said)
    actions.adopt(stage="stopped", reached_on=date(2026, 1, 1), stop_reason="Te duur.", **said)
    assert steps() == [
        ("piloting", date(2024, 5, 1), ""),
        ("in_use", date(2025, 6, 1), ""),
        ("stopped", date(2026, 1, 1), "Te duur."),
    ]
    adoption = Adoption.objects.get()
    assert (adoption.since_year, adoption.stop_reason) == (2024, "Te duur.")


def test_starting_again_forgets_why_it_stopped_but_its_history_does_not(practice, epe):
    said = {"practice": practice, "organisation": epe.organisation, "by": epe.user}
    actions.adopt(stage="stopped", stop_reason="Te duur.", **said)
    actions.adopt(stage="in_use", stop_reason="Te duur.", **said)
    assert Adoption.objects.get().stop_reason == ""
    assert [reason for _stage, _day, reason in steps()] == ["Te duur.", ""]


def test_practice_shows_the_stages_with_their_days(practice, epe, visitor):
    actions.adopt(
        practice=practice,
        organisation=epe.organisation,
        by=epe.user,
        stage="piloting",
        reached_on=date(2024, 5, 1),
        scaling="up",
    )
    page = shown(visitor.get("/en/kennisbank/laadpalen/"))
    assert "Piloting: 1 May 2024" in page
    assert "To a higher level: it is in policy, rules or agreements" in page


# Before one speaks for an organisation


def test_visitor_says_it_first_and_signs_in_then(visitor, practice):
    page = visitor.get(ADOPT)
    assert (page.status_code, "organisation" in page.context["form"].fields) == (200, False)
    answer = visitor.post(ADOPT, SAID)
    assert answer.url == NEXT
    assert visitor.get(NEXT).url == f"/en/account/login/?next={NEXT}"
    assert (Adoption.objects.count(), AdoptionDraft.objects.count()) == (0, 0)


def test_choice_of_a_visitor_is_there_after_signing_in_and_is_confirmed_once(visitor, practice, epe):
    visitor.post(ADOPT, SAID)
    visitor.force_login(epe.user)
    assert visitor.get(NEXT).url == ADOPT
    form = visitor.get(ADOPT).context["form"]
    assert [form[name].value() for name in SAID] == list(SAID.values())
    visitor.post(ADOPT, {**SAID, "organisation": epe.organisation.pk})
    assert list(Adoption.objects.values_list("organisation", "stage", "scaling")) == [
        (epe.organisation.pk, "piloting", "deep")
    ]
    assert AdoptionDraft.objects.count() == 0


def test_choice_of_who_speaks_for_nobody_is_kept_with_the_account(stranger, practice):
    assert stranger.post(ADOPT, SAID).url == NEXT
    draft = AdoptionDraft.objects.get()
    assert {name: draft.answers[name] for name in SAID} == SAID
    page = stranger.get(NEXT)
    assert (page.status_code, page_template(page)) == (200, "knowledgebase/adopt_next.html")
    assert "We keep what you filled in" in shown(page)
    assert stranger.get(ADOPT).context["form"]["changes"].value() == "Kleiner gemaakt."


def test_why_one_stopped_may_be_typed_on_several_lines(representative, practice):
    representative.post(
        ADOPT,
        {
            **SAID,
            "organisation": representative.organisation.pk,
            "stage": "stopped",
            "stop_reason": "Te duur.\r\nEn te traag.",
        },
    )
    assert Adoption.objects.get().stop_reason == "Te duur. En te traag."


def test_choice_with_a_mistake_is_not_kept(stranger, practice):
    page = stranger.post(ADOPT, {**SAID, "stage": "stopped"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["stop_reason"])
    assert AdoptionDraft.objects.count() == 0


def test_way_to_an_organisation_that_signed_is_asking_for_access(stranger, practice):
    signed = factories.SignatureFactory(published=True, organisation__name="Zeewolde").organisation
    factories.OrganisationFactory(name="Zeeland")
    page = stranger.get(f"{NEXT}?q=zee")
    assert page.context["organisations"][1] == (signed, True)
    words = shown(page)
    assert ("Ask for access to Zeewolde" in words, "Sign for Zeeland" in words) == (True, True)
    assert f"/en/organisaties/{signed.slug}/toegang/" in page.content.decode()


def test_way_to_an_organisation_finds_no_hidden_one(stranger, practice):
    factories.OrganisationFactory(name="Geheim BV", kind="company", in_register=False)
    assert stranger.get(f"{NEXT}?q=geheim").context["organisations"] == []


@pytest.mark.parametrize("who", ["representative", "editor"])
def test_own_practice_is_not_taken_over_and_that_is_told_at_once(everyone, who):
    client = everyone[who]
    factories.PracticeFactory(slug="laadpalen", owner=client.organisation)
    answers = [client.get(ADOPT), client.post(ADOPT, {**SAID, "organisation": client.organisation.pk})]
    assert [page_template(answer) for answer in answers] == ["knowledgebase/adopt_own.html"] * 2
    assert "You need not say that you use it" in shown(answers[0])
    assert (Adoption.objects.count(), AdoptionDraft.objects.count()) == (0, 0)
    assert client.get(NEXT).status_code == 200


def test_organisation_that_became_an_owner_meanwhile_is_told_so(representative, monkeypatch):
    practice, ours = factories.PracticeFactory(slug="laadpalen"), representative.organisation
    factories.PracticeOrganisationFactory(practice=practice, organisation=ours)
    monkeypatch.setattr(
        "knowledgebase.views.adoptions.adopting_organisations",
        lambda *_: Organisation.objects.filter(pk=ours.pk),
    )  # as it was when the page was asked for
    answer = representative.post(
        "/en/kennisbank/laadpalen/overnemen/", {"organisation": ours.pk, "stage": "in_use"}
    )
    words = f"{ours} owns this practice by now, so it does not take it over. Nothing was changed."
    assert (answer.url, messages_of(answer)) == ("/en/kennisbank/laadpalen/", [("error", words)])
    assert Adoption.objects.count() == 0


def test_owner_that_represents_another_too_says_it_for_that_one(representative, epe):
    factories.PracticeFactory(slug="laadpalen", owner=representative.organisation)
    factories.MembershipFactory(user=representative.user, organisation=epe.organisation)
    form = representative.get(ADOPT).context["form"]
    assert list(form.fields["organisation"].queryset) == [epe.organisation]


def test_only_who_is_not_signed_in_reads_that_it_is_kept_while_signing_in(visitor, stranger, practice):
    found = ["while you sign in" in shown(client.get(ADOPT)) for client in (visitor, stranger)]
    assert found == [True, False]


WAYS = {"We use this too", "Tell how far you are now"}


@pytest.mark.parametrize("page", ["/en/kennisbank/laadpalen/", "/en/kennisbank/laadpalen/verspreiding/"])
def test_practice_offers_what_the_reader_can_still_say(visitor, practice, ede, epe, page):
    adopter = factories.MembershipFactory(
        organisation=factories.AdoptionFactory(practice=practice).organisation
    )
    owner = factories.MembershipFactory(organisation=ede)
    both = factories.MembershipFactory(organisation=ede).user
    factories.MembershipFactory(user=both)
    clients = [visitor, *(signed_in(each) for each in (epe.user, both, adopter.user, owner.user))]
    offered = [{way for way in WAYS if way in shown(client.get(page))} for client in clients]
    assert offered == [{"We use this too"}] * 3 + [{"Tell how far you are now"}, set()]


def test_practice_that_nobody_uses_yet_does_not_ask_its_owner(visitor, practice, ede):
    owner = signed_in(factories.MembershipFactory(organisation=ede).user)
    pages = [shown(client.get("/en/kennisbank/laadpalen/")) for client in (visitor, owner)]
    assert ["Nobody has said so yet" in page for page in pages] == [True, True]
    assert [page.count("We use this too") for page in pages] == [2, 0]


def test_empty_choices_say_what_they_mean_and_nobody_learns_from_itself(visitor, practice, ede, epe):
    mine = factories.AdoptionFactory(practice=practice, organisation=epe.organisation)
    other = factories.AdoptionFactory(practice=practice)
    form = signed_in(epe.user).get(ADOPT).context["form"]
    assert set(form.fields["learned_from"].queryset) == {ede, other.organisation}
    assert set(visitor.get(ADOPT).context["form"].fields["learned_from"].queryset) == {
        ede,
        mine.organisation,
        other.organisation,
    }
    first = [next(iter(form.fields[name].choices)) for name in ("learned_from", "scaling")]
    assert first == [("", "From somebody else, or we do not know"), ("", "We cannot say yet")]


@pytest.mark.parametrize("address", [ADOPT, NEXT, "/en/kennisbank/laadpalen/verspreiding/"])
def test_practice_that_is_not_published_is_missing(representative, address):
    factories.PracticeFactory(slug="laadpalen", draft=True)
    assert representative.get(address).status_code == 404


def test_next_step_is_read_only(stranger, practice):
    assert stranger.post(NEXT).status_code == 405


def test_who_can_finish_is_told_once(practice):
    draft = factories.AdoptionDraftFactory(practice=practice)
    factories.AdoptionDraftFactory()  # of somebody who still speaks for nobody
    assert adoption_actions.tell_who_can_finish() == 0
    factories.MembershipFactory(user=draft.user)
    assert (adoption_actions.tell_who_can_finish(), adoption_actions.tell_who_can_finish()) == (1, 0)
    assert queued() == [("knowledgebase/adoption_to_finish", draft.user.email, "nl")]


def test_who_can_finish_is_not_told_of_what_is_in_the_archive():
    draft = factories.AdoptionDraftFactory(practice__archived=True)
    factories.MembershipFactory(user=draft.user)
    assert (adoption_actions.tell_who_can_finish(), queued()) == (0, [])


def test_draft_is_forgotten_after_its_term():
    old, young = factories.AdoptionDraftFactory.create_batch(2)
    long_ago = timezone.now() - adoption_actions.DRAFT_TERM - timedelta(minutes=1)
    AdoptionDraft.objects.filter(pk=old.pk).update(created_at=long_ago)
    assert adoption_actions.erase_adoption_drafts() == 1
    assert list(AdoptionDraft.objects.all()) == [young]


# On one's own page


def test_own_page_lists_what_the_organisation_took_over_and_what_waits(practice, epe):
    mine = factories.AdoptionFactory(practice=practice, organisation=epe.organisation)
    factories.AdoptionFactory(practice=practice)  # of others
    waiting = factories.AdoptionDraftFactory(user=epe.user)
    page = signed_in(epe.user).get("/en/mijn/")
    assert list(page.context["adoptions"]) == [mine]
    assert list(page.context["adoption_drafts"]) == [waiting]
    assert "Tell how far you are now" in shown(page)


def test_one_of_two_organisations_is_chosen_by_the_address(practice, epe):
    second = factories.MembershipFactory(user=epe.user).organisation
    factories.AdoptionFactory(practice=practice, organisation=epe.organisation, changes="Eerste.")
    factories.AdoptionFactory(practice=practice, organisation=second, changes="Tweede.")
    page = signed_in(epe.user).get(f"{ADOPT}?organisatie={second.slug}")
    assert page.context["form"]["changes"].value() == "Tweede."
    assert messages_of(page) == []
