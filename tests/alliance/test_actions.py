"""What happens to a signature, step by step: rows, people and mail together or not at all."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from alliance import actions
from alliance.models import Membership, Organisation, Signature
from smartsociety.core.models import Mail, User
from smartsociety.core.states import InvalidTransition
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.database import at_once, rolled_back
from tests.mailbox import links_in, newest, queued

pytestmark = pytest.mark.django_db


def sign(organisation, declaration, **changed) -> Signature:
    """Sign as Anna Aerts of Almere."""
    answers = {
        "signer_name": "Anna Aerts",
        "signer_function": "Wethouder",
        "signer_email": "anna@almere.example",
        "language": "nl",
        "mandate_by": "College van B en W",
        "mandate_on": date(2026, 3, 2),
    }
    return actions.sign(organisation=organisation, declaration=declaration, **answers | changed)


def token_in_mail() -> str:
    """The secret that the newest mail to a signer holds."""
    return links_in(newest("alliance/confirm_signature"))[0].rstrip("/").rpartition("/")[2]


@pytest.fixture
def secretary():
    """Somebody of the secretariat."""
    return factories.UserFactory(is_staff=True, roles=["secretariat"])


@pytest.fixture
def submitted(almere):
    """A signature of Almere that waits for the secretariat."""
    return factories.SignatureFactory(organisation=almere, submitted=True, signer_email="anna@almere.example")


def test_enter_organisation_makes_one_that_nobody_sees_yet(db):
    organisation = actions.enter_organisation(
        name="Sensoria BV", kind="company", place="Ede", province="gelderland"
    )
    kept = Organisation.objects.values_list("name", "slug", "kind", "place", "province", "in_register").get()
    assert kept == ("Sensoria BV", "sensoria-bv", "company", "Ede", "gelderland", False)
    assert organisation not in Organisation.objects.public()


def test_enter_organisation_twice_is_the_same_one_whatever_the_capitals(db):
    first = actions.enter_organisation(name="Sensoria BV", kind="company", place="Ede")
    assert actions.enter_organisation(name="sensoria bv", kind="company", place="ede") == first
    elsewhere = actions.enter_organisation(name="Sensoria BV", kind="company", place="Epe")
    assert (elsewhere.pk == first.pk, elsewhere.slug) == (False, "sensoria-bv-2")


def test_sign_keeps_what_was_answered_and_mails_the_signer_a_link(almere, declaration):
    theme = factories.ThemeFactory()
    signature = sign(
        almere, declaration, contributes=["process"], themes=[theme], statement="Samen.", publish_name=True
    )
    kept = Signature.objects.values(
        "organisation", "declaration", "signer_name", "signer_function", "signer_email", "language", "mandate_by",
        "mandate_on", "contributes", "statement", "publish_name", "status",
    ).get()  # fmt: skip
    assert kept == {
        "organisation": almere.pk,
        "declaration": declaration.pk,
        "signer_name": "Anna Aerts",
        "signer_function": "Wethouder",
        "signer_email": "anna@almere.example",
        "language": "nl",
        "mandate_by": "College van B en W",
        "mandate_on": date(2026, 3, 2),
        "contributes": ["process"],
        "statement": "Samen.",
        "publish_name": True,
        "status": "unconfirmed",
    }
    assert list(signature.themes.all()) == [theme]
    assert queued() == [("alliance/confirm_signature", "anna@almere.example", "nl")]


def test_sign_stores_the_secret_as_a_hash_only(almere, declaration):
    sign(almere, declaration)
    token = token_in_mail()
    assert Signature.objects.get().confirmation_hash == hash_token(token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM alliance_signature s")
        assert token not in cursor.fetchone()[0]


def test_sign_gives_seven_days_to_confirm(almere, declaration, time_machine):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    assert sign(almere, declaration).confirmation_expires_at == timezone.now() + timedelta(days=7)


def test_sign_twice_by_the_same_signer_keeps_the_last_answers_and_link(almere, declaration):
    sign(almere, declaration, statement="Eerst.", signer_email="Anna@Almere.example")
    first_token = token_in_mail()
    sign(almere, declaration, statement="Later.")
    assert [signature.statement for signature in Signature.objects.all()] == ["Later."]
    assert Signature.objects.with_token(first_token) is None
    assert Signature.objects.with_token(token_in_mail()) == Signature.objects.get()


def test_sign_by_two_people_keeps_both_until_one_confirms(almere, declaration):
    sign(almere, declaration)
    sign(almere, declaration, signer_email="bas@almere.example")
    assert Signature.objects.unconfirmed().count() == 2


@pytest.mark.parametrize("status", ["submitted", "published", "on_hold"])
def test_sign_is_refused_while_a_signature_stands(almere, declaration, status):
    factories.SignatureFactory(organisation=almere, declaration=declaration, **{status: True})
    with pytest.raises(actions.AlreadySigned):
        sign(almere, declaration)
    assert queued() == []


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "expired"])
def test_sign_is_possible_again_after_the_end_of_another(almere, declaration, status):
    factories.SignatureFactory(organisation=almere, declaration=declaration, **{status: True})
    assert sign(almere, declaration).status == "unconfirmed"


def test_sign_a_newer_version_beside_the_older(almere, declaration):
    factories.SignatureFactory(organisation=almere, declaration=declaration, published=True)
    assert sign(almere, factories.DeclarationFactory(version=2)).status == "unconfirmed"


def test_confirm_hands_the_signature_to_the_secretariat(almere, declaration, settings):
    settings.SECRETARIAT_EMAIL = "secretariaat@vng.example"
    sign(almere, declaration, language="en")
    confirmed = actions.confirm(token=token_in_mail())
    confirmed.refresh_from_db()
    assert (confirmed.status, confirmed.confirmation_hash, confirmed.confirmation_expires_at) == (
        "submitted",
        "",
        None,
    )
    assert timezone.now() - confirmed.confirmed_at < timedelta(minutes=1)
    assert queued()[1:] == [
        ("alliance/signature_received", "anna@almere.example", "en"),
        ("alliance/signature_to_verify", "secretariaat@vng.example", "nl"),
    ]


def test_confirm_works_once(almere, declaration):
    sign(almere, declaration)
    actions.confirm(token=token_in_mail())
    with pytest.raises(Signature.DoesNotExist):
        actions.confirm(token=token_in_mail())
    assert len(queued()) == 3


def test_confirm_after_seven_days_changes_nothing(almere, declaration, time_machine):
    sign(almere, declaration)
    token = token_in_mail()
    time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1))
    with pytest.raises(actions.ConfirmationExpired):
        actions.confirm(token=token)
    assert Signature.objects.get().status == "unconfirmed"
    assert len(queued()) == 1


def test_confirm_second_signature_of_one_organisation_is_refused(almere, declaration):
    sign(almere, declaration)
    first = token_in_mail()
    sign(almere, declaration, signer_email="bas@almere.example")
    second = token_in_mail()
    actions.confirm(token=second)
    with pytest.raises(actions.AlreadySigned) as refusal:
        actions.confirm(token=first)
    assert refusal.value.args == (almere,)
    assert list(Signature.objects.active().values_list("signer_email", flat=True)) == ["bas@almere.example"]
    assert len(queued()) == 4


@pytest.mark.django_db(transaction=True)
def test_confirm_by_two_people_at_once_leaves_one_signature():
    organisation, declaration = factories.OrganisationFactory(), factories.DeclarationFactory()
    tokens = []
    for address in ("anna@almere.example", "bas@almere.example"):
        sign(organisation, declaration, signer_email=address)
        tokens.append(token_in_mail())
    results = at_once(*(partial(actions.confirm, token=token) for token in tokens))
    assert sorted(type(result).__name__ for result in results) == ["AlreadySigned", "Signature"]
    assert sorted(Signature.objects.values_list("status", flat=True)) == ["submitted", "unconfirmed"]
    assert [kind for kind, _to, _language in queued()].count("alliance/signature_to_verify") == 1


@pytest.mark.django_db(transaction=True)
def test_confirm_of_one_link_twice_at_once_counts_once():
    sign(factories.OrganisationFactory(), factories.DeclarationFactory())
    token = token_in_mail()
    results = at_once(*[partial(actions.confirm, token=token)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["DoesNotExist", "Signature"]
    assert len(queued()) == 3


def test_publish_makes_the_organisation_a_signatory_and_its_signer_a_representative(
    submitted, almere, secretary
):
    published = actions.publish(signature=submitted, by=secretary)
    published.refresh_from_db()
    assert (published.status, published.decided_by, published.decided_at) == (
        "published",
        secretary,
        published.published_at,
    )
    assert list(Organisation.objects.signatories()) == [almere]
    membership = Membership.objects.get()
    assert (membership.organisation, membership.role, membership.user.email) == (
        almere,
        "representative",
        "anna@almere.example",
    )
    assert queued() == [("alliance/signature_published", "anna@almere.example", "nl")]


def test_publish_gives_the_signer_a_proven_account_without_password_or_rights(submitted, secretary):
    actions.publish(signature=submitted, by=secretary)
    person = User.objects.get(email="anna@almere.example")
    address = person.emailaddress_set.values_list("email", "verified", "primary").get()
    assert address == ("anna@almere.example", True, True)
    assert (person.name, person.language, person.has_usable_password()) == ("Anna Aerts", "nl", False)
    assert (person.is_staff, person.roles) == (False, [])


def test_publish_makes_an_editor_who_signed_a_representative(submitted, almere, secretary):
    editor = factories.UserFactory(email="anna@almere.example", name="Anna A.")
    factories.MembershipFactory(user=editor, organisation=almere, role="editor")
    actions.publish(signature=submitted, by=secretary)
    assert [(row.user, row.role) for row in Membership.objects.all()] == [(editor, "representative")]
    editor.refresh_from_db()
    assert editor.name == "Anna A."  # her own account is not rewritten by what was typed in a form


def test_reject_says_why_to_the_signer(submitted, secretary):
    rejected = actions.reject(signature=submitted, by=secretary, reason="Het besluit ontbreekt.")
    rejected.refresh_from_db()
    assert (rejected.status, rejected.decided_by, rejected.reason) == (
        "rejected",
        secretary,
        "Het besluit ontbreekt.",
    )
    assert rejected.published_at is None
    assert queued() == [("alliance/signature_rejected", "anna@almere.example", "nl")]
    assert Membership.objects.count() == 0


def test_withdraw_leaves_a_dated_tombstone_without_any_name(almere):
    signature = factories.SignatureFactory(
        organisation=almere, published=True, signer_name="Anna Aerts", signer_function="Wethouder X",
        signer_email="anna@almere.example", language="en", publish_name=True, confirmation_hash="f" * 64,
    )  # fmt: skip
    by = factories.MembershipFactory(organisation=almere).user
    withdrawn = actions.withdraw(signature=signature, by=by, reason="Fusie.")
    withdrawn.refresh_from_db()
    assert (withdrawn.status, withdrawn.reason, withdrawn.decided_by) == ("withdrawn", "Fusie.", by)
    assert withdrawn.withdrawn_at == withdrawn.decided_at
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM alliance_signature s")
        row = cursor.fetchone()[0]
    assert not [part for part in ("Anna", "Wethouder", "anna@almere.example", "f" * 64) if part in row]
    assert (withdrawn.publish_name, withdrawn.public_signer) == (False, "")
    assert queued() == [("alliance/signature_withdrawn", "anna@almere.example", "en")]
    assert list(Organisation.objects.signatories()) == []


def test_withdraw_ends_every_version_that_the_organisation_signed(almere):
    first = factories.SignatureFactory(
        organisation=almere, published=True, signer_email="anna@almere.example", declaration__version=1
    )
    second = factories.SignatureFactory(
        organisation=almere, on_hold=True, signer_email="bert@almere.example", declaration__version=2
    )
    elsewhere = factories.SignatureFactory(published=True)
    actions.withdraw(signature=second, by=factories.MembershipFactory(organisation=almere).user)
    for signature in (first, second, elsewhere):
        signature.refresh_from_db()
    assert [each.status for each in (first, second, elsewhere)] == ["withdrawn", "withdrawn", "published"]
    assert (first.signer_name, first.signer_email) == ("", "")
    assert {to for _kind, to, _language in queued()} == {"anna@almere.example", "bert@almere.example"}
    assert almere not in Organisation.objects.signatories()


DECISIONS = {
    "publish": actions.publish,
    "reject": partial(actions.reject, reason="Nee."),
    "withdraw": actions.withdraw,
}


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        *(
            ("publish", status)
            for status in ("unconfirmed", "published", "on_hold", "rejected", "withdrawn", "expired")
        ),
        *(("reject", status) for status in ("published", "on_hold", "rejected", "withdrawn", "expired")),
        *(("withdraw", status) for status in ("unconfirmed", "rejected", "withdrawn", "expired")),
    ],
)
def test_decision_that_comes_too_late_or_too_early_changes_nothing(decision, status, secretary):
    signature = factories.signature_at(status)
    before = Signature.objects.values().get()
    with pytest.raises(InvalidTransition):
        DECISIONS[decision](signature=signature, by=secretary)
    assert Signature.objects.values().get() == before
    assert (queued(), Membership.objects.count()) == ([], 0)


def test_decision_looks_at_the_row_as_it_is_now(submitted, secretary):
    stale = Signature.objects.get(pk=submitted.pk)
    actions.publish(signature=submitted, by=secretary)
    with pytest.raises(InvalidTransition):
        actions.reject(signature=stale, by=secretary, reason="Te laat.")


@pytest.mark.django_db(transaction=True)
def test_decisions_of_two_colleagues_at_once_are_one_decision():
    signature = factories.SignatureFactory(submitted=True)
    colleagues = factories.UserFactory.create_batch(2, is_staff=True, roles=["secretariat"])
    results = at_once(
        partial(actions.publish, signature=signature, by=colleagues[0]),
        partial(actions.reject, signature=signature, by=colleagues[1], reason="Nee."),
    )
    assert sorted(type(result).__name__ for result in results) == ["InvalidTransition", "Signature"]
    assert len(queued()) == 1


def test_expire_erases_the_signer_of_what_nobody_confirmed(almere, declaration):
    now = timezone.now()
    old = sign(almere, declaration)
    Signature.objects.filter(pk=old.pk).update(confirmation_expires_at=now - timedelta(seconds=1))
    fresh = sign(almere, declaration, signer_email="bas@almere.example")
    waiting = factories.SignatureFactory(submitted=True, confirmation_expires_at=now - timedelta(days=1))
    assert actions.expire_unconfirmed() == 1
    for signature in (old, fresh, waiting):
        signature.refresh_from_db()
    assert (old.status, fresh.status, waiting.status) == ("expired", "unconfirmed", "submitted")
    assert (old.signer_name, old.signer_function, old.signer_email, old.confirmation_hash) == ("", "", "", "")
    assert fresh.signer_email == "bas@almere.example"


@pytest.mark.parametrize(("days", "forgotten"), [(91, True), (89, False)])
def test_erase_rejected_forgets_the_signer_after_ninety_days(days, forgotten):
    decided_at = timezone.now() - timedelta(days=days)
    rejected = factories.SignatureFactory(rejected=True, decided_at=decided_at, reason="Geen besluit.")
    standing = factories.SignatureFactory(published=True, decided_at=decided_at)
    assert [actions.erase_rejected() for _night in "ab"] == [int(forgotten), 0]
    rejected.refresh_from_db()
    standing.refresh_from_db()
    named = [bool(part) for part in (rejected.signer_name, rejected.signer_function, rejected.signer_email)]
    assert (rejected.status, rejected.reason, named) == ("rejected", "Geen besluit.", [not forgotten] * 3)
    assert standing.signer_name == "Anna Aerts"


def test_publish_declaration_seals_its_text():
    draft = factories.DeclarationFactory(version=2, published_at=None, sha256="")
    actions.publish_declaration(declaration=draft)
    draft.refresh_from_db()
    assert draft.sha256 == draft.compute_sha256()
    assert draft.published_at <= timezone.now()


def test_rollback_leaves_no_signature_and_no_mail(almere, declaration):
    with rolled_back():
        sign(almere, declaration)
        assert Mail.objects.count() == 1
    assert (Signature.objects.count(), queued()) == (0, [])


def test_person_stays_out_of_the_history_of_signature_account_and_membership(almere, declaration, secretary):
    sign(almere, declaration)
    signature = actions.publish(signature=actions.confirm(token=token_in_mail()), by=secretary)
    actions.withdraw(signature=signature, by=User.objects.get(email="anna@almere.example"))
    with connection.cursor() as cursor:
        tables = ("alliance_signatureevent", "alliance_membershipevent", "core_userevent")
        cursor.execute(" UNION ALL ".join(f"SELECT row_to_json(e)::text FROM {table} e" for table in tables))  # noqa: S608
        history = [row[0] for row in cursor.fetchall()]
    assert len(history) == 7  # four steps of the signature, two accounts, one membership
    leaks = [
        word for word in ("Anna", "Wethouder", "anna@almere", secretary.email) if word in "".join(history)
    ]
    assert leaks == []
