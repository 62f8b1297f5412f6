"""The maintenance page."""

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def maintenance(settings):
    settings.MAINTENANCE = True


@pytest.mark.parametrize("path", ["/", "/en/", "/beheer/", "/account/login/", "/bestaat-niet/"])
def test_maintenance_answers_everything_without_the_database(path):
    response = Client().get(path)

    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (
        503,
        "600",
        "no-store",
    )
    assert [template.name for template in response.templates][:1] == ["maintenance.html"]


def test_health_and_static_files_stay(db):
    answers = [Client().get(path) for path in ("/-/live", "/-/ready", "/static/img/favicon.svg")]
    for answer in answers:
        answer.close()

    assert [answer.status_code for answer in answers] == [200] * 3, answers[1].content


def test_without_maintenance_the_site_answers(settings, db):
    settings.MAINTENANCE = False

    assert Client().get("/account/login/").status_code == 200
