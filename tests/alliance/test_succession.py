"""Municipalities that go up in another: history follows from the day of the merger."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from alliance.actions.succession import NoSuccession, end_succession, succeed
from alliance.growth import growth
from alliance.models import (
    Organisation,
    Signature,
)
from smartsociety.core.revisions import ChangedMeanwhile
from tests import factories
from tests.database import at_once
from tests.mailbox import queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
STAFF = "/beheer/organisaties/"


@pytest.mark.django_db(transaction=True)
def test_two_that_succeed_each_other_at_once_make_no_circle():
    one, two = factories.OrganisationFactory.create_batch(2)
    by, on = factories.UserFactory(is_staff=True, roles=["secretariat"]), timezone.localdate()
    results = at_once(
        partial(succeed, predecessor=one, successor=two, on=on, revision=1, by=by),
        partial(succeed, predecessor=two, successor=one, on=on, revision=1, by=by),
    )
    assert sorted(type(result).__name__ for result in results) == ["NoSuccession", "Organisation"]


@pytest.fixture
def voorne(db):
    return factories.OrganisationFactory(name="Voorne aan Zee", slug="voorne-aan-zee")


def test_predecessor_counts_until_its_day_and_then_no_more(almere, voorne, secretary):
    factories.SignatureFactory(
        organisation=almere, published=True, published_at=timezone.now() - timedelta(days=40)
    )
    person = factories.MembershipFactory(organisation=almere).user
    succeed(
        predecessor=almere,
        successor=voorne,
        on=timezone.localdate() + timedelta(days=1),
        revision=1,
        by=secretary,
    )
    assert (list(Organisation.objects.signatories()), growth()[-1][1]) == ([almere], 1)
    assert queued() == [("alliance/succession", person.email, "nl")]
    Organisation.objects.filter(pk=almere.pk).update(succeeded_on=timezone.localdate())
    assert (list(Organisation.objects.signatories()), growth()[-1][1]) == ([], 0)
    assert list(Organisation.objects.municipalities()) == [voorne]
    assert list(Signature.objects.joining()) == []


def test_history_follows_to_the_successor(visitor, almere, voorne, secretary):
    signature = factories.SignatureFactory(organisation=almere, published=True)
    middle = factories.OrganisationFactory(name="Midden")
    for old, new in ((almere, middle), (middle, voorne)):
        succeed(predecessor=old, successor=new, on=timezone.localdate(), revision=1, by=secretary)
    page = visitor.get("/en/organisaties/voorne-aan-zee/")
    assert list(page.context["inherited_signatures"]) == [signature]
    assert "Signed by its predecessors Almere" in shown(page)
    assert "/organisaties/voorne-aan-zee/" in visitor.get(f"/organisaties/{middle.slug}/").content.decode()


def test_succession_makes_no_circle_and_stays_within_a_kind(almere, voorne, kept, secretary):
    succeed(predecessor=almere, successor=voorne, on=timezone.localdate(), revision=1, by=secretary)
    for predecessor, successor in ((voorne, almere), (voorne, voorne), (voorne, kept)):
        with pytest.raises(NoSuccession):
            succeed(
                predecessor=predecessor,
                successor=successor,
                on=timezone.localdate(),
                revision=1,
                by=secretary,
            )


def test_succession_can_be_taken_back(almere, voorne, secretary):
    succeed(predecessor=almere, successor=voorne, on=timezone.localdate(), revision=1, by=secretary)
    with pytest.raises(ChangedMeanwhile):
        end_succession(predecessor=almere, revision=1, by=secretary)
    end_succession(predecessor=almere, revision=2, by=secretary)
    almere.refresh_from_db()
    assert (almere.successor, almere.succeeded_on, almere.is_gone) == (None, None, False)


def test_succession_page_notes_and_takes_back(secretariat, almere, voorne):
    address = english("alliance:succession_list")
    answer = secretariat.post(
        address, {"predecessor": "Almere", "successor": "Voorne aan Zee", "on": "2027-01-01"}
    )
    assert messages_of(answer) == [("success", "Noted: Almere becomes part of Voorne aan Zee.")]
    assert list(secretariat.get(address).context["page"]) == [almere]
    answer = secretariat.post(english("alliance:succession_end", "almere"), {"revision": 1})
    assert messages_of(answer)[-1][0] == "error"
    answer = secretariat.post(english("alliance:succession_end", "almere"), {"revision": 2})
    assert messages_of(answer)[-1] == ("success", "Almere stands on its own again.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"successor": "Almere"}, "successor"),
        ({"on": ""}, "on"),
        ({"predecessor": "Nergens"}, "predecessor"),
        ({"successor": "Sensorhuis"}, "successor"),
    ],
)
def test_succession_that_cannot_be_is_refused(secretariat, almere, voorne, kept, changes, field):
    typed = {"predecessor": "Almere", "successor": "Voorne aan Zee", "on": "2027-01-01", **changes}
    page = secretariat.post("/beheer/organisaties/herindelingen/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    almere.refresh_from_db()
    assert almere.successor is None
