"""What the nouns of the alliance know about themselves, and what the database never lets them become."""

from hashlib import sha256

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from alliance.models import Declaration, Membership, Organisation, Signature
from alliance.models.organisation import HELIX_KINDS, Kind
from tests import factories
from tests.database import accepts, refused_by, refused_saying

pytestmark = pytest.mark.django_db
LIFE = {
    "unconfirmed": {"submitted", "expired", "rejected"},
    "submitted": {"published", "rejected", "withdrawn"},
    "published": {"on_hold", "withdrawn"},
    "on_hold": {"published", "withdrawn"},
    "rejected": {"submitted", "unconfirmed"},
    "withdrawn": set(),
    "expired": set(),
}
STEPS = [(here, there, there in LIFE[here]) for here in LIFE for there in LIFE]
BLANK = {"signer_name": "", "signer_function": "", "signer_email": ""}


def columns_for(status: str) -> dict:
    """What the columns beside `status` must be, so that only the transition can be the reason of a refusal."""
    now = timezone.now()
    confirmed = {"confirmed_at": now, "signer_email": "a@b.example", "withdrawn_at": None}
    if status == "withdrawn":
        return {"withdrawn_at": now, **BLANK}
    return confirmed | ({"published_at": now} if status in ("published", "on_hold") else {})


@pytest.mark.parametrize(("here", "there", "allowed"), STEPS)
def test_signature_moves_only_along_its_table(here, there, allowed):
    signature = factories.signature_at(here)
    assert signature.can_become(there) is allowed
    if here != there:  # writing the same status is no move
        change = Signature.objects.filter(pk=signature.pk).update
        assert accepts(lambda: change(status=there, **columns_for(there))) is allowed


def test_life_of_a_signature_names_every_status():
    assert set(LIFE) == set(Signature.Status.values)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("kind_is_known", {"kind": "choir"}),
        ("province_is_known", {"province": "bavaria"}),
        ("place_on_map_is_whole", {"latitude": "52.100"}),
        ("place_on_map_is_whole", {"longitude": "5.100"}),
        ("place_on_map_is_whole", {"latitude": "40.000", "longitude": "5.100"}),
    ],
)
def test_organisation_refuses(constraint, fields):
    with refused_by(f"alliance_organisation_{constraint}"):
        factories.OrganisationFactory(**fields)


def test_organisation_code_of_cbs_is_of_one_organisation():
    factories.OrganisationFactory(cbs_code="GM0034")
    factories.OrganisationFactory.create_batch(2, cbs_code="")
    with refused_by("alliance_organisation_cbs_code_is_unique"):
        factories.OrganisationFactory(cbs_code="GM0034")


def test_organisation_is_entered_once_per_name_kind_and_place_whatever_the_capitals():
    entered = {"name": "Sensoria", "kind": "company", "place": "Ede", "in_register": False}
    factories.OrganisationFactory(**entered)
    for other in ({"name": "Sensoria Plus"}, {"kind": "branch"}, {"place": "Epe"}):
        factories.OrganisationFactory(**entered | other)
    with refused_by("alliance_organisation_is_entered_once"):
        factories.OrganisationFactory(**entered | {"name": "SENSORIA", "place": "ede"})


def test_organisation_does_not_succeed_itself(almere):
    with refused_by("alliance_organisation_does_not_succeed_itself"):
        Organisation.objects.filter(pk=almere.pk).update(successor=almere, succeeded_on=timezone.localdate())


@pytest.mark.parametrize("kind", Kind.values)
def test_organisation_of_any_kind_is_on_one_side_of_the_helix(kind):
    assert [helix for helix, kinds in HELIX_KINDS.items() if kind in kinds] == [Organisation(kind=kind).helix]


@pytest.mark.parametrize(
    ("website", "noted", "known"),
    [
        ("https://www.almere.example/wonen", [], ["almere.example"]),
        ("https://almere.example", ["ALMERE.example", "flevo.example"], ["almere.example", "flevo.example"]),
        ("", ["flevo.example"], ["flevo.example"]),
        ("", [], []),
    ],
)
def test_organisation_knows_domains_of_its_website_and_of_staff(website, noted, known):
    assert Organisation(website=website, email_domains=noted).known_domains == known


def test_membership_is_once_per_person_and_organisation():
    membership = factories.MembershipFactory()
    with refused_by("alliance_membership_is_unique"):
        factories.MembershipFactory(user=membership.user, organisation=membership.organisation, role="editor")


def test_membership_refuses_an_unknown_role():
    with refused_by("alliance_membership_role_is_known"):
        factories.MembershipFactory(role="mayor")


def test_declaration_is_published_with_its_hash_only():
    with refused_by("alliance_declaration_published_text_has_its_hash"):
        factories.DeclarationFactory(sha256="")


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"title_nl": "Anders"},
        {"title_en": "Other"},
        {"text_nl": "Anders."},
        {"text_en": "Other."},
        {"sha256": "0" * 64},
    ],
)
def test_declaration_text_is_fixed_once_published(declaration, change):
    with refused_saying("Cannot update rows from alliance_declaration"):
        Declaration.objects.filter(pk=declaration.pk).update(**change)


def test_declaration_may_lose_the_word_concept_after_publication(declaration):
    Declaration.objects.filter(pk=declaration.pk).update(is_concept=True)
    Declaration.objects.filter(pk=declaration.pk).update(is_concept=False)
    declaration.refresh_from_db()
    assert declaration.is_concept is False


def test_declaration_stays_once_published(declaration):
    with refused_saying("Cannot delete rows from alliance_declaration"):
        Declaration.objects.filter(pk=declaration.pk).delete()


