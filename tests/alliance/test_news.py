"""News: to those who agreed and to nobody else, once, each in their language, with one press to stop."""

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from alliance import tasks
from alliance.actions import news as actions
from alliance.actions.consent import consent_of, unsubscribe_url
from alliance.actions.news import AlreadySent, TextChanged, queue_batch, send_news
from alliance.models import News
from smartsociety.core.models import Consent, Mail
from tests import factories
from tests.database import at_once
from tests.mailbox import queued
from tests.pages import english, messages_of, shown, sign_in_before

pytestmark = pytest.mark.django_db
TEXTS = {
    "subject_nl": "Nieuws",
    "text_nl": "Er komt een fieldlab.",
    "subject_en": "News",
    "text_en": "A field lab is coming.",
}


@pytest.fixture
def news():
    """Written, not sent."""
    return factories.NewsFactory(**TEXTS)


def sent(news):
    """The message on its way."""
    return send_news(news=news, seen=news.digest, by=factories.UserFactory())


def run_batches(news):
    """What the worker does, batch after batch."""
    after = 0
    while after is not None:
        after = queue_batch(news_id=news.pk, after=after)


# Writing and sending


def test_secretariat_writes_looks_and_sends(secretariat):
    factories.ConsentFactory()
    written = secretariat.post(english("alliance:news_create"), TEXTS)
    news = News.objects.get()
    assert (written.url, messages_of(written)) == (
        f"/en/beheer/nieuws/{news.pk}/",
        [("success", "Saved. Read it below before you send it.")],
    )
    page = secretariat.get(f"/en/beheer/nieuws/{news.pk}/")
    assert [words for words in TEXTS.values() if words not in shown(page)] == []
    assert page.context["reader_count"] == 1
    done = secretariat.post(english("alliance:news_send", news.pk), {"seen": news.digest})
    assert messages_of(done)[-1] == ("success", "The message goes to 1 reader.")
    news.refresh_from_db()
    assert (news.sent_by, news.sent_at is not None) == (secretariat.user, True)
    jobs = ProcrastinateJob.objects.filter(task_name="alliance.send_news")
    assert [job.args for job in jobs] == [{"news_id": news.pk}]


def test_list_shows_drafts_and_what_was_sent(secretariat, news):
    old = factories.NewsFactory(sent_at=timezone.now())
    page = secretariat.get("/beheer/nieuws/")
    assert set(page.context["page"]) == {news, old}


def test_empty_list_says_so(secretariat):
    assert "No news has been written yet" in shown(secretariat.get("/en/beheer/nieuws/"))


def test_text_is_changed_until_it_is_sent(secretariat, news):
    secretariat.post(f"/beheer/nieuws/{news.pk}/bewerken/", TEXTS | {"subject_nl": "Beter"})
    news.refresh_from_db()
    assert news.subject_nl == "Beter"
    sent(news)
    assert secretariat.get(f"/beheer/nieuws/{news.pk}/bewerken/").status_code == 404
    assert "Send the message" not in shown(secretariat.get(f"/en/beheer/nieuws/{news.pk}/"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject_nl", ""),
        ("subject_en", "x" * 121),
        ("text_en", ""),
        ("text_nl", "x" * 5001),
        ("subject_nl", "a\u202eb"),
    ],
)
def test_wrong_text_is_kept_on_the_page(secretariat, field, value):
    page = secretariat.post("/beheer/nieuws/nieuw/", TEXTS | {field: value})
    assert (page.status_code, list(page.context["form"].errors), News.objects.count()) == (200, [field], 0)
    assert page.context["form"][field].value() == value


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (sent, "This message was sent already. Nothing was sent now."),
        (
            lambda news: News.objects.update(text_en="Else."),
            "The text has changed since you looked. Read it again, then send it.",
        ),
    ],
)
def test_only_what_was_on_the_screen_is_sent_and_once(secretariat, news, prepare, words):
    seen = news.digest
    prepare(news)
    before = ProcrastinateJob.objects.count()
    done = secretariat.post(english("alliance:news_send", news.pk), {"seen": seen})
    assert messages_of(done) == [("error", words)]
    assert ProcrastinateJob.objects.count() == before


