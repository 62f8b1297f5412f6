"""Following: one mail with all that is new, when it is due, and stopped by one press."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from knowledgebase import digests
from knowledgebase.actions import subscription as actions
from knowledgebase.actions import tag as tags
from knowledgebase.following import boundary
from knowledgebase.models import Subscription
from knowledgebase.tasks import send_digests
from tests import factories
from tests.conftest import signed_in
from tests.mailbox import newest, queued
from tests.pages import messages_of, shown, sign_in_before

pytestmark = pytest.mark.django_db
MINE = "/en/kennisbank/mijn/"
A_WHILE_AGO = timedelta(minutes=10)


@pytest.fixture
def follower():
    """Somebody who follows."""
    return factories.UserFactory()


def published(**fields):
    """A practice that was published ten minutes ago."""
    return factories.PracticeFactory(published_at=timezone.now() - A_WHILE_AGO, **fields)


def follow(user, **fields):
    """A subscription of this person to something else than a theme."""
    return factories.SubscriptionFactory(user=user, **{"theme": None, **fields})


# What is told


def test_digest_is_one_mail_with_everything(follower, ede):
    theme, project = factories.ThemeFactory(name_nl="Mobiliteit"), factories.ProjectFactory()
    practice = published(title="Laadpalen vinden", owner=ede, project=project)
    practice.themes.add(theme)
    tag = factories.TagFactory()
    practice.tags.add(tag)
    follow(follower, theme=theme)
    follow(follower, tag=tag)
    follow(follower, organisation=ede)
    follow(follower, project=project)
    follow(follower, query="q=laadpalen")
    assert digests.send_digests() == 1
    assert queued() == [("knowledgebase/digest", follower.email, "nl")]
    mail = newest("knowledgebase/digest")
    assert (mail.text.count("Laadpalen vinden:"), mail.text.count("— ")) == (1, 1)
    assert mail.unsubscribe_url == actions.stop_url(follower)
    assert digests.send_digests() == 0


def test_digest_leaves_out_what_is_not_followed(follower, ede):
    follow(follower, organisation=factories.OrganisationFactory())
    follow(follower, query="q=hittestress")
    factories.SubscriptionFactory(user=follower)
    published(title="Laadpalen vinden", owner=ede)
    factories.PracticeFactory(draft=True)
    assert (digests.send_digests(), queued()) == (0, [])


def test_practice_that_is_followed_tells_who_came_how_far_and_what_was_answered(follower, practice):
    follow(follower, practice=practice)
    step = factories.AdoptionStepFactory(
        adoption__practice=practice, adoption__organisation__name="Epe", stage="piloting"
    )
    question = factories.QuestionFactory(practice=practice, public=True, text="Werkt het ook in Epe?")
    factories.QuestionFactory(practice=practice, answered=True, text="Geheim?")
    now = timezone.now() + A_WHILE_AGO
    assert digests.send_digests(now) == 1
    text = newest("knowledgebase/digest").text
    assert (step.adoption.organisation.name in text, question.text in text, "Geheim?" in text) == (
        True,
        True,
        False,
    )


def test_practice_from_elsewhere_is_told_when_it_came_and_not_by_its_day_there(follower):
    theme = factories.ThemeFactory()
    follow(follower, theme=theme)
    now = timezone.now()
    years, days = timedelta(days=900), timedelta(days=3)
    for title, came, there in (("Nu gekomen", A_WHILE_AGO, years), ("Al lang hier", days, A_WHILE_AGO)):
        practice = factories.PracticeFactory(
            external=True, title=title, created_at=now - came, published_at=now - there
        )
        practice.themes.add(theme)
    assert digests.send_digests() == 1
    text = newest("knowledgebase/digest").text
    assert ("Nu gekomen:" in text, "Al lang hier" in text) == (True, False)


def approved(practice, **values):
    """A change of these fields, approved ten minutes ago."""
    moment = timezone.now() - A_WHILE_AGO
    return factories.ProposalFactory(practice=practice, status="approved", values=values, decided_at=moment)


def test_practice_that_is_followed_tells_what_changed_in_its_text(follower, practice):
    follow(follower, practice=practice)
    approved(practice, shortfall="Meer storingen.", cost_once="lt_5k", contact_email="nieuw@ede.example")
    factories.ProposalFactory(practice=practice, submitted=True, values={"problem": "Geheim."})
    assert digests.send_digests() == 1
    text = newest("knowledgebase/digest").text
    assert f"Gewijzigd in ‘{practice.title}’: eenmalige kosten, wat niet werkte:" in text
    assert digests.send_digests() == 0


@pytest.mark.parametrize("values", [{}, {"contact_email": "nieuw@ede.example"}])
def test_change_that_no_reader_sees_is_not_told(follower, practice, values):
    follow(follower, practice=practice)
    approved(practice, **values)
    assert digests.send_digests() == 0


def test_change_of_another_practice_or_of_an_archived_one_is_not_told(follower, practice):
    archived = factories.PracticeFactory(archived=True)
    for followed in (practice, archived):
        follow(follower, practice=followed)
    approved(factories.PracticeFactory(), result="Anders.")
    approved(archived, result="Anders.")
    assert digests.send_digests() == 0


def test_many_changed_fields_are_counted(follower, practice):
    follow(follower, practice=practice)
    approved(
        practice, **dict.fromkeys(("title", "summary", "problem", "approach", "result", "shortfall"), "x")
    )
    digests.send_digests()
    assert "en nog 1:" in newest("knowledgebase/digest").text


def test_what_was_there_before_following_is_not_told(follower):
    theme = factories.ThemeFactory()
    published().themes.add(theme)
    actions.follow(by=follower, frequency="at_once", theme=theme)
    assert digests.send_digests() == 0


def test_person_whose_account_is_off_gets_nothing(follower):
    theme = factories.ThemeFactory()
    follow(follower, theme=theme)
    published().themes.add(theme)
    follower.is_active = False
    follower.save()
    assert digests.send_digests() == 0


def test_task_sends_what_is_due(follower):
    theme = factories.ThemeFactory()
    follow(follower, theme=theme)
    published().themes.add(theme)
    send_digests(timestamp=0)
    assert [kind for kind, _to, _language in queued()] == ["knowledgebase/digest"]


# When


@pytest.mark.parametrize(
    ("frequency", "now", "before"),
    [
        ("at_once", datetime(2026, 3, 11, 10, 0, tzinfo=UTC), datetime(2026, 3, 11, 10, 0, tzinfo=UTC)),
        ("daily", datetime(2026, 3, 11, 10, 0, tzinfo=UTC), datetime(2026, 3, 11, 6, 0, tzinfo=UTC)),
        ("daily", datetime(2026, 3, 11, 5, 0, tzinfo=UTC), datetime(2026, 3, 10, 6, 0, tzinfo=UTC)),
        ("weekly", datetime(2026, 3, 11, 10, 0, tzinfo=UTC), datetime(2026, 3, 9, 6, 0, tzinfo=UTC)),
        ("weekly", datetime(2026, 3, 9, 5, 0, tzinfo=UTC), datetime(2026, 3, 2, 6, 0, tzinfo=UTC)),
        ("monthly", datetime(2026, 3, 11, 10, 0, tzinfo=UTC), datetime(2026, 3, 1, 6, 0, tzinfo=UTC)),
        ("paused", datetime(2026, 3, 11, 10, 0, tzinfo=UTC), None),
    ],
)
def test_mail_is_due_at_seven_of_its_day(frequency, now, before):
    assert boundary(frequency, now) == before


@pytest.mark.parametrize("again", ["another pace", "follow"])
def test_coming_back_from_a_pause_tells_nothing_of_what_came_meanwhile(follower, again):
    theme = factories.ThemeFactory()
    paused = follow(follower, theme=theme, frequency="paused")
    published().themes.add(theme)
    if again == "follow":
        assert actions.follow(by=follower, frequency="at_once", theme=theme) == paused
    else:
        actions.change_pace(subscription=paused, frequency="at_once", by=follower)
    assert (Subscription.objects.get().frequency, digests.send_digests()) == ("at_once", 0)


def test_other_pace_while_the_digest_goes_out_does_not_send_it_twice(follower):
    theme = factories.ThemeFactory()
    read_before = follow(follower, theme=theme)
    published().themes.add(theme)
    assert digests.send_digests() == 1
    actions.change_pace(subscription=read_before, frequency="at_once", by=follower)
    assert digests.send_digests() == 0


# Tags that are merged


@pytest.fixture
def merged():
    """Two tags, to merge with `tags.merge(**merged, by=…)`."""
    return {"tag": factories.TagFactory(slug="lamp"), "into": factories.TagFactory(slug="verlichting")}


def test_follower_of_a_merged_tag_hears_of_the_one_that_stays_and_of_nothing_else(follower, merged):
    follow(follower, tag=merged["tag"])
    follow(follower, query="phase=pilot&tag=lamp")
    tags.merge(**merged, by=follower)
    assert list(Subscription.objects.order_by("pk").values_list("tag", "query")) == [
        (merged["into"].pk, ""),
        (None, "phase=pilot&tag=verlichting"),
    ]
    published(title="Iets anders", phase="pilot")
    published(title="Licht op straat", phase="pilot").tags.add(merged["into"])
    assert digests.send_digests() == 1
    text = newest("knowledgebase/digest").text
    assert (text.count("Licht op straat:"), "Iets anders" in text) == (1, False)


@pytest.mark.parametrize(
    ("paces", "kept"),
    [(("daily", "weekly"), "weekly"), (("daily", "paused"), "daily"), (("paused", "weekly"), "weekly")],
)
def test_who_follows_both_keeps_the_one_that_mails(follower, merged, paces, kept):
    for tag, pace in zip(("tag", "into"), paces, strict=True):
        follow(follower, tag=merged[tag], frequency=pace)
        follow(follower, query=f"tag={merged[tag].slug}", frequency=pace)
    tags.merge(**merged, by=follower)
    assert list(Subscription.objects.order_by("query").values_list("tag", "query", "frequency")) == [
        (merged["into"].pk, "", kept),
        (None, "tag=verlichting", kept),
    ]


def test_address_with_a_merged_tag_leads_to_the_one_that_stays(follower, merged, visitor):
    practice = published()
    practice.tags.add(merged["into"])
    published()
    tags.merge(**merged, by=follower)
    chosen = visitor.get("/kennisbank/?tag=lamp&tag=verlichting").context["filter"]
    assert (chosen.chosen["tag"], list(chosen.found)) == (["verlichting"], [practice.pk])
    signed_in(follower).post("/en/kennisbank/volgen/?soort=zoekopdracht&tag=lamp", {"frequency": "weekly"})
    assert Subscription.objects.get().query == "tag=verlichting"


def test_search_with_a_choice_that_is_gone_tells_nothing(follower):
    follow(follower, query="tag=weg")
    published(title="Iets anders")
    assert digests.send_digests() == 0


# Pages


@pytest.mark.parametrize(
    ("kind", "factory"),
    [
        ("thema", factories.ThemeFactory),
        ("tag", factories.TagFactory),
        ("praktijkvoorbeeld", factories.PracticeFactory),
        ("organisatie", factories.OrganisationFactory),
        ("project", factories.ProjectFactory),
    ],
)
def test_following_begins_on_a_page_and_twice_is_another_pace(follower, kind, factory):
    client, target = signed_in(follower), factory()
    address = f"/en/kennisbank/volgen/?soort={kind}&wat={target.slug}"
    with override("en"):
        assert str(target) in shown(client.get(address))
    for frequency in ("daily", "monthly"):
        answer = client.post(address, {"frequency": frequency})
        assert answer.url == MINE
    found = Subscription.objects.get()
    assert (getattr(found, found.kind), found.frequency) == (target, "monthly")


FOLLOWED_FROM = {
    "thema": "/kennisbank/?theme=water",
    "tag": "/kennisbank/?tag=water",
    "praktijkvoorbeeld": "/kennisbank/water/",
    "organisatie": "/organisaties/water/",
    "project": "/agenda/water/",
}


@pytest.mark.parametrize(("kind", "page"), FOLLOWED_FROM.items(), ids=FOLLOWED_FROM)
def test_every_kind_is_followed_from_the_page_about_it(visitor, kind, page):
    owner = factories.OrganisationFactory(slug="water")
    factories.SignatureFactory(organisation=owner, published=True)
    practice = factories.PracticeFactory(slug="water", owner=owner)
    practice.themes.add(factories.ThemeFactory(slug="water"))
    practice.tags.add(factories.TagFactory(slug="water"))
    factories.ProjectFactory(slug="water")
    assert f'href="/kennisbank/volgen/?soort={kind}&amp;wat=water"' in visitor.get(page).content.decode()


def test_tag_of_a_practice_leads_to_the_list_where_it_is_followed(visitor, practice):
    practice.tags.add(factories.TagFactory(slug="laden", name="laden"))
    page = visitor.get("/kennisbank/laadpalen/").content.decode()
    assert '<a class="nl-link" href="/kennisbank/?tag=laden">laden</a>' in page


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("theme=water", ["thema"]),
        ("tag=laden&sort=newest", ["tag"]),
        ("theme=water&phase=pilot", ["thema", "zoekopdracht"]),
        ("theme=water&tag=laden", ["thema", "tag", "zoekopdracht"]),
        ("phase=pilot", ["zoekopdracht"]),
    ],
)
def test_list_of_one_theme_or_tag_is_offered_to_follow_once(visitor, practice, query, offered):
    practice.themes.add(factories.ThemeFactory(slug="water"))
    practice.tags.add(factories.TagFactory(slug="laden"))
    page = visitor.get(f"/kennisbank/?{query}").content.decode()
    assert re.findall(r'href="/kennisbank/volgen/\?soort=(\w+)&', page) == offered


def test_search_is_followed_in_one_form_however_it_was_asked(follower):
    client = signed_in(follower)
    for query in ("q=laden&phase=pilot&page=3", "phase=pilot&q=laden&onzin=1"):
        client.post(f"/en/kennisbank/volgen/?soort=zoekopdracht&{query}", {"frequency": "weekly"})
    assert list(Subscription.objects.values_list("query", flat=True)) == ["phase=pilot&q=laden"]


@pytest.mark.parametrize("query", ["", "soort=zoekopdracht", "soort=thema&wat=onzin", "soort=mens&wat=ik"])
def test_nothing_cannot_be_followed(stranger, query):
    assert stranger.get(f"/kennisbank/volgen/?{query}").status_code == 404


def test_draft_cannot_be_followed(stranger):
    factories.PracticeFactory(slug="geheim", draft=True)
    assert stranger.get("/kennisbank/volgen/?soort=praktijkvoorbeeld&wat=geheim").status_code == 404


def test_visitor_signs_in_first_and_comes_back(visitor):
    assert visitor.get("/kennisbank/volgen/").url == sign_in_before("/kennisbank/volgen/")


def test_wrong_frequency_is_said(follower, practice):
    page = signed_in(follower).post(
        "/en/kennisbank/volgen/?soort=praktijkvoorbeeld&wat=laadpalen", {"frequency": "paused"}
    )
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["frequency"])


def test_pace_is_changed_and_stopped_on_the_own_page(follower, stranger):
    mine = follow(follower, theme=factories.ThemeFactory(name_en="Mobility"))
    client, address = signed_in(follower), f"/en/kennisbank/mijn/volgen/{mine.pk}/"
    assert "Mobility" in shown(client.get(MINE))
    client.post(address, {"frequency": "monthly"})
    assert Subscription.objects.get().frequency == "monthly"
    assert stranger.post(address, {"stop": "1"}).status_code == 404
    answer = client.post(address, {"stop": "1"})
    assert messages_of(answer)[-1] == ("success", "You do not follow this any more.")
    assert Subscription.objects.count() == 0


# Stopping (RFC 8058)


def test_mail_program_stops_it_all_by_one_post_without_cookie_or_token(follower):
    follow(follower, theme=factories.ThemeFactory())
    other = factories.SubscriptionFactory()
    address = "/" + actions.stop_url(follower).split("/", 3)[3]
    program = Client(enforce_csrf_checks=True)
    assert (program.get(address).status_code, Subscription.objects.filter(frequency="paused").count()) == (
        200,
        0,
    )
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert dict(Subscription.objects.values_list("user", "frequency")) == {
        follower.pk: "paused",
        other.user_id: "at_once",
    }


def test_address_to_stop_that_is_not_ours_is_missing(visitor):
    assert visitor.post("/kennisbank/volgen/stoppen/1:onzin/").status_code == 404
