"""Zoekvragen: asked for an organisation, joined by others, told of what fits, and ended."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from knowledgebase.actions import need as actions
from knowledgebase.models import Need, NeedSupport
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.conftest import signed_in
from tests.database import at_once
from tests.mailbox import newest, queued
from tests.needs import earlier, published
from tests.pages import messages_of, page_template, shown

pytestmark = pytest.mark.django_db
NEW = "/en/kennisbank/zoekvragen/nieuw/"


# Asking


def test_what_fits_is_shown_before_one_asks(representative, practice):
    factories.PracticeFactory(title="Hittestress meten")
    page = representative.get(f"{NEW}?q=laadpalen")
    assert list(page.context["matches"]) == [practice]
    assert page.context["form"]["title"].value() == "laadpalen"


def test_needs_like_it_are_shown_before_one_asks_with_the_way_to_join(representative):
    ours = representative.organisation
    own = factories.NeedFactory(title="Deelscooters parkeren", slug="eigen", organisation=ours)
    joined = factories.NeedFactory(title="Deelscooters tellen", slug="mee")
    factories.NeedSupportFactory(need=joined, organisation=ours)
    other = factories.NeedFactory(title="Deelscooters weren", slug="weren")
    factories.NeedFactory(title="Deelscooters laden", status="found")
    factories.NeedFactory(title="Hittestress meten")
    page = representative.get(f"{NEW}?q=deelscooters")
    assert dict(page.context["needs"]) == {own: False, joined: False, other: True}
    joins = re.findall(r'href="([^"]*)#join"', page.content.decode())
    assert joins == ["/en/kennisbank/zoekvragen/weren/"]
    assert 'id="join"' in representative.get(joins[0]).content.decode()


def test_staff_that_joins_nothing_is_not_asked_to(reviewer):
    factories.SignatureFactory(published=True)
    need = factories.NeedFactory(title="Deelscooters weren")
    assert reviewer.get(f"{NEW}?q=deelscooters").context["needs"] == [(need, False)]


def test_page_of_a_need_shows_others_like_it(visitor):
    factories.NeedFactory(title="Deelscooters parkeren", slug="eigen")
    other = factories.NeedFactory(title="Deelscooters weren")
    factories.NeedFactory(title="Deelscooters laden", status="closed")
    assert list(visitor.get("/kennisbank/zoekvragen/eigen/").context["similar"]) == [other]


@pytest.mark.parametrize("who", ["representative", "editor"])
def test_need_is_asked_for_the_own_organisation_and_shown_to_everybody(everyone, visitor, practice, who):
    client = everyone[who]
    answer = client.post(
        NEW,
        {
            "title": "Laadpalen delen",
            "organisation": client.organisation.pk,
            "description": "Wie?",
            "language": "nl",
        },
    )
    need = Need.objects.get()
    assert answer.url == "/en/kennisbank/zoekvragen/laadpalen-delen/"
    assert (need.organisation, need.created_by, need.status) == (client.organisation, client.user, "open")
    page = shown(visitor.get(answer.url))
    assert ("Laadpalen delen" in page, client.organisation.name in page, client.user.name in page) == (
        True,
        True,
        False,
    )
    assert "Laadpalen delen" in shown(visitor.get("/en/kennisbank/zoekvragen/"))


def test_need_that_is_sent_again_is_the_one_that_stands(representative):
    typed = {"title": "Palen delen", "organisation": representative.organisation.pk, "language": "nl"}
    answers = [representative.post(NEW, {**typed, "description": text}) for text in ("A", "A", "B")]
    addresses = ["/en/kennisbank/zoekvragen/palen-delen/"] * 2 + ["/en/kennisbank/zoekvragen/palen-delen-2/"]
    assert [answer.url for answer in answers] == addresses
    Need.objects.filter(description="A").update(status="closed")
    representative.post(NEW, {**typed, "description": "A"})
    assert list(Need.objects.order_by("pk").values_list("description", flat=True)) == ["A", "B", "A"]


def test_need_of_a_colleague_in_the_same_words_is_named_as_such(representative):
    factories.NeedFactory(title="Palen delen", slug="delen", organisation=representative.organisation)
    typed = {"title": "Palen delen", "organisation": representative.organisation.pk, "language": "nl"}
    answer = representative.post(NEW, typed)
    said = "Your organisation asks this already, in the same words. This is the question."
    assert (answer.url, messages_of(answer)) == ("/en/kennisbank/zoekvragen/delen/", [("success", said)])


@pytest.mark.django_db(transaction=True)
def test_need_that_is_sent_twice_at_once_is_one():
    membership = factories.MembershipFactory()
    said = {"title": "Palen delen", "organisation": membership.organisation, "by": membership.user}
    one, other = at_once(*[lambda: actions.ask_for(language="nl", **said)] * 2)
    assert (one, Need.objects.count()) == (other, 1)


def test_who_belongs_to_no_organisation_is_told_how(stranger):
    for answer in (stranger.get(NEW), stranger.post(NEW, {"title": "Iets"})):
        assert (answer.status_code, page_template(answer)) == (403, "knowledgebase/needs_organisation.html")
    assert Need.objects.count() == 0


def test_need_is_not_asked_for_another_organisation(representative):
    other = factories.OrganisationFactory()
    page = representative.post(NEW, {"title": "Iets", "organisation": other.pk, "language": "nl"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["organisation"])
    assert 'value="Iets"' in page.content.decode()


def test_word_of_an_address_is_no_slug(representative):
    representative.post(
        NEW, {"title": "Nieuw", "organisation": representative.organisation.pk, "language": "nl"}
    )
    assert Need.objects.get().slug == "nieuw-2"


def test_list_shows_one_theme_and_what_was_found(visitor):
    theme = factories.ThemeFactory(slug="mobiliteit")
    mine, _other = factories.NeedFactory.create_batch(2)
    mine.themes.add(theme)
    found = factories.NeedFactory(status="found")
    assert list(visitor.get("/kennisbank/zoekvragen/?theme=mobiliteit").context["page"]) == [mine]
    assert list(visitor.get("/kennisbank/zoekvragen/?status=found").context["page"]) == [found]


# Joining


def test_others_join_and_leave(representative, visitor):
    need = factories.NeedFactory(slug="delen")
    address = "/en/kennisbank/zoekvragen/delen/"
    for _again in range(2):
        representative.post(f"{address}meezoeken/", {"organisation": representative.organisation.pk})
    assert list(NeedSupport.objects.values_list("need", "organisation")) == [
        (need.pk, representative.organisation.pk)
    ]
    assert representative.organisation.name in shown(visitor.get(address))
    representative.post(f"{address}meezoeken/", {"leave": representative.organisation.pk})
    assert NeedSupport.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "secretariat"])
def test_who_belongs_to_nobody_does_not_join(everyone, who):
    factories.NeedFactory(slug="delen")
    answer = everyone[who].post("/kennisbank/zoekvragen/delen/meezoeken/", {})
    assert (answer.status_code, NeedSupport.objects.count()) == (403, 0)


def test_who_asks_does_not_join_itself(representative):
    need = factories.NeedFactory(organisation=representative.organisation)
    with pytest.raises(ValueError, match="does not join itself"):
        actions.join(need=need, organisation=representative.organisation, by=representative.user)


# What came since


def test_who_asked_and_who_joined_are_told_once_of_what_fits():
    support = factories.NeedSupportFactory(need__title="Laadpalen delen")
    need = earlier(support.need)
    practice = published(title="Laadpalen delen met de buren")
    published(title="Hittestress meten")
    assert (actions.tell_matches(), actions.tell_matches()) == (1, 0)
    assert sorted(to for _kind, to, _language in queued()) == sorted(
        [need.created_by.email, support.joined_by.email]
    )
    text = newest("knowledgebase/need_matched").text
    assert (practice.title in text, "Hittestress" in text) == (True, False)


def test_practice_from_elsewhere_is_told_when_it_came():
    earlier(factories.NeedFactory(title="Laadpalen delen"))
    practice = factories.PracticeFactory(
        external=True,
        title="Laadpalen delen",
        created_at=timezone.now() - timedelta(minutes=10),
        published_at=timezone.now() - timedelta(days=900),
    )
    assert actions.tell_matches() == 1
    assert practice.title in newest("knowledgebase/need_matched").text


def test_need_with_themes_is_told_of_those_alone():
    theme = factories.ThemeFactory()
    need = earlier(factories.NeedFactory(title="Laadpalen delen"))
    need.themes.add(theme)
    published(title="Laadpalen delen elders")
    assert actions.tell_matches() == 0
    earlier(need)
    published(title="Laadpalen delen hier").themes.add(theme)
    assert actions.tell_matches() == 1


@pytest.mark.parametrize("status", ["found", "closed"])
def test_need_that_ended_is_told_nothing(status):
    earlier(factories.NeedFactory(title="Laadpalen delen", status=status))
    published(title="Laadpalen delen")
    assert (actions.tell_matches(), queued()) == (0, [])


# Ending


def test_organisation_tells_what_helped_and_can_look_again(representative, visitor, practice):
    need = factories.NeedFactory(slug="delen", organisation=representative.organisation)
    address = "/en/kennisbank/zoekvragen/delen/"
    answer = representative.post(f"{address}afronden/", {"solution": practice.slug})
    need.refresh_from_db()
    assert (answer.url, need.status, need.solution) == (address, "found", practice)
    assert practice.title in shown(visitor.get(address))
    representative.post(f"{address}heropenen/")
    need.refresh_from_db()
    assert (need.status, need.solution) == ("open", None)
    representative.post(f"{address}afronden/", {})
    need.refresh_from_db()
    assert need.status == "closed"


def test_ending_twice_changes_nothing(representative):
    factories.NeedFactory(slug="delen", organisation=representative.organisation, status="closed")
    answer = representative.post("/en/kennisbank/zoekvragen/delen/afronden/", {})
    assert messages_of(answer) == [("error", "This was changed already. Nothing was changed now.")]
    with pytest.raises(InvalidTransition):
        actions.settle(need=Need.objects.get(), by=representative.user)


def test_others_do_not_end_it(everyone):
    factories.NeedFactory(slug="delen")
    statuses = {
        who: client.post("/kennisbank/zoekvragen/delen/heropenen/").status_code
        for who, client in everyone.items()
    }
    assert {who for who, status in statuses.items() if status == 403} == {
        "stranger", "representative", "editor", "secretariat", "programme",
    }  # fmt: skip


def test_joined_organisations_are_told_even_when_the_asker_left():
    support = factories.NeedSupportFactory(need__title="Laadpalen delen", need__created_by=None)
    earlier(support.need)
    published(title="Laadpalen delen")
    actions.tell_matches()
    assert [to for _kind, to, _language in queued()] == [support.joined_by.email]
    assert signed_in(support.joined_by).get("/kennisbank/mijn/").status_code == 200


def test_nobody_joins_what_has_ended(representative):
    need = factories.NeedFactory()
    actions.settle(need=Need.objects.get(), by=representative.user)
    with pytest.raises(InvalidTransition):
        actions.join(need=need, organisation=representative.organisation, by=representative.user)
    assert NeedSupport.objects.count() == 0


def test_who_left_the_organisation_is_not_told_any_more():
    asker, joiner, elsewhere = factories.MembershipFactory.create_batch(3)
    need = factories.NeedFactory(organisation=asker.organisation, created_by=asker.user)
    for membership in (joiner, elsewhere):
        factories.NeedSupportFactory(
            need=need, organisation=membership.organisation, joined_by=membership.user
        )
    assert set(actions.askers(need)) == {asker.user, joiner.user, elsewhere.user}
    asker.delete()
    joiner.delete()
    factories.MembershipFactory(user=joiner.user)
    assert list(actions.askers(need)) == [elsewhere.user]


def test_staff_who_wrote_it_down_for_others_are_told():
    staff = factories.UserFactory(is_staff=True, roles=["programme"])
    assert list(actions.askers(factories.NeedFactory(created_by=staff))) == [staff]
