"""What a signer may type, and what the form answers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from alliance.forms import MAILS_PER_DAY, RejectForm, SignForm, WithdrawForm
from alliance.models import Signature
from alliance.models.organisation import REGISTERED_KINDS
from tests import factories
from tests.mailbox import queued


@pytest.fixture
def errors(answers, declaration):
    """The English errors after changing some answers; None takes an answer away."""

    def ask(**changed) -> dict[str, list[str]]:
        given = {name: value for name, value in (answers | changed).items() if value is not None}
        with override("en"):
            return {
                name: list(words) for name, words in SignForm(given, declaration=declaration).errors.items()
            }

    return ask


def test_sign_form_accepts_a_municipality_of_the_register(answers, declaration, almere):
    form = SignForm(answers, declaration=declaration)
    assert form.errors == {}
    with override("en"):
        signature = form.save()
    assert (signature.organisation, signature.declaration, signature.language) == (almere, declaration, "en")
    assert queued() == [("alliance/confirm_signature", "anna@almere.example", "en")]


def test_sign_form_keeps_everything_that_was_filled_in(answers, declaration):
    theme = factories.ThemeFactory()
    form = SignForm(
        answers | {"contributes": ["process", "product"], "themes": [theme.pk], "publish_name": "on"},
        declaration=declaration,
    )
    assert form.errors == {}
    form.save()
    kept = Signature.objects.values("contributes", "publish_name", "statement", "themes__slug").get()
    assert kept == {
        "contributes": ["process", "product"],
        "publish_name": True,
        "statement": "Omdat samen leren sneller gaat.",
        "themes__slug": theme.slug,
    }


@pytest.mark.parametrize(
    "name",
    ["organisation_name", "signer_name", "signer_function", "signer_email", "mandate_by", "mandate_on"],
)
def test_sign_form_needs(errors, name):
    assert errors(**{name: ""}) == {name: ["This field is required."]}


def test_sign_form_needs_the_tick_that_signs(errors):
    assert errors(accepts=None) == {"accepts": ["Tick this box to sign."]}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"signer_email": "anna"}, {"signer_email": ["Enter a valid email address."]}),
        (
            {"signer_name": "x" * 101},
            {"signer_name": ["Ensure this value has at most 100 characters (it has 101)."]},
        ),
        (
            {"contributes": ["money"]},
            {"contributes": ["Select a valid choice. money is not one of the available choices."]},
        ),
    ],
)
def test_sign_form_refuses_what_cannot_be(errors, changed, wrong):
    assert errors(**changed) == wrong


@pytest.mark.parametrize(
    "name", ["organisation_name", "place", "signer_name", "signer_function", "mandate_by"]
)
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Win nu op https://evil.example", "Leave web addresses out of this field."),
        ("WWW.evil.example", "Leave web addresses out of this field."),
        ("Anna\u202eAerts", "Use letters, digits and punctuation only."),
    ],
)
def test_sign_form_carries_no_message_to_the_mailbox_of_another(errors, name, typed, answer):
    assert errors(**{name: typed})[name] == [answer]


@pytest.mark.parametrize(
    ("days", "wrong"), [(0, {}), (1, {"mandate_on": ["The date of the decision cannot be in the future."]})]
)
def test_sign_form_wants_a_decision_that_was_taken(errors, days, wrong):
    assert errors(mandate_on=str(timezone.localdate() + timedelta(days=days))) == wrong


def test_sign_form_takes_the_day_in_amsterdam_not_in_greenwich(errors, time_machine):
    time_machine.move_to("2026-03-02T23:30:00Z")
    assert errors(mandate_on="2026-03-03") == {}


@pytest.mark.parametrize("version", ["2", "", None, "een"])
def test_sign_form_signs_the_text_that_was_on_the_screen(errors, version):
    assert list(errors(version=version)) == ["__all__"]


def test_sign_form_knows_an_organisation_by_another_name(answers, declaration, almere):
    almere.aliases = ["Almere Stad"]
    almere.save()
    form = SignForm(answers | {"organisation_name": " almere STAD "}, declaration=declaration)
    assert (form.errors, form.save().organisation) == ({}, almere)


@pytest.mark.parametrize("status", ["submitted", "published", "on_hold"])
def test_sign_form_tells_that_the_organisation_has_signed(errors, almere, declaration, status):
    factories.SignatureFactory(organisation=almere, declaration=declaration, **{status: True})
    assert errors() == {"organisation_name": ["Almere has already signed."]}


def test_sign_form_asks_which_when_two_have_one_name(errors):
    factories.OrganisationFactory(name="Almere", kind="water_authority")
    assert errors() == {
        "organisation_name": ["More than one organisation has this name. Choose one from the list."]
    }


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("Almeer", "We do not know this organisation. Did you mean Almere?"),
        (
            "Sensoria",
            "We do not know this organisation yet. Check the spelling, or choose below what kind it is.",
        ),
    ],
)
def test_sign_form_helps_with_a_name_it_does_not_know(errors, typed, answer):
    assert errors(organisation_name=typed) == {"organisation_name": [answer]}


def test_sign_form_does_not_name_an_organisation_that_the_world_may_not_know(errors):
    factories.OrganisationFactory(name="Sensoria Nederland", kind="company", in_register=False)
    helped = errors(organisation_name="Sensoria Nederlant")["organisation_name"]
    assert helped == [
        "We do not know this organisation yet. Check the spelling, or choose below what kind it is."
    ]


def test_sign_form_suggests_public_organisations_only(declaration, almere):
    factories.OrganisationFactory(name="Sensoria", kind="company", in_register=False)
    assert list(SignForm(declaration=declaration).fields["organisation_name"].widget.suggestions) == [
        "Almere"
    ]


def test_sign_form_enters_an_organisation_that_is_not_in_the_register(answers, declaration):
    new = {"organisation_name": "Sensoria BV", "kind": "company", "place": "Ede", "province": "gelderland"}
    form = SignForm(answers | new, declaration=declaration)
    assert form.errors == {}
    entered = form.save().organisation
    assert (entered.name, entered.kind, entered.place, entered.province) == (
        "Sensoria BV",
        "company",
        "Ede",
        "gelderland",
    )
    assert entered.in_register is False


@pytest.mark.parametrize("kind", REGISTERED_KINDS)
def test_sign_form_enters_no_public_body_that_the_register_would_know(errors, kind):
    assert list(errors(organisation_name="Nepstad", kind=kind)) == ["kind", "organisation_name"]


def test_sign_form_fills_nobodys_mailbox(errors):
    factories.MailFactory.create_batch(MAILS_PER_DAY - 1, to="anna@almere.example")
    factories.MailFactory(to="bas@almere.example")
    assert errors(signer_email="Anna@Almere.example") == {}
    factories.MailFactory(to="anna@almere.example")
    refusal = ["We sent several mails to this address today. Look in your mailbox, or try again tomorrow."]
    assert errors(signer_email="Anna@Almere.example") == {"signer_email": refusal}


def test_sign_form_sends_again_the_next_day(errors):
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    factories.MailFactory.create_batch(MAILS_PER_DAY, to="anna@almere.example", created_at=yesterday)
    assert errors() == {}


@pytest.mark.parametrize(
    ("form", "reason", "fine"),
    [
        (RejectForm, "Het besluit ontbreekt.", True),
        (RejectForm, "", False),
        (RejectForm, "   ", False),
        (RejectForm, "x" * 501, False),
        (WithdrawForm, "", True),
        (WithdrawForm, "Fusie.", True),
        (WithdrawForm, "x" * 501, False),
    ],
)
def test_reason_is_needed_to_reject_and_free_to_withdraw(form, reason, fine):
    assert form({"reason": reason}).is_valid() is fine
