"""The declaration editor: drafts, plans, publication, and the invitation to sign again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alliance.actions import declaration as editor
from alliance.models import Declaration, Signature
from alliance.tasks import invite_to_renew
from tests import factories
from tests.mailbox import links_in, newest, queued
from tests.pages import english, messages_of, shown

pytestmark = pytest.mark.django_db
DESK = "/beheer/steunverklaring/"


@pytest.fixture
def secretary(db):
    return factories.UserFactory(is_staff=True, roles=["secretariat"])


@pytest.fixture
def draft(declaration):
    """Version 2, not published."""
    return factories.DeclarationFactory(
        version=2, published_at=None, sha256="", text_nl="## Samen\n\nWij **werken** samen.", is_concept=True
    )


def test_draft_starts_from_the_wording_in_force(secretary, declaration):
    draft = editor.start_draft(by=secretary)
    assert (draft.version, draft.text_nl, draft.published_at) == (2, declaration.text_nl, None)
    with pytest.raises(editor.DraftExists):
        editor.start_draft(by=secretary)


def test_first_draft_of_all(secretary):
    assert editor.start_draft(by=secretary).version == 1


STATES = {"draft": None, "planned": timedelta(days=1), "in force": timedelta(days=-1)}
WORDS = {"title_nl": "T", "title_en": "T", "text_nl": "N", "text_en": "E"}
POSSIBLE = {
    "save": (
        {"draft"},
        lambda each, by: editor.save_draft(
            declaration=each, seen=each.compute_sha256(), is_concept=False, by=by, **WORDS
        ),
    ),
    "publish": (
        {"draft"},
        lambda each, by: editor.publish_declaration(declaration=each, seen=each.compute_sha256(), by=by),
    ),
    "unplan": ({"planned"}, lambda each, by: editor.unplan(declaration=each, by=by)),
    "discard": (
        {"draft"},
        lambda each, by: editor.discard_draft(declaration=each, seen=each.compute_sha256(), by=by),
    ),
}


@pytest.mark.parametrize("step", POSSIBLE)
@pytest.mark.parametrize("state", STATES)
def test_what_can_be_done_with_a_version(draft, secretary, step, state):
    if STATES[state]:
        Declaration.objects.filter(pk=draft.pk).update(
            published_at=timezone.now() + STATES[state], sha256=draft.compute_sha256()
        )
    draft.refresh_from_db()
    before = Declaration.objects.filter(pk=draft.pk).values().get()
    states, act = POSSIBLE[step]
    if state in states:
        act(draft, secretary)
        assert Declaration.objects.filter(pk=draft.pk).values().first() != before
    else:
        with pytest.raises(editor.NotADraft):
            act(draft, secretary)
        assert Declaration.objects.filter(pk=draft.pk).values().get() == before


def test_planned_version_comes_into_force_by_itself(draft, declaration, secretary):
    at = timezone.now() + timedelta(days=3)
    editor.publish_declaration(declaration=draft, at=at, by=secretary)
    assert Declaration.objects.current() == declaration
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert Declaration.objects.current() == draft
        with pytest.raises(editor.NotADraft):
            editor.unplan(declaration=draft, by=secretary)


def test_planned_version_can_be_changed_after_it_is_a_draft_again(draft, secretary):
    editor.publish_declaration(declaration=draft, at=timezone.now() + timedelta(days=3), by=secretary)
    again = editor.unplan(declaration=draft, by=secretary)
    editor.save_draft(declaration=again, seen=again.compute_sha256(), is_concept=False, by=secretary, **WORDS)
    sealed = editor.publish_declaration(declaration=again, by=secretary)
    assert sealed.sha256 == sealed.compute_sha256()


@pytest.mark.parametrize("step", ["save", "publish", "discard"])
def test_draft_that_a_colleague_changed_is_not_overwritten(draft, secretary, step):
    stale = Declaration.objects.get(pk=draft.pk)
    Declaration.objects.filter(pk=draft.pk).update(text_en="Better.")
    with pytest.raises(editor.TextChanged):
        POSSIBLE[step][1](stale, secretary)


# Signing again


def renew() -> list[tuple[str, str, str]]:
    invite_to_renew(timestamp=0)
    return queued()


def test_new_version_invites_earlier_signatories_once(almere, draft, secretary):
    signature = factories.SignatureFactory(
        organisation=almere, published=True, signer_email="anna@almere.example", language="en"
    )
    assert renew() == []
    editor.publish_declaration(declaration=draft, by=secretary)
    assert renew() == [("alliance/sign_again", "anna@almere.example", "en")]
    assert len(renew()) == 1
    mail = newest("alliance/sign_again")
    assert [link.split("/en/")[1] for link in links_in(mail)] == [
        "steunverklaring/versies/1/vergelijk/2/",
        "steunverklaring/ondertekenen/",
    ]
    signature.refresh_from_db()
    assert (signature.status, signature.renewal_asked_for) == ("published", 2)


def test_representatives_are_invited_rather_than_who_signed(almere, draft, secretary):
    factories.SignatureFactory(organisation=almere, published=True)
    person = factories.MembershipFactory(organisation=almere).user
    factories.MembershipFactory(organisation=almere, role="editor")
    editor.publish_declaration(declaration=draft, by=secretary)
    assert renew() == [("alliance/sign_again", person.email, "nl")]


def test_planned_version_invites_when_it_comes_into_force(almere, draft, secretary):
    factories.SignatureFactory(organisation=almere, published=True)
    at = timezone.now() + timedelta(days=1)
    editor.publish_declaration(declaration=draft, at=at, by=secretary)
    assert renew() == []
    with time_machine.travel(at + timedelta(minutes=1), tick=False):
        assert len(renew()) == 1


@pytest.mark.parametrize("status", ["unconfirmed", "submitted", "rejected", "withdrawn", "expired"])
def test_who_is_no_signatory_is_not_invited(almere, draft, secretary, status):
    factories.signature_at(status, organisation=almere)
    editor.publish_declaration(declaration=draft, by=secretary)
    assert renew() == []


@pytest.mark.parametrize("status", ["submitted", "published", "on_hold"])
def test_who_signed_the_new_version_is_not_invited(almere, draft, secretary, status):
    factories.SignatureFactory(organisation=almere, published=True)
    editor.publish_declaration(declaration=draft, by=secretary)
    factories.signature_at(status, organisation=almere, declaration=draft)
    assert renew() == []


def test_one_mail_for_an_organisation_that_signed_two_versions(almere, draft, secretary):
    editor.publish_declaration(declaration=draft, by=secretary)
    for version in (1, 2):
        factories.SignatureFactory(organisation=almere, declaration__version=version, published=True)
    third = editor.start_draft(by=secretary)
    editor.publish_declaration(declaration=third, by=secretary)
    assert len(renew()) == 1
    assert list(
        Signature.objects.filter(renewal_asked_for=3).values_list("declaration__version", flat=True)
    ) == [2]


def test_organisation_that_went_up_in_another_is_not_invited(almere, draft, secretary):
    factories.SignatureFactory(organisation=almere, published=True)
    almere.successor, almere.succeeded_on = factories.OrganisationFactory(), timezone.localdate()
    almere.save()
    editor.publish_declaration(declaration=draft, by=secretary)
    assert renew() == []


# Pages


def typed(draft, **changes) -> dict:
    return {
        "title_nl": "Verklaring",
        "title_en": "Declaration",
        "text_nl": "Nieuw.",
        "text_en": "New.",
        "seen": draft.compute_sha256(),
        **changes,
    }


def test_draft_is_written_and_shown_as_readers_get_it(secretariat, draft):
    answer = secretariat.post(
        english("alliance:declaration_edit", 2), typed(draft, text_en="We **share**.\n\n<script>x</script>")
    )
    assert (answer.status_code, answer.url) == (302, f"/en{DESK}2/")
    page = secretariat.get(answer.url)
    assert b"<strong>share</strong>" in page.content
    assert b"<script>x" not in page.content
    assert ("What differs from the version in force, in Dutch" in shown(page)) is True
    draft.refresh_from_db()
    assert (draft.is_concept, draft.published_at) == (False, None)


@pytest.mark.parametrize("field", ["title_nl", "title_en", "text_nl", "text_en"])
def test_draft_needs_both_languages(secretariat, draft, field):
    page = secretariat.post(f"{DESK}2/bewerken/", typed(draft, **{field: ""}))
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


def test_draft_after_a_colleague_keeps_both_texts_in_sight(secretariat, draft):
    opened = typed(draft)
    Declaration.objects.filter(pk=draft.pk).update(text_nl="Van een collega.")
    page = secretariat.post(f"/en{DESK}2/bewerken/", opened)
    assert (page.status_code, "Van een collega." in shown(page)) == (409, True)
    assert page.context["form"]["text_nl"].value() == "Nieuw."
    again = opened | {"seen": page.context["form"]["seen"].value()}
    assert secretariat.post(f"{DESK}2/bewerken/", again).status_code == 302


def test_version_is_published_now_or_planned(secretariat, draft):
    digest = draft.compute_sha256()
    publish = english("alliance:declaration_publish", 2)
    assert messages_of(secretariat.post(publish, {"seen": digest, "at": "2999-01-01T09:00"})) == [
        ("success", "The version is planned.")
    ]
    assert messages_of(secretariat.post(publish, {"seen": digest}))[-1][0] == "error"
    assert messages_of(secretariat.post(english("alliance:declaration_unplan", 2)))[-1] == (
        "success",
        "The version is a draft again.",
    )
    assert messages_of(secretariat.post(publish, {"seen": "0" * 64}))[-1][0] == "error"
    assert messages_of(secretariat.post(publish, {"seen": digest}))[-1] == (
        "success",
        "The version is in force.",
    )
    assert Declaration.objects.current() == draft


def test_past_is_no_moment_to_plan(secretariat, draft):
    page = secretariat.post(
        f"{DESK}2/publiceren/", {"seen": draft.compute_sha256(), "at": "2001-01-01T09:00"}
    )
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["at"])


def test_draft_is_started_and_thrown_away(secretariat, declaration):
    assert secretariat.post(f"{DESK}nieuw/").url == f"{DESK}2/bewerken/"
    assert secretariat.post(f"{DESK}nieuw/").url == f"{DESK}2/"
    draft = Declaration.objects.get(version=2)
    assert secretariat.post(f"{DESK}2/weggooien/", {"seen": "x"}).url == f"{DESK}2/"
    assert secretariat.post(f"{DESK}2/weggooien/", {"seen": draft.compute_sha256()}).url == DESK
    assert list(Declaration.objects.all()) == [declaration]


def test_concept_is_confirmed_without_touching_the_text(secretariat, declaration):
    Declaration.objects.update(is_concept=True)
    secretariat.post(f"{DESK}1/tekst-vastgesteld/")
    fresh = Declaration.objects.get()
    assert (fresh.is_concept, fresh.sha256) == (False, declaration.sha256)


def test_visitor_does_not_see_a_draft_or_a_plan(visitor, draft, secretary):
    assert visitor.get("/steunverklaring/versies/2/").status_code == 404
    editor.publish_declaration(declaration=draft, at=timezone.now() + timedelta(days=1), by=secretary)
    assert visitor.get("/steunverklaring/versies/2/").status_code == 404
    assert visitor.get("/steunverklaring/").context["declaration"].version == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("get", "2/"),
        ("get", "2/bewerken/"),
        ("post", "nieuw/"),
        ("post", "2/publiceren/"),
        ("post", "2/niet-inplannen/"),
        ("post", "2/weggooien/"),
        ("post", "2/tekst-vastgesteld/"),
    ],
)
def test_editor_is_for_the_secretariat(everyone, draft, method, path):
    for who, client in everyone.items():
        if who in ("secretariat", "administrator"):
            assert method == "post" or client.get(DESK + path).status_code == 200
            continue
        status = getattr(client, method)(
            DESK + path, {"seen": draft.compute_sha256()} if method == "post" else {}
        ).status_code
        assert status in ({302} if who == "visitor" else {302, 403}), who
    draft.refresh_from_db()
    assert (draft.published_at, draft.is_concept, Declaration.objects.count()) == (None, True, 2)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "9/"),
        ("get", "9/bewerken/"),
        ("get", "1/bewerken/"),
        ("post", "9/publiceren/"),
        ("post", "9/weggooien/"),
    ],
)
def test_version_that_does_not_exist_or_is_fixed_is_missing(secretariat, declaration, method, path):
    assert getattr(secretariat, method)(DESK + path).status_code == 404


@pytest.mark.parametrize(
    "path", ["nieuw/", "1/publiceren/", "1/niet-inplannen/", "1/weggooien/", "1/tekst-vastgesteld/"]
)
def test_wrong_method_is_refused(secretariat, declaration, path):
    assert secretariat.get(DESK + path).status_code == 405