@pytest.mark.parametrize("who", ["visitor", "stranger", "representative", "editor", "programme", "reviewer"])
@pytest.mark.parametrize("path", ["", "nieuw/", "{pk}/", "{pk}/bewerken/", "{pk}/versturen/"])
def test_news_is_for_the_secretariat(everyone, news, who, path):
    address = f"/beheer/nieuws/{path.format(pk=news.pk)}"
    replies = [everyone[who].get(address), everyone[who].post(address, TEXTS | {"seen": news.digest})]
    assert not {200} & {reply.status_code for reply in replies}
    if who == "visitor":
        assert {reply.url for reply in replies if reply.status_code == 302} == {sign_in_before(address)}
    news.refresh_from_db()
    assert (news.sent_at, News.objects.count()) == (None, 1)


def test_missing_news_and_wrong_methods(secretariat, administrator, news):
    assert [secretariat.get(f"/beheer/nieuws/0/{part}").status_code for part in ("", "bewerken/")] == [
        404,
        404,
    ]
    assert secretariat.post("/beheer/nieuws/0/versturen/").status_code == 404
    assert secretariat.get(f"/beheer/nieuws/{news.pk}/versturen/").status_code == 405
    assert [
        secretariat.delete(f"/beheer/nieuws/{part}").status_code for part in ("", "nieuw/", f"{news.pk}/")
    ] == [405] * 3
    assert administrator.get("/beheer/nieuws/").status_code == 200


# Who gets it


def test_news_goes_to_standing_consent_only_each_in_their_language(news):
    factories.ConsentFactory(email="nl@x.example")
    factories.ConsentFactory(email="en@x.example", language="en")
    factories.ConsentFactory(email="weg@x.example", withdrawn_at=timezone.now())
    factories.ConsentFactory(email="fieldlabs@x.example", purpose="fieldlabs")
    factories.SignatureFactory(published=True, signer_email="signer@x.example")
    run_batches(sent(news))
    assert queued() == [("alliance/news", "nl@x.example", "nl"), ("alliance/news", "en@x.example", "en")]
    dutch, english_mail = Mail.objects.order_by("pk")
    assert (dutch.subject, english_mail.subject) == ("Nieuws", "News")
    assert dutch.text.startswith("Er komt een fieldlab.")
    assert english_mail.text.startswith("A field lab is coming.")
    assert english_mail.text.endswith(english_mail.unsubscribe_url)
    assert "/en/afmelden/" in english_mail.unsubscribe_url


def test_text_of_staff_is_no_template(news):
    News.objects.update(text_nl="{{ site_url }} {% now 'Y' %} & <b>", subject_nl="{{ url }}")
    news.refresh_from_db()
    factories.ConsentFactory()
    run_batches(sent(news))
    mail = Mail.objects.get()
    assert (mail.subject, mail.text.split("\n")[0]) == ("{{ url }}", "{{ site_url }} {% now 'Y' %} & <b>")


def test_who_agreed_after_it_was_sent_gets_the_next_one(news):
    started = sent(news)
    factories.ConsentFactory()
    Consent.objects.update(given_at=timezone.now())
    run_batches(started)
    assert queued() == []


