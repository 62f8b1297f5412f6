"""Signing in steps: what is kept, what is refused, and that it is one signature however often it is sent."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from alliance import actions
from alliance.actions.draft import DRAFT_TERM, erase_drafts
from alliance.models import Project, Signature, SignatureDraft
from alliance.views.signing_steps import MAILS_PER_DAY
from smartsociety.core.models import Consent, Mail
from smartsociety.core.tokens import hash_token
from tests import factories
from tests.alliance.signing import NEW, SIGN, STEPS, Walk
from tests.mailbox import links_in, newest, queued
from tests.pages import messages_of, page_template, shown

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CONFIRM = "alliance/confirm_signature"


def upload(content: bytes = PDF, name: str = "besluit.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def errors_of(page) -> dict:
    return {name: list(words) for name, words in page.context["form"].errors.items()}


# Where it begins


def test_start_shows_the_text_and_what_signing_means(visitor, declaration):
    page = visitor.get(SIGN)
    assert (page.status_code, page.context["declaration"]) == (200, declaration)
    assert "Wij werken samen." in shown(page)
    assert SignatureDraft.objects.count() == 0


def test_start_from_the_page_of_an_organisation_begins_with_its_name(visitor, declaration, almere):
    assert b'value="Almere"' in visitor.get(f"{SIGN}?organisation=Almere").content
    walk = Walk(visitor, organisation="Almere")
    assert walk.get("organisatie/").context["form"]["organisation_name"].value() == "Almere"


def test_start_before_the_first_declaration_is_missing(visitor):
    assert (visitor.get(SIGN).status_code, visitor.post(SIGN).status_code) == (404, 404)


def test_start_needs_the_secret_of_the_form(declaration):
    assert Client(enforce_csrf_checks=True).post(SIGN).status_code == 403


def test_start_of_a_program_that_fills_in_everything_begins_nothing(visitor, declaration):
    page = visitor.post(f"/en{SIGN}", {"trap": "x"})
    assert (page.status_code, SignatureDraft.objects.count()) == (200, 0)
    assert messages_of(page) == [("error", "Leave the hidden field empty and press the button again.")]


def test_start_from_a_network_that_goes_on_and_on_is_refused(visitor, declaration, monkeypatch):
    monkeypatch.setattr("alliance.views.signing.STARTS_AN_HOUR", 2)
    assert [visitor.post(SIGN).status_code for _try in range(3)] == [302, 302, 429]
    assert visitor.post(SIGN, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_draft_is_found_by_a_secret_that_is_stored_as_a_hash_only(walk):
    assert SignatureDraft.objects.get().token_hash == hash_token(walk.token)


# The steps


def test_steps_lead_from_the_organisation_to_the_mailbox(walk, almere, declaration):
    theme = factories.ThemeFactory()
    project = agenda_project()
    trail = [
        walk.post("organisatie").url,
        walk.post("ondertekenaar").url,
        walk.post("mandaat").url,
        walk.post("inbreng", contributes=["process"], themes=[theme.pk], projects=[project.pk],
                  contribution_note="Een draaiboek.").url,
        walk.post("controle", publish_name="on").url,
    ]  # fmt: skip
    assert [address.split("/")[-2] for address in trail] == [
        "ondertekenaar",
        "mandaat",
        "inbreng",
        "controle",
        "verstuurd",
    ]
    signature = Signature.objects.get()
    kept = {
        name: getattr(signature, name) for name in ("organisation", "declaration", "signer_email", "status")
    }
    assert kept == {
        "organisation": almere, "declaration": declaration, "signer_email": "anna@almere.example",
        "status": "unconfirmed",
    }  # fmt: skip
    assert (signature.contributes, list(signature.themes.all()), list(signature.projects.all())) == (
        ["process"], [theme], [project],
    )  # fmt: skip
    assert (signature.contribution_note, signature.publish_name) == ("Een draaiboek.", True)
    assert signature.text_sha256 == declaration.sha256
    assert queued() == [(CONFIRM, "anna@almere.example", "nl")]
    assert "anna@almere.example" in shown(walk.client.get(trail[-1]))


def agenda_project() -> Project:
    return Project.objects.create(
        slug="p", title_nl="Project", summary_nl="S", lead=factories.OrganisationFactory(), is_published=True
    )


def test_signing_on_english_pages_is_confirmed_in_english(visitor, declaration, almere):
    Walk(visitor, "/en").sign()
    assert queued() == [(CONFIRM, "anna@almere.example", "en")]
    assert "/en/steunverklaring/bevestigen/" in links_in(newest(CONFIRM))[0]


@pytest.mark.parametrize("step", ["organisatie", "ondertekenaar", "mandaat"])
def test_step_without_its_answers_says_so_and_keeps_what_was_typed(walk, step):
    walk.to_check()
    first, *others = STEPS[step]
    page = walk.post(step, **{first: ""})
    assert (page.status_code, list(errors_of(page))) == (200, [first])
    again = walk.get(f"{step}/").context["form"]
    assert [again[name].value() for name in others] == [STEPS[step][name] for name in others]
    assert walk.get("controle/").url == f"{walk.root}{step}/?controle=1"


def test_going_back_keeps_what_was_typed(walk):
    walk.post("organisatie")
    answer = walk.post("ondertekenaar", signer_email="half", back="1")
    assert answer.url == f"{walk.root}organisatie/"
    assert walk.get("organisatie/").context["form"]["organisation_name"].value() == "Almere"
    form = walk.get("ondertekenaar/").context["form"]
    assert (form["signer_email"].value(), form.is_bound) == ("half", False)


def test_changing_one_answer_from_the_check_leads_back_to_the_check(walk):
    walk.to_check()
    answer = walk.client.post(
        f"{walk.root}ondertekenaar/?controle=1", {**STEPS["ondertekenaar"], "signer_name": "Bas"}
    )
    assert answer.url == f"{walk.root}controle/"
    assert "Bas" in shown(walk.get("controle/"))


def test_going_on_in_another_browser_loses_nothing(walk):
    walk.to_check()
    elsewhere = Client()
    assert elsewhere.get(walk.root).url == f"{walk.root}controle/"
    assert "Omdat samen leren sneller gaat." in shown(elsewhere.get(f"{walk.root}controle/"))


def test_character_that_the_database_cannot_keep_is_no_error(walk):
    assert walk.post("inbreng", statement="a\0b").status_code == 200
    assert walk.draft.answers["inbreng"]["statement"] == ["ab"]


@pytest.mark.parametrize("address", ["onzin/", "gemeenten/"])
def test_step_that_is_not_there_is_missing(walk, address):
    assert walk.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["", "organisatie/", "controle/", "later/", "verstuurd/", "al-ondertekend/"]
)
def test_unknown_or_expired_draft_is_gone(walk, address):
    assert walk.client.get(f"{SIGN}guess/{address}").status_code == 410
    SignatureDraft.objects.update(expires_at=timezone.now())
    page = walk.get(address)
    assert (page.status_code, page_template(page)) == (410, "alliance/signature_draft_gone.html")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("", "GET, HEAD"), ("organisatie/", "GET, HEAD, POST"), ("controle/", "GET, HEAD, POST"),
        ("later/", "GET, HEAD, POST"), ("verstuurd/", "GET, HEAD"), ("al-ondertekend/", "GET, HEAD, POST"),
        ("opnieuw-mailen/", "POST"),
    ],
)  # fmt: skip
def test_wrong_method_is_refused(walk, address, allowed):
    wrong = walk.client.delete(f"{walk.root}{address}")
    assert (wrong.status_code, wrong["Allow"]) == (405, allowed)


def test_pages_of_a_draft_are_kept_by_no_cache(walk):
    assert "no-store" in walk.get("organisatie/")["Cache-Control"]


# Going on later


def test_later_mails_the_link(walk):
    assert walk.post("ondertekenaar", later="1").url == f"{walk.root}later/"
    assert walk.get("later/").context["form"]["email"].value() == "anna@almere.example"
    walk.client.post(f"{walk.root}later/", {"email": "Anna@Almere.example"})
    assert queued() == [("alliance/draft_link", "anna@almere.example", "nl")]
    assert links_in(newest("alliance/draft_link"))[0].endswith(walk.root)


def test_later_does_not_fill_a_mailbox(walk):
    address = f"/en{walk.root}later/"
    tries = [
        walk.client.post(address, {"email": "anna@almere.example"}).status_code
        for _try in range(MAILS_PER_DAY + 1)
    ]
    assert tries == [302] * MAILS_PER_DAY + [429]
    assert Mail.objects.count() == MAILS_PER_DAY


def test_later_with_a_wrong_address_asks_again(walk):
    page = walk.client.post(f"{walk.root}later/", {"email": "anna"})
    assert (page.status_code, list(errors_of(page)), queued()) == (200, ["email"], [])


def test_drafts_are_erased_after_two_weeks_with_their_documents(
    walk, files, django_capture_on_commit_callbacks
):
    walk.post("mandaat", document=upload())
    assert erase_drafts() == 0
    SignatureDraft.objects.update(expires_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_drafts() == 1
    assert (SignatureDraft.objects.count(), list((files / "mandates").iterdir())) == (0, [])
    assert timedelta(days=14) == DRAFT_TERM


# The organisation


@pytest.mark.parametrize("name", ["almere", "Gemeente Almere", " ALMÉRE ", "Almere Stad"])
def test_organisation_is_known_however_it_is_written(walk, almere, name):
    almere.aliases = ["Almere Stad"]
    almere.save()
    assert walk.post("organisatie", organisation_name=name).status_code == 302
    walk.to_check(organisatie={"organisation_name": name})
    walk.post("controle")
    assert Signature.objects.get().organisation == almere


def test_organisation_is_suggested_by_its_other_names_too(walk, almere):
    almere.aliases = ["Almere Stad"]
    almere.save()
    factories.OrganisationFactory(name="Geheim", kind="company", in_register=False)
    widget = walk.get("organisatie/").context["form"].fields["organisation_name"].widget
    assert widget.suggestions == ["Almere", "Almere Stad"]


def test_organisation_that_is_not_known_is_entered(walk):
    walk.to_check(organisatie=NEW)
    walk.post("controle")
    entered = Signature.objects.get().organisation
    assert {name: getattr(entered, name) for name in (*list(NEW)[1:], "name", "in_register")} == {
        **{name: NEW[name] for name in list(NEW)[1:]}, "name": "Sensoria BV", "in_register": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"organisation_name": "Almeer"}, "We do not know this organisation. Did you mean Almere?"),
        (
            {"organisation_name": "Sensoria"},
            "We do not know this organisation yet. Check the spelling, or choose below what kind it is.",
        ),
        (
            {"organisation_name": "Аlmere"},
            "“А” only looks like a letter or digit of our alphabet. Type it again.",
        ),
        ({"organisation_name": "Al\u202emere"}, "Use letters, digits and punctuation only."),
        ({"organisation_name": "www.almere.nl"}, "Leave web addresses out of this field."),
    ],
)
def test_organisation_name_that_does_not_do_is_explained(visitor, declaration, almere, changed, wrong):
    page = Walk(visitor, "/en").post("organisatie", **changed)
    assert errors_of(page)["organisation_name"][0] == wrong


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"place": ""}, "place"),
        ({"kvk_number": "123"}, "kvk_number"),
        ({"website": "x y"}, "website"),
        ({"kind": "municipality"}, "kind"),
    ],
)
def test_new_organisation_is_described_well(walk, changed, field):
    assert field in errors_of(walk.post("organisatie", **{**NEW, **changed}))


# Signing


def test_signing_twice_is_one_signature_and_one_mail(walk):
    first, second = walk.sign(), walk.post("controle")
    assert first.url == second.url == f"{walk.root}verstuurd/"
    assert (Signature.objects.count(), len(queued())) == (1, 1)
    assert walk.draft.answers == {}
    assert walk.get("ondertekenaar/").url == first.url


def test_signing_needs_the_tick(walk):
    walk.to_check()
    page = walk.post("controle", accepts=None, news="on")
    assert (page.status_code, list(errors_of(page)), Signature.objects.count()) == (200, ["accepts"], 0)
    assert page.context["form"]["news"].value() is True


@pytest.mark.parametrize("version", ["2", "", None, "een"])
def test_signing_another_text_than_was_on_the_screen_is_refused(walk, version):
    walk.to_check()
    page = walk.post("controle", version=version)
    assert (page.status_code, list(errors_of(page)), Signature.objects.count()) == (200, ["__all__"], 0)


def test_new_version_meanwhile_is_shown_and_then_signed(visitor, declaration, almere):
    walk = Walk(visitor, "/en")
    walk.to_check()
    newer = factories.DeclarationFactory(version=2, text_en="We work together, truly.")
    page = walk.get("controle/")
    assert ("warning", "The text has a new version since you began. Read it before you sign.") in messages_of(
        page
    )
    assert "We work together, truly." in shown(page)
    walk.post("controle", version="2")
    signed = Signature.objects.get()
    assert (signed.declaration, signed.text_sha256, walk.draft.declaration) == (newer, newer.sha256, newer)


def test_signing_does_not_fill_a_mailbox(visitor, declaration, almere):
    for _time in range(MAILS_PER_DAY):
        Walk(visitor).sign()
    walk = Walk(visitor)
    page = walk.sign()
    assert (page.status_code, Mail.objects.filter(kind=CONFIRM).count()) == (429, MAILS_PER_DAY)
    assert walk.draft.answers["inbreng"] == {"statement": ["Omdat samen leren sneller gaat."]}


def test_signing_by_a_program_that_fills_in_everything_is_refused(walk):
    walk.to_check()
    assert (walk.post("controle", trap="x").status_code, Signature.objects.count()) == (200, 0)


def test_consents_are_kept_when_the_address_is_confirmed_with_their_words(visitor, declaration, almere):
    Walk(visitor, "/en").sign(news="on", fieldlabs="on")
    assert Consent.objects.count() == 0
    token = links_in(newest(CONFIRM))[0].rstrip("/").rpartition("/")[2]
    actions.confirm(token=token)
    given = list(Consent.objects.order_by("purpose").values_list("email", "purpose", "wording", "language"))
    assert given == [
        ("anna@almere.example", "fieldlabs", "Invite me by mail to fieldlabs.", "en"),
        ("anna@almere.example", "news", "Mail me news of the alliance.", "en"),
    ]
    assert Signature.objects.get().pending_consents == {}


def test_without_consents_none_are_kept(walk):
    walk.sign()
    actions.confirm(token=links_in(newest(CONFIRM))[0].rstrip("/").rpartition("/")[2])
    assert Consent.objects.count() == 0


# The mail again


def test_mail_again_sends_a_new_link_and_kills_the_old_one(walk):
    walk.sign()
    old = Signature.objects.get().confirmation_hash
    assert walk.post("opnieuw-mailen").url == f"{walk.root}verstuurd/"
    assert (len(queued()), Signature.objects.get().confirmation_hash == old) == (2, False)


def test_mail_again_is_limited(walk):
    walk.sign()
    for _try in range(MAILS_PER_DAY + 2):
        walk.post("opnieuw-mailen")
    assert Mail.objects.filter(kind=CONFIRM).count() == MAILS_PER_DAY


def test_mail_again_after_confirming_sends_nothing(walk):
    walk.sign()
    actions.confirm(token=links_in(newest(CONFIRM))[0].rstrip("/").rpartition("/")[2])
    count = Mail.objects.count()
    walk.post("opnieuw-mailen")
    assert (Mail.objects.count(), walk.get("verstuurd/").status_code) == (count, 200)


def test_mail_again_before_signing_sends_nothing(walk):
    assert (walk.client.post(f"{walk.root}opnieuw-mailen/").status_code, queued()) == (302, [])
