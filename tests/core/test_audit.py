"""Who did what, in log lines and in the audit tables."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from pghistory.models import Context
from structlog.testing import capture_logs

from smartsociety.core import audit
from smartsociety.core.models import Mail, User
from smartsociety.core.tokens import new_token
from tests import factories


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::1", "2001:db8:1234::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_origin_is_a_network(address, network):
    assert audit.origin(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "network"),
    [(0, "10.0.0.0/24"), (1, "198.51.100.0/24"), (2, "203.0.113.0/24"), (3, "10.0.0.0/24")],
)
def test_origin_believes_only_our_own_proxies(settings, proxies, network):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5, 198.51.100.9"
    )

    assert audit.origin(request) == network


def test_log_line_of_a_request_has_no_query_and_no_key():
    key = "Zk3-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_abc"
    request = RequestFactory().get(f"/steunverklaring/bevestigen/{key}/?q=jan@gemeente.example")

    assert audit.RequestLogMiddleware.format_request(request) == "GET /steunverklaring/bevestigen/…/"


def test_log_line_of_a_request_keeps_a_long_slug():
    path = "/kennisbank/een-praktijkvoorbeeld-met-een-heel-erg-lange-naam-in-2026/"

    assert audit.RequestLogMiddleware.format_request(RequestFactory().get(path)) == f"GET {path}"


def test_request_is_logged_once_with_actor_and_origin(stranger):
    with capture_logs(processors=[]) as lines:
        stranger.get("/bestaat-niet/", REMOTE_ADDR="203.0.113.77")

    finished = [line for line in lines if line["event"] == "request_finished"]
    assert [(line["request"], line["code"]) for line in finished] == [("GET /bestaat-niet/", 404)]


def test_change_remembers_who_where_and_which_request(settings, administrator):
    user = factories.UserFactory()
    url = f"/beheer/admin/core/user/{user.pk}/change/"

    response = administrator.post(
        url, {"email": user.email, "name": "Nieuw", "language": "en", "roles": "", "is_active": "on"}
    )
    change = audit.history(user)[0]
    context = Context.objects.latest("created_at").metadata

    assert response.status_code == 302
    assert (change.kind, change.fields, change.by, change.origin) == (
        "update", ("language",), administrator.user, "127.0.0.0/24",
    )  # fmt: skip
    assert (context["method"], context["url"], len(context["request_id"])) == ("POST", url, 36)


def test_audit_keeps_no_key_of_an_address(visitor):
    token, confirmation_hash = new_token()
    signature = factories.SignatureFactory(
        confirmation_hash=confirmation_hash, confirmation_expires_at=timezone.now() + timedelta(days=1)
    )

    visitor.post(f"/steunverklaring/bevestigen/{token}/")
    signature.refresh_from_db()

    assert signature.status == "submitted"
    assert Context.objects.latest("created_at").metadata["url"] == "/steunverklaring/bevestigen/…/"


def test_history_is_the_latest_first(db):
    user = factories.UserFactory()
    User.objects.filter(pk=user.pk).update(language="en")

    assert [(change.kind, change.by, change.model) for change in audit.history(user)] == [
        ("update", None, User),
        ("insert", None, User),
    ]


def test_history_of_what_is_not_tracked_is_empty(db):
    assert audit.history(Mail(pk=1)) == []


def test_personal_fields_stay_out_of_the_audit(db):
    user = factories.UserFactory(name="Jan Jansen")
    user.name = "Jan de Vries"
    user.save()

    assert [change.kind for change in audit.history(user)] == ["insert"]


def test_reading_leaves_no_trace(stranger):
    stranger.get("/account/email/")

    assert Context.objects.count() == 0


def test_latest_narrows_to_a_model_an_object_and_a_person(db):
    first, second = factories.UserFactory(), factories.UserFactory()
    factories.OrganisationFactory()

    assert {change.model for change in audit.read(audit.latest(model=User))} == {User}
    assert [
        change.object_id for change in audit.read(audit.latest(model=User, object_id=str(second.pk)))
    ] == [str(second.pk)]
    assert list(audit.latest(person=first)) == []
