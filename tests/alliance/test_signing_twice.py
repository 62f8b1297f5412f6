"""An organisation signs a version once: however the second attempt is spelled, and however fast it comes."""

import pytest
from django.test import Client

from alliance.models import Signature
from tests import factories
from tests.alliance.signing import NEW, Walk
from tests.database import at_once
from tests.mailbox import queued

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["submitted", "published", "on_hold"])
def test_organisation_that_signed_leads_to_becoming_co_signer(walk, almere, declaration, status):
    factories.signature_at(status, organisation=almere, declaration=declaration)
    assert walk.post("organisatie", organisation_name="gemeente ALMERE").url == f"{walk.root}al-ondertekend/"
    page = walk.get("al-ondertekend/")
    assert (page.status_code, page.context["certain"]) == (409, True)
    assert [(one["organisation"], one["is_public"]) for one in page.context["matches"]] == [(almere, True)]
    assert walk.client.post(f"{walk.root}al-ondertekend/").status_code == 409
    walk.to_check()
    assert walk.post("controle").url == f"{walk.root}al-ondertekend/"
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "reason", "certain"),
    [
        ({"organisation_name": "SENSORIA B.V.", "place": "ede"}, "name", True),
        ({"organisation_name": "Gans anders", "kvk_number": "12345678"}, "number", True),
        ({"organisation_name": "Sensoira"}, "spelling", False),
        ({"organisation_name": "Sensoria", "place": "Epe"}, "name", False),
        ({"organisation_name": "Gans anders", "website": "https://sensoria.example/over"}, "domain", False),
    ],
)
def test_new_organisation_that_looks_like_one_that_signed_is_asked(walk, declaration, typed, reason, certain):
    signed = factories.OrganisationFactory(
        name="Sensoria", kind="company", place="Ede", in_register=False, kvk_number="12345678", website="https://www.sensoria.example"
    )  # fmt: skip
    factories.SignatureFactory(organisation=signed, declaration=declaration, published=True)
    given = {"kind": "company", "place": "Ede", **typed}
    assert walk.post("organisatie", **given).url == f"{walk.root}al-ondertekend/"
    page = walk.get("al-ondertekend/")
    assert (page.context["matches"][0]["reason"], page.context["certain"]) == (reason, certain)
    if not certain:
        assert walk.client.post(f"{walk.root}al-ondertekend/").url == f"{walk.root}ondertekenaar/"
        walk.to_check(organisatie=given)
        assert walk.post("controle").url == f"{walk.root}verstuurd/"


def test_mail_domain_of_one_that_signed_is_asked_before_signing(walk, almere, declaration):
    factories.SignatureFactory(organisation=almere, declaration=declaration, published=True)
    walk.to_check(organisatie=NEW)
    assert walk.post("controle").url == f"{walk.root}al-ondertekend/"
    assert walk.get("al-ondertekend/").context["matches"][0]["reason"] == "domain"


def test_organisation_that_waits_for_the_secretariat_is_not_named(visitor, declaration, almere):
    hidden = factories.OrganisationFactory(
        name="Sensoria Geheim", kind="company", place="Ede", in_register=False
    )
    factories.SignatureFactory(organisation=hidden, declaration=declaration, submitted=True)
    walk = Walk(visitor, "/en")
    walk.post("organisatie", **{**NEW, "organisation_name": "Sensoria Gehein"})
    page = walk.get("al-ondertekend/")
    assert (page.context["certain"], "Sensoria Geheim" in page.content.decode()) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_signature_and_one_mail(declaration, almere):
    walk = Walk(Client())
    walk.to_check()
    answers = at_once(
        *[lambda: Client().post(f"{walk.root}controle/", {"version": "1", "accepts": "on"})] * 2
    )
    assert [answer.url for answer in answers] == [f"{walk.root}verstuurd/"] * 2
    assert (Signature.objects.count(), len(queued())) == (1, 1)
