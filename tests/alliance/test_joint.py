"""A partnership signs and names municipalities; each joins or declines by itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alliance import actions
from alliance.actions.parties import ANSWER_TERM, MAILS_PER_DAY, erase_invited
from alliance.models import JointInvitation, Signature
from smartsociety.core.models import Mail
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.alliance.signing import Walk
from tests.mailbox import links_in, newest, queued
from tests.pages import page_template, shown

pytestmark = pytest.mark.django_db
NEW = {"organisation_name": "Regio Noord", "kind": "partnership", "place": "Ede"}
JOIN = {
    "signer_name": "Cor Claes", "signer_function": "Burgemeester", "mandate_by": "College", "mandate_on": "2026-03-03",
    "accepts": "on", "publish_name": "on", "fieldlabs": "on",
}  # fmt: skip


def rows(*parties: tuple[str, str]) -> dict[str, str]:
    """The formset as a browser sends it."""
    given = {"form-TOTAL_FORMS": str(max(len(parties), 3)), "form-INITIAL_FORMS": "3"}
    for number, (name, email) in enumerate(parties):
        given |= {f"form-{number}-name": name, f"form-{number}-email": email}
    return given


@pytest.fixture
def ede(db):
    return factories.OrganisationFactory(name="Ede", slug="ede", aliases=["Gemeente in de Vallei"])


@pytest.fixture
def walk(visitor, declaration, almere, ede) -> Walk:
    """A partnership that has named itself."""
    walk = Walk(visitor)
    assert walk.post("organisatie", **NEW).url == f"{walk.root}gemeenten/"
    return walk


@pytest.fixture
def invitation(declaration, ede):
    """Ede is asked with the secret `secret` by a partnership that signed."""
    leading = factories.SignatureFactory(
        declaration=declaration, organisation__name="Regio Noord", organisation__kind="partnership", published=True,
        signer_email="anna@regio.example",
    )  # fmt: skip
    return JointInvitation.objects.create(
        signature=leading, organisation=ede, email="griffie@ede.example", token_hash=hash_token("secret")
    )


ASK = "/steunverklaring/samen/secret/"


def test_partnership_names_its_municipalities_and_they_are_asked_after_it_confirmed(walk, almere, ede):
    answer = walk.post(
        "gemeenten",
        **rows(("gemeente Almere", "Bas@Almere.example"), ("Gemeente in de Vallei", "griffie@ede.example")),
    )
    assert answer.url == f"{walk.root}ondertekenaar/"
    walk.to_check(organisatie=NEW, ondertekenaar={"signer_email": "anna@regio.example"})
    assert "griffie@ede.example" in shown(walk.get("controle/"))
    walk.post("controle")
    named = JointInvitation.objects.order_by("email").values_list("organisation", "email", "answered_at")
    assert list(named) == [(almere.pk, "bas@almere.example", None), (ede.pk, "griffie@ede.example", None)]
    assert [kind for kind, _to, _language in queued()] == ["alliance/confirm_signature"]
    actions.confirm(token=links_in(newest("alliance/confirm_signature"))[0].rstrip("/").rpartition("/")[2])
    asked = [(kind, to) for kind, to, _language in queued() if kind == "alliance/joint_invitation"]
    assert sorted(asked) == [
        ("alliance/joint_invitation", to) for to in ("bas@almere.example", "griffie@ede.example")
    ]
    link = links_in(newest("alliance/joint_invitation"))[0]
    assert Client().get(link[link.index("/steunverklaring") :]).status_code == 200


@pytest.mark.parametrize(
    ("parties", "wrong"),
    [
        ([("Onbekend", "a@b.example")], {"name"}),
        ([("Almere", "")], {"email"}),
        ([("Almere", "geen")], {"email"}),
        ([("", "a@b.example")], {"name"}),
    ],
)
def test_municipality_that_cannot_be_asked_is_explained(walk, parties, wrong):
    page = walk.post("gemeenten", **rows(*parties))
    assert (page.status_code, set(page.context["form"].forms[0].errors)) == (200, wrong)
    again = walk.get("gemeenten/").context["form"].forms[0]
    assert (again["name"].value() or "", again["email"].value() or "") == parties[0]


def test_municipality_is_named_once(walk):
    page = walk.post("gemeenten", **rows(("Almere", "a@b.example"), ("gemeente almere", "c@d.example")))
    assert (page.status_code, len(page.context["form"].non_form_errors())) == (200, 1)


def test_more_lines_keep_what_was_typed(walk):
    answer = walk.post("gemeenten", **rows(("Almere", "a@b.example")), more="1")
    page = walk.client.get(answer.url)
    assert (len(page.context["form"].forms), page.context["form"].forms[0]["name"].value()) == (11, "Almere")


def test_rows_without_the_count_of_the_form_are_no_error_of_ours(walk):
    assert walk.post("gemeenten", **{"form-0-name": "Almere"}).status_code == 200


def test_no_municipality_at_all_is_fine(walk):
    assert walk.post("gemeenten", **rows()).url == f"{walk.root}ondertekenaar/"


def test_opening_the_link_changes_nothing(visitor, invitation):
    page = visitor.get(ASK)
    assert (page.status_code, "Regio Noord" in shown(page), "Ede" in shown(page)) == (200, True, True)
    assert (Signature.objects.count(), queued()) == (1, [])


def test_joining_makes_a_signature_of_its_own_for_the_secretariat(visitor, invitation, ede):
    page = visitor.post(ASK, JOIN)
    assert (page.status_code, page_template(page)) == (200, "alliance/joint/joined.html")
    joined = Signature.objects.get(organisation=ede)
    assert (joined.status, joined.joint_with, joined.signer_email) == (
        "submitted",
        invitation.signature,
        "griffie@ede.example",
    )
    assert (joined.text_sha256, joined.publish_name) == (invitation.signature.declaration.sha256, True)
    invitation.refresh_from_db()
    assert (invitation.accepted, invitation.email) == (True, "")
    assert [(kind, to) for kind, to, _language in queued()][::2] == [
        ("alliance/signature_received", "griffie@ede.example"), ("alliance/joint_answered", "anna@regio.example"),
    ]  # fmt: skip


def test_joining_twice_is_one_signature(visitor, invitation):
    pages = [page_template(visitor.post(ASK, JOIN)) for _press in range(2)]
    assert (pages, Signature.objects.count(), len(queued())) == (["alliance/joint/joined.html"] * 2, 2, 3)


def test_joining_without_the_tick_keeps_what_was_typed(visitor, invitation):
    page = visitor.post(ASK, JOIN | {"accepts": ""})
    assert (list(page.context["form"].errors), page.context["form"]["signer_name"].value()) == (
        ["accepts"],
        "Cor Claes",
    )


def test_joining_when_the_municipality_signed_otherwise_says_so(visitor, invitation, ede, declaration):
    factories.SignatureFactory(organisation=ede, declaration=declaration, published=True)
    page = visitor.post(ASK, JOIN)
    assert (page.status_code, page_template(page)) == (409, "alliance/signature_taken.html")
    invitation.refresh_from_db()
    assert invitation.answered_at is None


def test_declining_tells_the_partnership_and_forgets_the_address(visitor, invitation):
    assert visitor.post(f"{ASK}afwijzen/").status_code == 200
    invitation.refresh_from_db()
    assert (invitation.accepted, invitation.email, Signature.objects.count()) == (False, "", 1)
    assert queued() == [("alliance/joint_answered", "anna@regio.example", "nl")]
    assert visitor.post(f"{ASK}afwijzen/").status_code == 200
    assert len(queued()) == 1
    assert visitor.post(ASK, JOIN).status_code == 410


@pytest.mark.parametrize("dead", ["unknown", "old", "withdrawn"])
def test_link_that_does_not_work_any_more_says_so(visitor, invitation, dead):
    if dead == "old":
        JointInvitation.objects.update(asked_at=timezone.now() - ANSWER_TERM - timedelta(seconds=1))
    if dead == "withdrawn":
        actions.withdraw(signature=invitation.signature, by=factories.UserFactory())
    address = "/steunverklaring/samen/guess/" if dead == "unknown" else ASK
    assert [visitor.get(address).status_code, visitor.post(f"{address}afwijzen/").status_code] == [410, 410]


def test_wrong_method_is_refused(visitor, invitation):
    assert (visitor.delete(ASK).status_code, visitor.get(f"{ASK}afwijzen/").status_code) == (405, 405)


def test_together_is_shown_on_both_once_in_force(visitor, invitation, ede):
    visitor.post(ASK, JOIN)
    joined = Signature.objects.get(organisation=ede)
    assert list(invitation.signature.together) == []
    actions.publish(signature=joined, by=factories.UserFactory())
    joined.refresh_from_db()
    assert (list(invitation.signature.together), list(joined.together)) == ([joined], [invitation.signature])
    assert "Regio Noord" in shown(visitor.get(joined.get_absolute_url()))
    assert "Ede" in shown(visitor.get(invitation.signature.get_absolute_url()))


def test_asking_does_not_fill_a_mailbox(declaration, ede):
    factories.MailFactory.create_batch(
        MAILS_PER_DAY, to="griffie@ede.example", kind="alliance/joint_invitation"
    )
    leading = factories.SignatureFactory(
        confirmation_hash=hash_token("x"), confirmation_expires_at=timezone.now() + timedelta(days=1)
    )
    JointInvitation.objects.create(
        signature=leading, organisation=ede, email="griffie@ede.example", token_hash="a"
    )
    actions.confirm(token="x")
    assert Mail.objects.filter(kind="alliance/joint_invitation").count() == MAILS_PER_DAY


def test_addresses_are_erased_when_nobody_answers(invitation):
    assert erase_invited() == 0
    JointInvitation.objects.update(asked_at=timezone.now() - ANSWER_TERM - timedelta(seconds=1))
    assert erase_invited() == 1
    assert JointInvitation.objects.get().email == ""