def test_batch_that_is_done_twice_mails_once(news, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    factories.ConsentFactory.create_batch(5)
    started = sent(news)
    first = queue_batch(news_id=started.pk, after=0)
    assert (
        queue_batch(news_id=started.pk, after=0) == first
    )  # the worker died before it could say that it was done
    run_batches(started)
    run_batches(started)
    assert [to for _kind, to, _language in queued()] == [
        consent.email for consent in Consent.objects.order_by("pk")
    ]


def test_batch_that_fails_halfway_leaves_nothing_and_is_done_again(news, monkeypatch):
    factories.ConsentFactory.create_batch(3)
    started = sent(news)
    real, calls = actions.emails.news, []

    def failing(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return real(*args, **kwargs)

    monkeypatch.setattr(actions.emails, "news", failing)
    with pytest.raises(RuntimeError):
        tasks.send_news(news_id=started.pk)
    assert (queued(), ProcrastinateJob.objects.filter(task_name="alliance.send_news").count()) == ([], 1)
    tasks.send_news(news_id=started.pk)
    assert len(queued()) == 3


def test_second_news_reaches_the_same_people(news):
    factories.ConsentFactory()
    run_batches(sent(news))
    run_batches(sent(factories.NewsFactory()))
    assert len(queued()) == 2


@pytest.mark.django_db(transaction=True)
def test_worker_sends_all_batches_with_the_headers_of_rfc_8058(news, run_jobs, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    factories.ConsentFactory.create_batch(5)
    sent(news)
    run_jobs()
    assert sorted(mail.to[0] for mail in outbox.outbox) == sorted(
        Consent.objects.values_list("email", flat=True)
    )
    for mail in outbox.outbox:
        stored = Mail.objects.get(to=mail.to[0])
        assert mail.extra_headers["List-Unsubscribe"] == f"<{stored.unsubscribe_url}>"
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert len(mail.to) == 1


@pytest.mark.django_db(transaction=True)
def test_other_mail_has_no_such_headers(run_jobs, visitor):
    visitor.post("/contact/", {"subject": "x", "email": "a@x.example", "message": "y"})
    run_jobs()
    assert [mail for mail in outbox.outbox if "List-Unsubscribe" in mail.extra_headers] == []
    assert len(outbox.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_send_once(news):
    by = factories.UserFactory()
    results = at_once(*[lambda: send_news(news=news, seen=news.digest, by=by)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["AlreadySent", "News"]
    assert ProcrastinateJob.objects.filter(task_name="alliance.send_news").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_mail_once(news):
    factories.ConsentFactory.create_batch(4)
    started = sent(news)
    at_once(*[lambda: tasks.send_news(news_id=started.pk)] * 2)
    assert len(queued()) == 4


def test_actions_refuse_by_name(news):
    with pytest.raises(TextChanged):
        send_news(news=news, seen="", by=factories.UserFactory())
    sent(news)
    with pytest.raises(AlreadySent):
        sent(news)


# Stopping


@pytest.fixture
def way_out(news, settings):
    """The path of an address to unsubscribe, of a@x.example."""
    return unsubscribe_url(factories.ConsentFactory(email="a@x.example"), f"news-{news.pk}").removeprefix(
        settings.SITE_URL
    )


def test_opening_the_address_changes_nothing(visitor, way_out):
    page = visitor.get(f"/en{way_out}")
    assert (page.status_code, page.context["stopped"]) == (200, False)
    assert page.content.decode().count('<form method="post">') == 1
    assert Consent.objects.standing("news").count() == 1


def test_mail_program_stops_it_with_one_press_without_cookie_or_secret(way_out):
    program = Client(enforce_csrf_checks=True)
    done = program.post(
        way_out, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert (done.status_code, done.context["stopped"]) == (200, True)  # RFC 8058: no redirect
    assert Consent.objects.standing("news").count() == 0
    assert program.post(way_out).status_code == 200
    assert program.get(way_out).context["stopped"] is True


def test_stopping_touches_nobody_and_nothing_else(visitor, way_out):
    factories.ConsentFactory(email="b@x.example")
    factories.ConsentFactory(email="a@x.example", purpose="fieldlabs")
    visitor.post(way_out)
    assert set(Consent.objects.filter(withdrawn_at=None).values_list("email", "purpose")) == {
        ("b@x.example", "news"), ("a@x.example", "fieldlabs"),
    }  # fmt: skip


@pytest.mark.parametrize("token", ["x", "WzEsMV0:vals", "a" * 500, "%F0%9F%8E%89"])
def test_address_that_is_not_ours_is_missing(visitor, way_out, token):
    assert [
        visitor.get(f"/afmelden/{token}/").status_code,
        visitor.post(f"/afmelden/{token}/").status_code,
    ] == [404, 404]
    assert Consent.objects.standing("news").count() == 1


def test_address_of_a_forgotten_consent_is_missing(visitor, way_out):
    Consent.objects.all().delete()
    assert visitor.get(way_out).status_code == 404
    assert consent_of(way_out.split("/")[2]) is None


def test_unsubscribing_knows_two_methods(visitor, way_out):
    wrong = visitor.delete(way_out)
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, HEAD, POST")


def test_everyone_agrees_and_stops_on_their_own_page(stranger):
    user = stranger.get("/mijn/").wsgi_request.user
    agreed = stranger.post(english("alliance:consent_change", "news"), {"agree": "1"})
    assert (agreed.url, messages_of(agreed)) == (
        "/en/mijn/",
        [("success", "You get news of the alliance by mail from now on.")],
    )
    consent = Consent.objects.get()
    assert (consent.email, consent.purpose, consent.language) == (user.email, "news", "en")
    assert consent.wording == "I agree to news of the Smart Society alliance by mail. I can stop at any time."
    stranger.post("/mijn/toestemming/news/", {"agree": "1"})
    assert Consent.objects.count() == 1
    assert stranger.get("/mijn/").context["agrees_to_news"] is True
    stopped = stranger.post(english("alliance:consent_change", "news"), {"agree": "0"})
    assert messages_of(stopped)[-1] == ("success", "You get no more news of the alliance.")
    assert (Consent.objects.standing("news").count(), stranger.get("/mijn/").context["agrees_to_news"]) == (
        0,
        False,
    )


def test_consent_on_the_own_page_needs_sign_in_and_a_post(visitor, stranger):
    assert visitor.post("/mijn/toestemming/news/", {"agree": "1"}).url == sign_in_before(
        "/mijn/toestemming/news/"
    )
    assert stranger.get("/mijn/toestemming/news/").status_code == 405
    assert Consent.objects.count() == 0


def test_consents_are_kept_apart_per_purpose(stranger):
    for purpose in ("news", "fieldlabs"):
        stranger.post(f"/mijn/toestemming/{purpose}/", {"agree": "1"})
    stranger.post("/mijn/toestemming/news/", {"agree": "0"})
    page = stranger.get("/mijn/").context
    assert (page["agrees_to_news"], page["agrees_to_fieldlabs"]) == (False, True)
    assert stranger.post("/mijn/toestemming/reclame/", {"agree": "1"}).status_code == 404


def test_address_to_unsubscribe_stops_its_own_purpose_only(visitor):
    news = factories.ConsentFactory(email="a@x.example")
    invitations = factories.ConsentFactory(email="a@x.example", purpose="fieldlabs")
    address = unsubscribe_url(invitations, "fieldlab-1").partition("/afmelden/")[2]
    answer = visitor.post(f"/afmelden/{address}")
    news.refresh_from_db(), invitations.refresh_from_db()
    assert (news.withdrawn_at, invitations.withdrawn_at is None) == (None, False)
    assert "geen uitnodigingen meer" in answer.content.decode()


def test_consent_of_another_needs_their_address(stranger):
    Client(enforce_csrf_checks=True).post(
        "/mijn/toestemming/news/", {"agree": "1", "email": "ander@x.example"}
    )
    stranger.post("/mijn/toestemming/news/", {"agree": "1", "email": "ander@x.example"})
    assert Consent.objects.filter(email="ander@x.example").count() == 0
