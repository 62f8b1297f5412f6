"""Two organisations that are one: nothing that points to them is lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from pghistory.models import Event

from alliance.actions import merging
from alliance.models import (
    AccessRequest,
    Invitation,
    JointInvitation,
    Membership,
    Organisation,
    Project,
    Signature,
)
from fieldlabs.models import Registration
from knowledgebase.models import Adoption, PracticeOrganisation, ReadCount
from smartsociety.core.audit import history
from smartsociety.core.revisions import ChangedMeanwhile
from tests import factories
from tests.alliance.companies import company
from tests.database import at_once
from tests.mailbox import queued
from tests.pages import messages_of, shown

pytestmark = pytest.mark.django_db
STAFF = "/beheer/organisaties/"


def merge(duplicate, into, by):
    return merging.merge(
        duplicate=duplicate,
        into=into,
        by=by,
        reason="Dezelfde",
        revision=duplicate.revision,
        into_revision=into.revision,
    )


def _invitation(organisation):
    expires_at = timezone.now() + timedelta(days=1)
    return Invitation.objects.create(
        organisation=organisation,
        email="x@y.example",
        role="editor",
        token_hash="a" * 64,
        expires_at=expires_at,
    )


def _partner(organisation):
    project = Project.objects.create(
        slug="p", title_nl="P", summary_nl="S", lead=factories.OrganisationFactory()
    )
    project.partners.add(organisation)
    return Project.partners.through.objects.get()


# One of everything that can point to an organisation, by model and field: (how to make it).
MAKE = {
    "alliance.organisation.successor": lambda o: company(
        "Oud", successor=o, succeeded_on=timezone.localdate()
    ),
    "alliance.membership.organisation": lambda o: factories.MembershipFactory(organisation=o),
    "alliance.invitation.organisation": _invitation,
    "alliance.accessrequest.organisation": lambda o: AccessRequest.objects.create(
        organisation=o, user=factories.UserFactory(), role="editor"
    ),
    "alliance.project.lead": lambda o: Project.objects.create(slug="q", title_nl="Q", summary_nl="S", lead=o),
    "alliance.project_partners.organisation": _partner,
    "alliance.signature.organisation": lambda o: factories.SignatureFactory(organisation=o, published=True),
    "alliance.jointinvitation.organisation": lambda o: JointInvitation.objects.create(
        organisation=o, signature=factories.SignatureFactory(), email="x@y.example", token_hash="b" * 64
    ),
    "fieldlabs.fieldlab.host": lambda o: factories.FieldlabFactory(host=o),
    "fieldlabs.outcome.organisation": lambda o: factories.OutcomeFactory(organisation=o),
    "fieldlabs.registration.organisation": lambda o: factories.RegistrationFactory(organisation=o),
    "fieldlabs.case.organisation": lambda o: factories.CaseFactory(organisation=o),
    "fieldlabs.casedemand.organisation": lambda o: factories.CaseDemandFactory(organisation=o),
    "fieldlabs.fieldlabinvitation.organisation": lambda o: factories.FieldlabInvitationFactory(
        organisation=o
    ),
    "fieldlabs.followup.organisation": lambda o: factories.FollowUpFactory(organisation=o),
    "knowledgebase.practiceorganisation.organisation": lambda o: factories.PracticeOrganisationFactory(
        organisation=o, role="partner"
    ),
    "knowledgebase.partinvitation.organisation": lambda o: factories.PartInvitationFactory(organisation=o),
    "knowledgebase.collection.organisation": lambda o: factories.CollectionFactory(organisation=o),
    "knowledgebase.need.organisation": lambda o: factories.NeedFactory(organisation=o),
    "knowledgebase.needsupport.organisation": lambda o: factories.NeedSupportFactory(organisation=o),
    "knowledgebase.readcount.organisation": lambda o: factories.ReadCountFactory(organisation=o),
    "knowledgebase.subscription.organisation": lambda o: factories.SubscriptionFactory(
        theme=None, organisation=o
    ),
    "knowledgebase.adoption.organisation": lambda o: factories.AdoptionFactory(organisation=o),
    "knowledgebase.adoption.learned_from": lambda o: factories.AdoptionFactory(learned_from=o),
}


def test_merging_knows_everything_that_can_point_to_an_organisation():
    """Read from all models, not from the same place as `pointers`; a new key needs an example in MAKE."""
    found = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, Event)
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model is Organisation
    }
    known = {f"{field.model._meta.label_lower}.{field.name}" for field in merging.pointers(Organisation)}
    assert (known, set(MAKE)) == (found, found)


@pytest.mark.parametrize("pointer", MAKE)
def test_merging_moves_whatever_points_to_the_duplicate(kept, double, secretary, pointer):
    row = MAKE[pointer](double)
    name = pointer.rsplit(".", 1)[1]
    merged = merge(double, kept, secretary)
    row.refresh_from_db()
    assert getattr(row, name) == kept
    assert (sum(merged.moved.values()), sum(merged.joined.values())) == (1, 0)
    assert not Organisation.objects.filter(pk=double.pk).exists()


def test_merging_gathers_names_domains_and_addresses_and_fills_what_was_empty(kept, double, secretary):
    merge(double, kept, secretary)
    kept.refresh_from_db()
    assert (kept.name, kept.slug, kept.kvk_number) == ("Sensorhuis", "sensorhuis", "12345678")
    assert (kept.aliases, kept.email_domains, kept.former_slugs) == (
        ["SensorHuys"],
        ["sensorhuis.example"],
        ["sensorhuys"],
    )
    assert (kept.website, kept.revision) == ("https://sensorhuis.example", 2)
    assert history(kept)[0].reason == "Dezelfde"


def test_merging_takes_the_kvk_number_of_the_duplicate(secretary):
    kept, double = company("Een"), company("Twee", kvk_number="87654321")
    merge(double, kept, secretary)
    kept.refresh_from_db()
    assert kept.kvk_number == "87654321"


def test_old_address_leads_to_the_one_that_stays(visitor, kept, double, secretary):
    factories.SignatureFactory(organisation=kept, published=True)
    merge(double, kept, secretary)
    answer = visitor.get("/organisaties/sensorhuys/")
    assert (answer.status_code, answer.url) == (301, "/organisaties/sensorhuis/")
    assert visitor.get("/organisaties/nooit-geweest/").status_code == 404


def test_old_address_does_not_tell_of_an_organisation_that_is_not_public(visitor, kept, double, secretary):
    merge(double, kept, secretary)
    assert visitor.get("/organisaties/sensorhuys/").status_code == 404


def test_merging_again_keeps_all_old_addresses(kept, double, secretary):
    merge(double, kept, secretary)
    kept.refresh_from_db()
    last = company("Laatste")
    merge(kept, last, secretary)
    last.refresh_from_db()
    assert last.former_slugs == ["sensorhuys", "sensorhuis"]


def test_member_of_both_is_a_member_once_with_the_stronger_role(kept, double, secretary):
    user = factories.UserFactory()
    factories.MembershipFactory(user=user, organisation=kept, role="editor")
    factories.MembershipFactory(user=user, organisation=double, role="representative")
    merge(double, kept, secretary)
    assert [(row.organisation, row.role) for row in Membership.objects.all()] == [(kept, "representative")]


def test_part_in_one_practice_becomes_one_and_an_owner_stays_owner(kept, double, secretary):
    Organisation.objects.update(kind="civil_society")  # a company owns no practice
    practice = factories.PracticeFactory()
    for organisation, role in ((kept, "partner"), (double, "owner")):
        factories.PracticeOrganisationFactory(practice=practice, organisation=organisation, role=role)
    merge(double, kept, secretary)
    assert PracticeOrganisation.objects.get(practice=practice, organisation=kept).role == "owner"


def test_adoptions_of_one_practice_become_one(kept, double, secretary):
    practice = factories.PracticeFactory()
    for organisation in (kept, double):
        factories.AdoptionFactory(practice=practice, organisation=organisation)
    merged = merge(double, kept, secretary)
    assert (Adoption.objects.get().organisation, sum(merged.joined.values())) == (kept, 1)


def test_readers_of_one_day_are_added_up(kept, double, secretary):
    read = {"practice": factories.PracticeFactory(), "read_on": timezone.localdate()}
    factories.ReadCountFactory(organisation=kept, number=3, **read)
    factories.ReadCountFactory(organisation=double, number=4, **read)
    merge(double, kept, secretary)
    assert list(ReadCount.objects.values_list("organisation", "number")) == [(kept.pk, 7)]


@pytest.mark.parametrize("turned", [False, True])
def test_nobody_learned_from_itself(kept, double, secretary, turned):
    pair = (double, kept) if turned else (kept, double)
    factories.AdoptionFactory(organisation=pair[0], learned_from=pair[1])
    merge(double, kept, secretary)
    adoption = Adoption.objects.get()
    assert (adoption.organisation, adoption.learned_from) == (kept, None)


def test_what_the_database_refuses_stops_the_whole_merge(secretariat, kept, double, secretary):
    Organisation.objects.update(kind="civil_society")  # a company owns no practice
    practice = factories.PracticeFactory(owner=kept)
    adoption = factories.AdoptionFactory(practice=practice, organisation=double)
    registration = factories.RegistrationFactory(organisation=double)
    with pytest.raises(merging.MergeBlocked):
        merge(double, kept, secretary)
    registration.refresh_from_db()
    assert (registration.organisation, Organisation.objects.filter(pk=double.pk).exists()) == (double, True)
    page = secretariat.get(f"/en{STAFF}sensorhuys/samenvoegen/?into=sensorhuis")
    assert f"{adoption.pk} stands in the way. Change or remove it first, then merge." in shown(page)


ACTIVE = ("submitted", "on_hold", "published")


@pytest.mark.parametrize("of_kept", ACTIVE)
@pytest.mark.parametrize("of_double", ACTIVE)
def test_two_signatures_under_one_version_leave_the_strongest(kept, double, secretary, of_kept, of_double):
    first = factories.signature_at(of_kept, organisation=kept, signer_email="kept@x.example")
    second = factories.signature_at(of_double, organisation=double, signer_email="double@x.example")
    merge(double, kept, secretary)
    for signature in (first, second):
        signature.refresh_from_db()
        assert signature.organisation == kept
    stronger = first if ACTIVE.index(of_kept) >= ACTIVE.index(of_double) else second
    other = second if stronger == first else first
    assert (stronger.status, other.status, other.signer_email) == (
        max(of_kept, of_double, key=ACTIVE.index),
        "withdrawn",
        "",
    )
    address = "double@x.example" if stronger == first else "kept@x.example"
    assert queued() == [("alliance/signature_merged", address, "nl")]


def test_unconfirmed_signatures_of_one_signer_become_one(kept, double, secretary):
    rows = [
        factories.SignatureFactory(organisation=each, signer_email="a@x.example") for each in (kept, double)
    ]
    merge(double, kept, secretary)
    assert sorted(
        Signature.objects.filter(pk__in=[row.pk for row in rows]).values_list("status", flat=True)
    ) == ["expired", "unconfirmed"]
    assert queued() == []


def test_one_that_succeeds_the_other_can_be_merged(secretary):
    kept = company("Nieuw")
    old = company("Oud", successor=kept, succeeded_on=timezone.localdate())
    merge(old, kept, secretary)
    assert Organisation.objects.get(pk=kept.pk).successor is None


@pytest.mark.parametrize("why", ["register", "example", "itself"])
def test_some_are_not_merged(kept, double, secretary, why):
    if why == "register":
        double.in_register = True
    if why == "example":
        double.is_example = True
    double.save()
    with pytest.raises(merging.NoMerge):
        merge(double, double if why == "itself" else kept, secretary)


def test_preview_changes_nothing_and_mails_nobody(kept, double, secretary):
    for organisation in (kept, double):
        factories.SignatureFactory(organisation=organisation, published=True)
    merged = merging.preview(duplicate=double, into=kept, by=secretary)
    assert (sum(merged.moved.values()), len(merged.ended)) == (1, 1)
    assert (double.signatures.published().count(), kept.signatures.published().count(), queued()) == (
        1,
        1,
        [],
    )


@pytest.mark.parametrize("changed", ["kept", "double"])
def test_merging_what_a_colleague_changed_is_refused(kept, double, secretary, changed):
    Organisation.objects.filter(slug={"kept": "sensorhuis", "double": "sensorhuys"}[changed]).update(
        revision=5
    )
    with pytest.raises(ChangedMeanwhile):
        merge(double, kept, secretary)


@pytest.mark.django_db(transaction=True)
def test_merging_both_ways_at_once_leaves_one():
    one, two = company("Een"), company("Twee")
    by = factories.UserFactory(is_staff=True, roles=["secretariat"])
    results = at_once(partial(merge, one, two, by), partial(merge, two, one, by))
    assert sum(isinstance(result, merging.Merged) for result in results) == 1
    assert Organisation.objects.count() == 1


def test_rollback_of_a_merge_leaves_both(kept, double, secretary):
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 both belong to the transaction
        merge(double, kept, secretary)
        raise ZeroDivisionError
    assert Organisation.objects.filter(pk__in=[kept.pk, double.pk]).count() == 2


# Pages


def test_merge_page_shows_what_moves_and_merges(secretariat, kept, double):
    factories.RegistrationFactory(organisation=double)
    address = f"/en{STAFF}sensorhuys/samenvoegen/?into=sensorhuis"
    page = secretariat.get(address)
    assert "1 moves" in shown(page)
    answer = secretariat.post(address, {"revision": 1, "into_revision": 1, "reason": "Twee keer ingevoerd"})
    assert (answer.url, messages_of(answer)) == (
        f"/en{STAFF}sensorhuis/",
        [("success", "SensorHuys is now part of Sensorhuis.")],
    )
    assert Registration.objects.get().organisation == kept


def test_merge_page_without_reason_and_after_a_colleague(secretariat, kept, double):
    address = f"/en{STAFF}sensorhuys/samenvoegen/?into=sensorhuis"
    page = secretariat.post(address, {"revision": 1, "into_revision": 1, "reason": ""})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["reason"])
    Organisation.objects.filter(pk=kept.pk).update(revision=2, description="Van een collega")
    page = secretariat.post(address, {"revision": 1, "into_revision": 1, "reason": "Dubbel"})
    assert (page.status_code, page.context["form"]["into_revision"].value()) == (409, "2")
    assert Organisation.objects.filter(pk=double.pk).exists()


def test_merge_page_finds_the_other_one(secretariat, kept, double):
    page = secretariat.get(f"{STAFF}sensorhuys/samenvoegen/?q=12345678")
    assert page.context["found"][0] == kept
    assert [match.organisation for match in page.context["duplicates"]] == [kept]


@pytest.mark.parametrize(
    ("words", "names"), [("sensorhuys", ["SensorHuys"]), ("12345678", ["Sensorhuis"]), ("niets", [])]
)
def test_organisations_are_found(secretariat, kept, double, words, names):
    page = secretariat.get(f"{STAFF}?q={words}")
    assert [each.name for each in page.context["page"]] == names
