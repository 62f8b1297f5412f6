"""Who sees which practices and adoptions, and what a card shows."""

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledgebase.models import Adoption, Practice
from tests import factories
from tests.factories import practice_at

pytestmark = pytest.mark.django_db
STATUSES = Practice.Status.values
PUBLIC = {"published", "archived"}


def seen_by(person) -> set[str]:
    """Statuses of the practices that this person sees."""
    return set(Practice.objects.visible_to(person).values_list("status", flat=True))


def test_practice_is_seen_by_everybody_once_published(ede):
    for status in STATUSES:
        practice_at(status, owner=ede)
    make = factories.UserFactory
    member = factories.MembershipFactory(organisation=ede, role="editor").user
    elsewhere = factories.MembershipFactory().user
    sees = {
        "visitor": seen_by(AnonymousUser()),
        "stranger": seen_by(make()),
        "member": seen_by(member),
        "elsewhere": seen_by(elsewhere),
        "secretariat": seen_by(make(is_staff=True, roles=["secretariat"])),
        "programme": seen_by(make(is_staff=True, roles=["programme"])),
        "editor": seen_by(make(is_staff=True, roles=["editor"])),
        "administrator": seen_by(make(is_staff=True, is_superuser=True)),
    }
    everything = {who: set(STATUSES) for who in ("member", "programme", "editor", "administrator")}
    assert sees == dict.fromkeys(sees, PUBLIC) | everything


def test_practice_in_the_making_is_seen_by_partners_too(ede):
    practice = factories.PracticeFactory(draft=True)
    factories.PracticeOrganisationFactory(practice=practice, organisation=ede, role="partner")
    person = factories.MembershipFactory(organisation=ede).user
    assert list(Practice.objects.visible_to(person)) == [practice]


@pytest.mark.parametrize(
    ("which", "statuses"),
    [
        ("published", {"published"}),
        ("unfinished", {"draft", "submitted", "in_review"}),
        ("to_review", {"submitted", "in_review"}),
    ],
)
def test_practices_are_chosen_by_status(which, statuses):
    for status in STATUSES:
        practice_at(status)
    assert set(getattr(Practice.objects, which)().values_list("status", flat=True)) == statuses


def test_practices_to_review_are_in_order_of_arrival():
    first, second = practice_at("submitted"), practice_at("in_review")
    assert list(Practice.objects.to_review()) == [first, second]


def test_practice_is_found_by_a_property_of_an_owner_not_of_a_partner(practice, ede):
    partner = factories.PracticeOrganisationFactory(
        practice=practice, role="partner", organisation__province="zeeland"
    )
    assert list(Practice.objects.owned_by(province=ede.province)) == [practice]
    assert list(Practice.objects.owned_by(province="zeeland")) == []
    assert list(Practice.objects.owned_by(pk=partner.organisation_id)) == []


def test_practice_must_have_one_owner_that_meets_all_conditions(practice):
    factories.PracticeOrganisationFactory(
        practice=practice, organisation__province="zeeland", organisation__inhabitants=5_000
    )
    assert list(Practice.objects.owned_by(province="utrecht", inhabitants=5_000)) == []
    assert list(Practice.objects.owned_by(province="zeeland", inhabitants=5_000)) == [practice]


def test_card_counts_real_adoptions_and_keeps_rows_single(practice):
    practice.themes.set(factories.ThemeFactory.create_batch(2))
    factories.PracticeOrganisationFactory(practice=practice)
    for stage in ("interested", "exploring", "piloting", "in_use", "adapted"):
        factories.AdoptionFactory(practice=practice, stage=stage)
    factories.AdoptionFactory(practice=practice, stage="stopped", stop_reason="Te duur.")
    (row,) = Practice.objects.with_card_data()
    assert (row.adoption_count, len(row.owners), len(row.themes.all())) == (3, 2, 2)


def test_adoption_counts_once_its_practice_is_published():
    rows = {status: factories.AdoptionFactory(practice=practice_at(status)) for status in STATUSES}
    factories.AdoptionFactory(practice=rows["published"].practice, stage="interested")
    assert list(Adoption.objects.adopted()) == [rows["published"]]
    assert Adoption.objects.of_published().count() == 2
