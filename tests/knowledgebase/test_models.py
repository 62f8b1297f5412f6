"""What the nouns of the knowledge base know about themselves, and what the database never lets them become."""

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from knowledgebase.models import Adoption, Practice
from knowledgebase.models.practice import CORE_FIELDS
from knowledgebase.models.reuse import NOTES, ONE_OF, SOME_OF
from tests import factories
from tests.database import accepts, refused_by, refused_saying

pytestmark = pytest.mark.django_db
LIFE = {
    "draft": {"submitted"},
    "submitted": {"in_review", "draft"},
    "in_review": {"published", "draft"},
    "published": {"archived"},
    "archived": {"published"},
}


@pytest.mark.parametrize(
    ("here", "there", "allowed"), [(here, there, there in LIFE[here]) for here in LIFE for there in LIFE]
)
def test_practice_moves_only_along_its_table(here, there, allowed):
    practice = factories.PracticeFactory(status=here)
    practice.themes.add(factories.ThemeFactory())
    assert practice.can_become(there) is allowed
    if here != there:  # writing the same status is no move
        assert accepts(lambda: Practice.objects.filter(pk=practice.pk).update(status=there)) is allowed


def test_life_of_a_practice_names_every_status():
    assert set(LIFE) == set(Practice.Status.values)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("status_is_known", {"status": "lost"}),
        ("phase_is_known", {"phase": "dream"}),
        *(("title_is_one_line", {"title": f"Een{sign}titel"}) for sign in "\x01\t\n\r\x0b\x7f\x85"),
        *(("answers_are_known", {name: "what"}) for name in ONE_OF),
        *(("chosen_are_known", {name: ["what"]}) for name in SOME_OF),
        (
            "evidence_is_known",
            {"evidence": "hearsay", "evidence_earned_on": "2025-01-01", "evidence_ends_on": "2027-01-01"},
        ),
        ("evidence_is_dated", {"evidence": "measured"}),
        ("external_has_its_source", {"is_external": True}),
        ("external_has_its_source", {"origin_url": "https://bron.example/"}),
        ("stopped_says_why", {"phase": "stopped"}),
        ("published_has_its_date", {"published_at": None}),
        ("published_has_its_date", {"archived": True, "published_at": None}),
        *(("sent_in_is_complete", {"submitted": True, name: ""}) for name in CORE_FIELDS),
        *(
            ("sent_in_is_complete", {"status": status, "shortfall": ""})
            for status in ("in_review", "published", "archived")
        ),
    ],
)
def test_practice_refuses(constraint, fields):
    with refused_by(f"knowledgebase_practice_{constraint}"):
        factories.PracticeFactory(**fields)


def test_practice_as_a_draft_may_be_empty():
    empty = factories.PracticeFactory(draft=True, **dict.fromkeys(CORE_FIELDS, ""))
    with override("en"):
        assert empty.missing_core_fields == [
            "title", "summary", "phase", "problem and occasion", "what we did", "result, and how it was measured",
            "what did not work", "function of the contact", "shared mailbox", "themes",
        ]  # fmt: skip


def test_practice_that_stopped_may_be_as_it_is_with_its_reason():
    assert factories.PracticeFactory(phase="stopped", stop_reason="Te duur.").missing_core_fields == []


def test_practice_is_not_published_by_who_sent_it_in():
    editor = factories.UserFactory()
    with refused_by("knowledgebase_practice_four_eyes"):
        factories.PracticeFactory(submitted_by=editor, published_by=editor)
    practice = factories.PracticeFactory(in_review=True, submitted_by=editor)
    with refused_by("knowledgebase_practice_four_eyes"):
        Practice.objects.filter(pk=practice.pk).update(
            status="published", published_at=timezone.now(), published_by=editor
        )


def test_part_in_a_practice_is_had_once(practice, ede):
    with refused_by("knowledgebase_practiceorganisation_is_unique"):
        factories.PracticeOrganisationFactory(practice=practice, organisation=ede, role="partner")


def test_part_in_a_practice_refuses_an_unknown_role():
    with refused_by("knowledgebase_practiceorganisation_role_is_known"):
        factories.PracticeOrganisationFactory(role="fan")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("stage_is_known", {"stage": "dreaming"}), ("stopped_says_why", {"stage": "stopped"})],
)
def test_adoption_refuses(constraint, fields):
    with refused_by(f"knowledgebase_adoption_{constraint}"):
        factories.AdoptionFactory(**fields)


def test_adoption_is_said_once_per_organisation(practice):
    adoption = factories.AdoptionFactory(practice=practice)
    with refused_by("knowledgebase_adoption_once_per_organisation"):
        factories.AdoptionFactory(practice=practice, organisation=adoption.organisation, stage="interested")


def test_adoption_is_not_of_the_own_practice(practice, ede):
    other = factories.AdoptionFactory(practice=practice)
    with refused_saying("an owner does not adopt its own practice"):
        factories.AdoptionFactory(practice=practice, organisation=ede)
    with refused_saying("an owner does not adopt its own practice"):
        Adoption.objects.filter(pk=other.pk).update(organisation=ede)
    mine = factories.PracticeOrganisationFactory(practice=practice, role="partner").organisation
    assert factories.AdoptionFactory(practice=practice, organisation=mine).organisation == mine