def test_declaration_draft_can_change_and_go():
    draft = factories.DeclarationFactory(version=2, published_at=None, sha256="")
    Declaration.objects.filter(pk=draft.pk).update(text_nl="Beter.")
    Declaration.objects.filter(pk=draft.pk).delete()
    assert not Declaration.objects.filter(pk=draft.pk).exists()


def test_declaration_hash_is_of_titles_and_texts_in_both_languages(declaration):
    whole = "Steunverklaring\nWij werken samen.\nDeclaration of support\nWe work together.\n"
    assert declaration.compute_sha256() == declaration.sha256 == sha256(whole.encode()).hexdigest()


@pytest.mark.parametrize(("language", "title"), [("nl", "Steunverklaring"), ("en", "Declaration of support")])
def test_declaration_speaks_the_language_of_the_page(declaration, language, title):
    with override(language):
        assert (declaration.title, str(declaration)) == (title, f"{title} (1)")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("status_is_known", {"status": "lost"}),
        ("contributes_is_known", {"contributes": ["money"]}),
        ("active_has_a_confirmed_signer", {"submitted": True, "confirmed_at": None}),
        ("active_has_a_confirmed_signer", {"submitted": True, "signer_email": ""}),
        ("published_has_its_date", {"published": True, "published_at": None}),
        ("published_has_its_date", {"on_hold": True, "published_at": None}),
        ("withdrawn_is_dated_and_nameless", {"withdrawn": True, "withdrawn_at": None}),
        ("withdrawn_is_dated_and_nameless", {"withdrawn": True, "signer_name": "Anna Aerts"}),
        ("withdrawn_is_dated_and_nameless", {"withdrawn": True, "signer_email": "anna@almere.example"}),
        ("withdrawn_is_dated_and_nameless", {"published": True, "withdrawn_at": timezone.now()}),
    ],
)
def test_signature_refuses(constraint, fields):
    with refused_by(f"alliance_signature_{constraint}"):
        factories.SignatureFactory(**fields)


@pytest.mark.parametrize("first", ["submitted", "published", "on_hold"])
@pytest.mark.parametrize("second", ["submitted", "published", "on_hold"])
def test_signature_is_active_once_per_organisation_and_version(almere, first, second):
    factories.SignatureFactory(organisation=almere, **{first: True})
    with refused_by("alliance_signature_one_active_per_version"):
        factories.SignatureFactory(organisation=almere, **{second: True})


def test_signature_can_be_active_under_two_versions(almere):
    factories.SignatureFactory(organisation=almere, published=True)
    factories.SignatureFactory(organisation=almere, declaration__version=2, published=True)
    assert Signature.objects.active().filter(organisation=almere).count() == 2


def test_signature_waits_once_per_signer(almere):
    factories.SignatureFactory(organisation=almere, signer_email="anna@almere.example")
    factories.SignatureFactory(organisation=almere, signer_email="bas@almere.example")
    with refused_by("alliance_signature_one_unconfirmed_per_signer"):
        factories.SignatureFactory(organisation=almere, signer_email="anna@almere.example")


@pytest.mark.parametrize(("consent", "seen"), [(True, "Anna Aerts, Burgemeester"), (False, "Burgemeester")])
def test_signature_shows_the_signers_name_with_consent_only(consent, seen):
    assert factories.SignatureFactory.build(publish_name=consent, organisation=None).public_signer == seen


@pytest.mark.parametrize(
    ("address", "matches"),
    [
        ("anna@almere.example", True),
        ("anna@mail.almere.example", True),
        ("anna@nepalmere.example", False),
        ("anna@almere.example.evil.example", False),
        ("anna@gmail.example", False),
        ("", False),
    ],
)
def test_signature_compares_the_signers_domain_with_the_organisation(almere, address, matches):
    assert Signature(organisation=almere, signer_email=address).domain_matches is matches


def test_signature_code_is_twelve_signs_without_look_alikes():
    codes = {Signature().code for _number in range(50)}
    assert len(codes) == 50
    assert {len(code) for code in codes} == {12}
    assert not set("".join(codes)) & set("01IO")


def test_signature_names_what_it_brings():
    with override("en"):
        assert Signature(contributes=["process", "knowledge"]).contributions == [
            "Process used",
            "Knowledge gained",
        ]


def test_history_keeps_every_step_of_a_signature_and_no_person():
    signature = factories.SignatureFactory(signer_name="Anna Aerts", signer_email="anna@almere.example")
    signature.become("expired")
    signature.forget_signer()
    signature.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, status, row_to_json(e)::text FROM alliance_signatureevent e ORDER BY pgh_id"
        )
        rows = cursor.fetchall()
    assert [row[:2] for row in rows] == [("insert", "unconfirmed"), ("update", "expired")]
    everything = "".join(row[2] for row in rows)
    assert not [secret for secret in ("Anna", "Burgemeester", "anna@almere.example") if secret in everything]


@pytest.mark.parametrize("sql", ["UPDATE {} SET status = 'published'", "DELETE FROM {}"])
def test_history_of_signatures_is_never_rewritten(sql):
    factories.SignatureFactory()
    with refused_saying("Cannot update or delete rows"), connection.cursor() as cursor:
        cursor.execute(sql.format("alliance_signatureevent"))


def test_names_of_things_are_their_words(almere, declaration):
    membership = Membership(user_id=7, organisation_id=9, role="editor")
    signature = factories.SignatureFactory(organisation=almere)
    assert str(almere) == "Almere"
    assert str(membership) == "7 editor 9"
    with override("en"):
        assert str(signature) == "Almere (Not confirmed yet)"
        assert str(factories.ThemeFactory(name_en="Energy")) == "Energy"
