"""The secretariat keeps organisations: correcting facts, and who may."""

import pytest

from alliance.actions.register import correct_organisation
from smartsociety.core.audit import history
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
STAFF = "/beheer/organisaties/"


FACTS = {
    "revision": "1",
    "name": "Sensorhuis BV",
    "kind": "company",
    "place": "Zwolle",
    "province": "overijssel",
    "kvk_number": "12345678",
    "website": "",
    "aliases": "Sensors",
    "email_domains": "sensorhuis.example",
    "reason": "Naam volgens KvK",
}


def test_facts_are_corrected_with_trace(secretariat, kept):
    answer = secretariat.post(english("alliance:organisation_correct", "sensorhuis"), FACTS)
    assert messages_of(answer) == [("success", "Corrected.")]
    kept.refresh_from_db()
    assert (kept.name, kept.slug, kept.place, kept.email_domains) == (
        "Sensorhuis BV",
        "sensorhuis",
        "Zwolle",
        ["sensorhuis.example"],
    )
    assert (history(kept)[0].reason, history(kept)[0].by) == ("Naam volgens KvK", secretariat.user)
    assert "Naam volgens KvK" in shown(secretariat.get(f"{STAFF}sensorhuis/"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"kvk_number": "1"}, "kvk_number"),
        ({"email_domains": "gmail.com"}, "email_domains"),
    ],
)
def test_facts_that_are_not_right_are_refused(secretariat, kept, changes, field):
    page = secretariat.post(f"{STAFF}sensorhuis/corrigeren/", FACTS | changes)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


def test_facts_that_a_colleague_corrected_are_not_overwritten(secretariat, kept, secretary):
    correct_organisation(organisation=kept, revision=1, reason="Eerst", by=secretary, place="Deventer")
    page = secretariat.post(f"{STAFF}sensorhuis/corrigeren/", FACTS)
    assert (page.status_code, "Eerst" in shown(page)) == (409, True)
    kept.refresh_from_db()
    assert kept.place == "Deventer"


def test_facts_of_the_register_are_not_asked(secretariat, almere):
    page = secretariat.get(f"{STAFF}almere/corrigeren/")
    assert not {"name", "kind", "place", "province"} & set(page.context["form"].fields)


# Municipal mergers


PAGES = [
    ("get", STAFF, 200),
    ("get", STAFF + "sensorhuis/", 200),
    ("get", STAFF + "sensorhuis/corrigeren/", 200),
    ("get", STAFF + "sensorhuis/samenvoegen/", 200),
    ("get", "/beheer/organisaties/herindelingen/", 200),
    ("post", "/beheer/organisaties/herindelingen/sensorhuis/beeindigen/", 302),
]


@pytest.mark.parametrize(("method", "path", "status"), PAGES)
def test_organisations_are_kept_by_the_secretariat_only(everyone, kept, method, path, status):
    for who, client in everyone.items():
        answer = getattr(client, method)(path)
        allowed = who in ("secretariat", "administrator")
        refused = {302} if who == "visitor" else {302, 403}  # staff without a second step are sent to it
        assert (answer.status_code == status) if allowed else (answer.status_code in refused), who
        if who in ("programme", "reviewer"):
            assert answer.status_code == 403


@pytest.mark.parametrize("path", ["nergens/", "nergens/corrigeren/", "nergens/samenvoegen/"])
def test_organisation_that_does_not_exist_is_missing(secretariat, path):
    assert secretariat.get(STAFF + path).status_code == 404


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("", "post", "GET, HEAD"),
        ("sensorhuis/", "post", "GET, HEAD"),
        ("sensorhuis/corrigeren/", "delete", "GET, HEAD, POST"),
    ],
)
def test_wrong_method_is_refused(secretariat, kept, path, method, allowed):
    answer = getattr(secretariat, method)(STAFF + path)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
