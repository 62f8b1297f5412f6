"""Mail and audit in the staff workspace."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from smartsociety.core.models import Mail
from tests import factories

PAGES = ["/beheer/mail/", "/beheer/logboek/"]


def mail(**fields):
    return Mail.objects.create(
        **{"to": "jan@gemeente.example", "subject": "Welkom", "text": "Hallo", "kind": "x/y", **fields}
    )


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_all_staff_and_nobody_else(everyone, path):
    answers = {name: client.get(path).status_code for name, client in everyone.items()}

    assert answers == {
        "visitor": 302, "stranger": 403, "representative": 403, "editor": 403,
        "secretariat": 200, "programme": 200, "reviewer": 200, "administrator": 200,
    }  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_read_only(secretariat, path):
    assert secretariat.post(path).status_code == 405


def test_failing_mail_stands_first_with_its_error(secretariat):
    failing = mail(attempts=2, last_error="SMTPException: mailbox unavailable")
    sent, waiting = mail(attempts=1, sent_at=timezone.now()), mail()
    response = secretariat.get("/beheer/mail/")

    assert list(response.context["page"]) == [failing, waiting, sent]
    assert response.context["failing"] == 1
    assert "SMTPException: mailbox unavailable" in response.text


def test_failing_mail_is_tried_again(secretariat):
    failing = mail(attempts=8)
    response = secretariat.post(f"/beheer/mail/{failing.pk}/opnieuw/", follow=True)

    assert response.redirect_chain == [("/beheer/mail/", 302)]
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"mail_id": failing.pk}]


@pytest.mark.parametrize("fields", [{"attempts": 0}, {"attempts": 1, "sent_at": timezone.now()}])
def test_mail_that_does_not_fail_is_not_tried_again(secretariat, fields):
    other = mail(**fields)

    assert secretariat.post(f"/beheer/mail/{other.pk}/opnieuw/").status_code == 404
    assert not ProcrastinateJob.objects.exists()


def test_retry_is_by_post_only(secretariat):
    assert secretariat.get(f"/beheer/mail/{mail(attempts=1).pk}/opnieuw/").status_code == 405


def test_audit_narrows_by_kind_number_and_person(secretariat):
    user = factories.UserFactory()
    factories.OrganisationFactory()

    def found(**query):
        return [
            (change.model.__name__, change.object_id)
            for change in secretariat.get("/beheer/logboek/", query).context["changes"]
        ]

    assert {name for name, _number in found()} >= {"User", "Organisation"}
    assert found(model="core.user", object_id=str(user.pk)) == [("User", str(user.pk))]
    assert found(person=str(secretariat.user.pk)) == []


def test_audit_with_nonsense_shows_everything(secretariat):
    everything = secretariat.get("/beheer/logboek/").context["page"].paginator.count

    assert (
        secretariat.get("/beheer/logboek/", {"model": "x.y", "page": "z"}).context["page"].paginator.count
        == everything
    )


@pytest.mark.parametrize("path", PAGES)
def test_pages_cost_the_same_for_one_row_and_three(secretariat, path):
    def cost(rows):
        for _row in range(rows):
            mail(attempts=1)
            factories.UserFactory()
        with CaptureQueriesContext(connection) as queries:
            secretariat.get(path)
        return len(queries)

    assert cost(1) == cost(2)
