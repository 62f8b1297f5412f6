"""What answers a need: practices with most of its words, and what an owner offers; not what only comes near."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledgebase.actions import need as actions
from knowledgebase.digests import send_digests
from knowledgebase.models import Need, NeedOffer, Practice
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.mailbox import newest, queued
from tests.pages import messages_of, shown

pytestmark = pytest.mark.django_db
NEED = "/en/kennisbank/zoekvragen/duizendknoop/"


@pytest.fixture
def need():
    """Asked an hour ago, by somebody who still acts for the organisation."""
    asker = factories.MembershipFactory()
    hour_ago = timezone.now() - timedelta(hours=1)
    return factories.NeedFactory(
        title="Duizendknoop bestrijden",
        slug="duizendknoop",
        organisation=asker.organisation,
        created_by=asker.user,
        matched_at=hour_ago,
    )


def published(**fields):
    """A practice that was published ten minutes ago."""
    return factories.PracticeFactory(published_at=timezone.now() - timedelta(minutes=10), **fields)


# Most of its words


def test_practice_with_most_of_the_words_may_help_and_one_with_a_few_is_worth_a_look(visitor, need):
    answer = published(title="Duizendknoop met stoom bestrijden")
    near = published(title="Ratten bestrijden")
    page = visitor.get(NEED)
    assert (list(page.context["matches"]), list(page.context["near"])) == ([answer], [near])
    assert "They may be about something else." in shown(page)


def test_the_same_is_told_before_one_asks(representative):
    answer = published(title="Duizendknoop met stoom bestrijden")
    near = published(title="Ratten bestrijden")
    page = representative.get("/en/kennisbank/zoekvragen/nieuw/?q=duizendknoop+bestrijden")
    assert (list(page.context["matches"]), list(page.context["near"])) == ([answer], [near])


def test_what_only_comes_near_is_mailed_to_nobody_and_keeps_nothing_from_a_fieldlab(need):
    published(title="Ratten bestrijden")
    Need.objects.update(created_at=timezone.now() - actions.UNMATCHED_FOR - timedelta(hours=1))
    assert (actions.tell_matches(), actions.bring_unmatched()) == (0, 1)


def test_saved_search_mails_no_practice_that_only_comes_near():
    follower = factories.SubscriptionFactory(
        theme=None,
        query="q=duizendknoop+bestrijden",
        frequency="at_once",
        seen_at=timezone.now() - timedelta(hours=1),
    )
    published(title="Ratten bestrijden")
    assert send_digests() == 0
    type(follower).objects.update(seen_at=timezone.now() - timedelta(hours=1))
    published(title="Duizendknoop met stoom bestrijden")
    assert send_digests() == 1
    text = newest("knowledgebase/digest").text
    assert ("Duizendknoop met stoom" in text, "Ratten" in text) == (True, False)


# Offered


def owned_by(organisation, **fields) -> Practice:
    practice = factories.PracticeFactory(**fields)
    practice.parts.all().delete()
    factories.PracticeOrganisationFactory(practice=practice, organisation=organisation)
    return practice


def test_owner_says_we_have_this_and_who_asks_is_told_once(representative, visitor, need):
    practice = owned_by(representative.organisation, title="Stoom tegen planten", slug="stoom")
    assert f"{NEED}wij-hebben-dit/" in representative.get(NEED).text
    assert practice.title in shown(representative.get(f"{NEED}wij-hebben-dit/"))
    for _time in range(2):
        answer = representative.post(f"{NEED}wij-hebben-dit/", {"practice": "stoom"})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (200, {"practice"})
    assert [to for _kind, to, _language in queued()] == [need.created_by.email]
    assert practice.title in newest("knowledgebase/need_offered").text
    assert list(visitor.get(NEED).context["offered"]) == [practice]
    assert actions.bring_unmatched() == 0


def test_practice_of_another_is_not_offered(representative, need):
    factories.PracticeFactory(slug="van-een-ander")
    answer = representative.post(f"{NEED}wij-hebben-dit/", {"practice": "van-een-ander"})
    assert (list(answer.context["form"].errors), NeedOffer.objects.count()) == (["practice"], 0)


def test_need_that_ended_is_offered_nothing(representative, need):
    practice = owned_by(representative.organisation)
    actions.settle(need=need, by=representative.user)
    assert representative.get(f"{NEED}wij-hebben-dit/").status_code == 404
    with pytest.raises(InvalidTransition):
        actions.offer(need=need, practice=practice, by=representative.user)


def test_practice_that_is_written_for_a_need_is_told_when_it_is_published(representative, visitor, need):
    start = "/en/kennisbank/indienen/?need=duizendknoop"
    assert f'href="{start}"' in representative.get(f"{NEED}wij-hebben-dit/").text
    assert need.title in shown(representative.get(start))
    representative.post(
        start,
        {
            "title": "Stoom tegen planten",
            "summary": "Zo gaat het.",
            "organisation": representative.organisation.pk,
            "language": "nl",
        },
    )
    practice = Practice.objects.get(title="Stoom tegen planten")
    assert (list(practice.offers.values_list("need", flat=True)), queued()) == ([need.pk], [])
    assert list(visitor.get(NEED).context["offered"]) == []
    now = timezone.now() - timedelta(minutes=10)
    made = owned_by(representative.organisation, published_at=now, title="Stoom tegen onkruid")
    factories.NeedOfferFactory(need=need, practice=made)
    assert (actions.tell_matches(), actions.tell_matches()) == (1, 0)
    assert "Stoom tegen onkruid" in newest("knowledgebase/need_matched").text


def test_who_acts_for_nobody_reads_how_it_goes(stranger, need):
    page = stranger.get(f"{NEED}wij-hebben-dit/")
    assert (page.status_code, "You do not act for an organisation yet" in shown(page)) == (200, True)


def test_offering_is_said(representative, need):
    owned_by(representative.organisation, slug="stoom")
    answer = representative.post(f"{NEED}wij-hebben-dit/", {"practice": "stoom"})
    said = "Thank you. Those who look for it get a mail about your practice."
    assert (answer.url, messages_of(answer)) == (NEED, [("success", said)])


# To who may have it


def test_follower_of_its_theme_reads_of_a_need_in_the_digest(need):
    theme = factories.ThemeFactory()
    need.themes.add(theme)
    Need.objects.update(created_at=timezone.now() - timedelta(minutes=10))
    hour_ago = timezone.now() - timedelta(hours=1)
    factories.SubscriptionFactory(theme=theme, frequency="at_once", seen_at=hour_ago)
    factories.SubscriptionFactory(theme=factories.ThemeFactory(), frequency="at_once", seen_at=hour_ago)
    assert send_digests() == 1
    text = newest("knowledgebase/digest").text
    assert (need.title in text, "/kennisbank/zoekvragen/duizendknoop/" in text) == (True, True)