def test_adoption_is_not_learned_from_itself(ede):
    with refused_by("knowledgebase_adoption_not_learned_from_itself"):
        factories.AdoptionFactory(organisation=ede, learned_from=ede)


def test_practice_has_owners_and_teachers(practice, ede):
    partner = factories.PracticeOrganisationFactory(practice=practice, role="partner").organisation
    adopter = factories.AdoptionFactory(practice=practice, organisation__name="Epe").organisation
    factories.AdoptionFactory(practice=practice, organisation__name="Elst", learned_from=adopter)
    factories.AdoptionFactory()
    assert list(practice.owning_organisations()) == [ede]
    assert [organisation.name for organisation in practice.teachers()] == ["Ede", "Elst", "Epe"]
    assert partner not in practice.teachers()


def test_practice_names_its_building_blocks():
    with override("en"):
        assert Practice(building_blocks=["process", "product"]).building_block_labels == [
            "Process used",
            "Reusable product or service",
        ]


def test_practice_names_its_owners(practice):
    factories.PracticeOrganisationFactory(practice=practice, organisation__name="Wageningen")
    factories.PracticeOrganisationFactory(practice=practice, organisation__name="Partner", role="partner")
    assert Practice.objects.with_card_data().get().owner_names == "Ede, Wageningen"


def test_history_of_a_practice_keeps_every_text(practice):
    practice.shortfall = "Later bedacht."
    practice.save()
    assert list(practice.events.order_by("pgh_id").values_list("pgh_label", "shortfall")) == [
        ("insert", "Wat niet werkte."),
        ("update", "Later bedacht."),
    ]


def test_history_of_an_adoption_does_not_say_who_said_so(practice):
    person = factories.UserFactory(name="Bas Bakker", email="bas@epe.example")
    factories.AdoptionFactory(practice=practice, claimed_by=person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e) FROM knowledgebase_adoptionevent e")
        (row,) = cursor.fetchall()
    assert [name for name in ("claimed_by_id", "claimed_by") if name in row[0]] == []


def test_things_have_addresses_and_names(practice):
    part = factories.PracticeOrganisationFactory.build(
        practice_id=3, organisation_id=4, practice=None, organisation=None
    )
    assert (practice.get_absolute_url(), str(practice)) == ("/kennisbank/laadpalen/", "Laadpalen vinden")
    assert str(Adoption(organisation_id=3, practice_id=4, stage="in_use")) == "3 in_use 4"
    assert str(part).split()[1] == "owner"


def test_practice_from_elsewhere_is_published_without_the_core_fields():
    practice = factories.PracticeFactory(external=True, owner=False)
    assert (practice.status, practice.shortfall) == ("published", "")
    Practice.objects.filter(pk=practice.pk).update(status="archived")
    assert accepts(lambda: Practice.objects.filter(pk=practice.pk).update(status="published"))


def test_practice_from_elsewhere_comes_once():
    address = factories.PracticeFactory(external=True).origin_url
    with refused_by("knowledgebase_practice_source_is_unique"):
        factories.PracticeFactory(external=True, origin_url=address)


def test_company_is_a_partner_of_a_practice_never_its_owner(practice):
    company = factories.OrganisationFactory(kind="company")
    with refused_saying("a company takes part as a partner only"):
        factories.PracticeOrganisationFactory(practice=practice, organisation=company)
    part = factories.PracticeOrganisationFactory(practice=practice, organisation=company, role="partner")
    with refused_saying("a company takes part as a partner only"):
        type(part).objects.filter(pk=part.pk).update(role="owner")


@pytest.mark.parametrize("kind", [None, "university"])
@pytest.mark.parametrize(("here", "there"), [("draft", "submitted"), ("in_review", "published")])
def test_practice_goes_on_only_with_a_government_as_owner(kind, here, there):
    owner = factories.OrganisationFactory(kind=kind) if kind else False
    practice = factories.practice_at(here, owner=owner)
    with refused_saying("no government owns this practice"):
        Practice.objects.filter(pk=practice.pk).update(status=there, published_at=timezone.now())


def test_practice_tells_what_nobody_answered_yet():
    practice = Practice(
        legal_note="Artikel 160.", gaps={"ethics_note": "unknown", "dpia_note": "not_applicable"}
    )
    with override("en"):
        assert practice.gap_of("ethics_note") == "We do not know this"
        assert practice.gap_of("legal_note") == ""
        assert len(practice.unanswered) == len(NOTES) - 3


def test_tag_is_there_once_whatever_its_case():
    factories.TagFactory(name="Laadpaal")
    with refused_by("knowledgebase_tag_name_is_unique"):
        factories.TagFactory(name="laadpaal")


def test_tag_has_a_name_and_is_not_merged_into_itself():
    with refused_by("knowledgebase_tag_name_is_not_empty"):
        factories.TagFactory(name=" ")
    tag = factories.TagFactory()
    with refused_by("knowledgebase_tag_not_merged_into_itself"):
        type(tag).objects.filter(pk=tag.pk).update(merged_into=tag)


def test_tag_that_was_merged_does_not_stand():
    stays = factories.TagFactory()
    factories.TagFactory(merged_into=stays)
    assert list(type(stays).objects.standing()) == [stays]
