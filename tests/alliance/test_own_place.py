"""An organisation's own place: overview, profile, contribution, logo, history."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from alliance.actions import own_people, own_profile
from alliance.models import Organisation, Signature
from smartsociety.core.mail_domains import is_free_mail, lies_in, mail_domain
from smartsociety.core.revisions import ChangedMeanwhile
from tests import factories
from tests.database import at_once
from tests.mailbox import queued
from tests.pages import english, messages_of, shown, sign_in_before

pytestmark = pytest.mark.django_db


def own(client, page: str = "own_overview") -> str:
    """The English address of a page of the organisation of `client`."""
    return english(f"alliance:{page}", client.organisation.slug)


PROFILE = {
    "revision": "1",
    "description": "Wij bouwen.",
    "language": "nl",
    "website": "",
    "place": "",
    "aliases": "",
    "domains": "",
}
PAGES = ["own_overview", "own_profile", "own_contribution", "own_logo", "own_history", "own_people"]


# Who may


@pytest.mark.parametrize("where", PAGES)
def test_pages_are_for_its_representatives_and_the_secretariat(everyone, where):
    address = own(everyone["representative"], where)
    statuses = {name: client.get(address).status_code for name, client in everyone.items()}
    allowed = {"representative", "secretariat", "administrator"}
    assert statuses == {
        name: 302 if name == "visitor" else 200 if name in allowed else 403 for name in everyone
    }
    assert everyone["visitor"].get(address).url == sign_in_before(address)


@pytest.mark.parametrize("where", PAGES)
def test_pages_of_an_organisation_that_is_not_there_are_missing(representative, where):
    assert representative.get(english(f"alliance:{where}", "nergens")).status_code == 404


@pytest.mark.parametrize("where", ["own_overview", "own_history", "own_profile"])
def test_pages_refuse_other_methods(representative, where):
    assert representative.delete(own(representative, where)).status_code == 405


@pytest.mark.parametrize("where", ["own_still_right", "own_logo_remove"])
def test_changes_are_posted(representative, where):
    assert representative.get(own(representative, where)).status_code == 405


def test_editor_sees_the_overview_without_what_is_not_theirs(editor):
    page = editor.get(own(editor))
    assert (page.status_code, page.context["manages"], page.context["changes"]) == (200, False, [])
    assert own(editor, "own_profile") not in page.content.decode()


# Overview


def test_overview_names_what_could_be_done_next(representative):
    Organisation.objects.filter(pk=representative.organisation.pk).update(
        description="Iets", website="https://a.example"
    )
    page = representative.get(own(representative))
    assert [step for step, _page in page.context["next_steps"]] == [
        "Add a logo",
        "Say what you bring",
        "Invite a second representative, so that nothing stops when somebody leaves",
    ]


def test_overview_leads_to_the_new_version(representative):
    factories.DeclarationFactory(version=2, published_at=timezone.now() - timedelta(days=1))
    page = representative.get(own(representative))
    assert "Sign the new version of the declaration" in [step for step, _page in page.context["next_steps"]]


def test_overview_without_a_signature_leads_to_signing(representative):
    Signature.objects.update(status="withdrawn", withdrawn_at=timezone.now(), signer_name="", signer_email="")
    page = representative.get(own(representative))
    assert page.context["next_steps"][0][0] == "Sign the declaration of support"
    assert representative.get(own(representative, "own_contribution")).status_code == 404


def test_my_page_leads_there(representative):
    page = representative.get("/en/mijn/")
    assert own(representative) in page.content.decode()


# Profile


def test_profile_is_saved(representative):
    typed = {
        **PROFILE,
        "website": "https://duin.example",
        "place": "Duin",
        "aliases": "Oud Duin\n\nDuintje\nOud Duin",
    }
    answer = representative.post(own(representative, "own_profile"), typed)
    organisation = Organisation.objects.get(pk=representative.organisation.pk)
    assert (answer.status_code, answer.url) == (302, own(representative))
    assert messages_of(answer) == [("success", "The profile is saved.")]
    assert (organisation.description, organisation.website, organisation.place, organisation.aliases) == (
        "Wij bouwen.",
        "https://duin.example",
        "Duin",
        ["Oud Duin", "Duintje"],
    )
    assert organisation.revision == 2


def test_new_domain_waits_for_the_secretariat(representative, settings):
    Organisation.objects.filter(pk=representative.organisation.pk).update(
        email_domains=["oud.example", "weg.example"]
    )
    typed = {
        **PROFILE,
        "website": "https://www.duin.example",
        "domains": "oud.example\n@Nieuw.example\nduin.example",
    }
    representative.post(own(representative, "own_profile"), typed)
    organisation = Organisation.objects.get(pk=representative.organisation.pk)
    assert (organisation.email_domains, organisation.proposed_domains) == (["oud.example"], ["nieuw.example"])
    assert organisation.known_domains == ["oud.example", "duin.example"]
    assert queued() == [("alliance/domains_to_check", settings.SECRETARIAT_EMAIL, "nl")]


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        (
            "domains",
            "gmail.com",
            "Anybody can get an address at gmail.com, so it does not belong to your organisation.",
        ),
        (
            "domains",
            "mail.outlook.com",
            "Anybody can get an address at mail.outlook.com, so it does not belong to your organisation.",
        ),
        ("domains", "geen domein", "geen domein is not a mail domain. Write for example gemeente.nl."),
        ("aliases", "Almere", "Almere is the name of another organisation."),
        ("aliases", "x" * 121, "A name has at most 120 characters."),
        ("aliases", "https://x.example", "Leave web addresses out of this field."),
        ("website", "javascript:alert(1)", "Fill in a web address that begins with https:// or http://."),
    ],
)
def test_profile_keeps_what_was_typed_wrongly(representative, almere, field, typed, error):
    page = representative.post(own(representative, "own_profile"), {**PROFILE, field: typed})
    assert (page.status_code, page.context["form"].errors[field]) == (200, [error])
    assert page.context["form"][field].value() == typed
    assert Organisation.objects.get(pk=representative.organisation.pk).description == ""


def test_profile_cannot_become_a_double(representative):
    mine = representative.organisation
    Organisation.objects.filter(pk=mine.pk).update(in_register=False, place="Hier")
    factories.OrganisationFactory(name=mine.name.upper(), place="Daar", in_register=False)
    page = representative.post(own(representative, "own_profile"), {**PROFILE, "place": "daar"})
    assert page.context["form"].errors["place"] == [
        "There is another organisation with this name in this place."
    ]


def test_profile_that_a_colleague_changed_is_not_overwritten_unknowingly(representative):
    address = own(representative, "own_profile")
    representative.post(address, {**PROFILE, "description": "Van mijn collega"})
    page = representative.post(address, {**PROFILE, "description": "Van mij"})
    assert (page.status_code, page.context["form"]["description"].value()) == (409, "Van mij")
    assert page.context["form"].overtaken == [("Description", "Van mijn collega")]
    assert "Van mijn collega" in shown(page)
    again = representative.post(
        address, {**PROFILE, "description": "Van mij", "revision": page.context["form"]["revision"].value()}
    )
    assert again.status_code == 302
    assert Organisation.objects.get(pk=representative.organisation.pk).description == "Van mij"


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_once_lose_nothing():
    organisation, user = factories.OrganisationFactory(), factories.UserFactory()

    def save(text: str):
        return lambda: own_profile.update_profile(
            organisation=organisation, revision=1, domains=[], by=user, description=text
        )

    results = at_once(save("een"), save("twee"))
    assert sorted(type(result).__name__ for result in results) == ["ChangedMeanwhile", "Organisation"]
    assert Organisation.objects.get().revision == 2


# What the organisation brings


def test_contribution_is_saved(representative):
    theme = factories.ThemeFactory()
    typed = {
        "revision": "1",
        "contributes": ["knowledge"],
        "themes": [theme.pk],
        "contribution_note": "Data",
        "statement": "Omdat.",
    }
    answer = representative.post(own(representative, "own_contribution"), typed)
    signature = Signature.objects.get()
    assert (answer.status_code, signature.contributes, list(signature.themes.all())) == (
        302,
        ["knowledge"],
        [theme],
    )
    assert (signature.contribution_note, signature.statement, signature.revision) == ("Data", "Omdat.", 2)


def test_contribution_that_a_colleague_changed_is_shown(representative):
    theme = factories.ThemeFactory(name_nl="Water", name_en="Water")
    signature = Signature.objects.get()
    own_profile.update_contribution(
        signature=signature,
        revision=1,
        themes=[theme],
        contributes=["process"],
        contribution_note="",
        statement="",
        by=representative.user,
    )
    page = representative.post(own(representative, "own_contribution"), {"revision": "1", "statement": ""})
    assert (page.status_code, page.context["form"].overtaken) == (
        409,
        [("What does your organisation bring?", "Process used"), ("For which themes?", "Water")],
    )


@pytest.mark.parametrize(
    "typed", [{"contributes": ["money"]}, {"statement": "x" * 1001}, {"contribution_note": "x" * 601}]
)
def test_contribution_refuses_what_does_not_fit(representative, typed):
    page = representative.post(own(representative, "own_contribution"), {"revision": "1", **typed})
    assert (page.status_code, list(page.context["form"].errors)) == (200, list(typed))


def test_stale_revision_is_refused_by_the_action(representative):
    with pytest.raises(ChangedMeanwhile):
        own_profile.update_profile(
            organisation=representative.organisation, revision=7, domains=[], by=representative.user
        )


# History


def test_history_tells_in_words_without_names(representative):
    organisation, colleague = representative.organisation, factories.UserFactory(name="Geheime Collega")
    representative.post(own(representative, "own_profile"), {**PROFILE, "website": "https://a.example"})
    member = own_people.join(organisation=organisation, person=colleague, role="editor")
    own_people.remove(membership=member, by=representative.user)
    representative.post(own(representative, "own_still_right"))
    page = representative.get(own(representative, "own_history"))
    lines = {line.what: line.by for line in page.context["page"]}
    assert lines["The profile changed: description, website."] == "you"
    assert set(lines) >= {  # one transaction here, so one moment: the order says nothing
        "It was confirmed that the signature is still right.",
        "Somebody who was editor left.",
        "Somebody joined as editor.",
    }
    assert "Geheime" not in page.content.decode()
    assert colleague.email not in page.content.decode()


def test_history_says_who_by_kind(representative, secretariat):
    representative_only = own(representative, "own_people")
    other = factories.MembershipFactory(organisation=representative.organisation, role="editor")
    secretariat.post(
        english("alliance:own_role", representative.organisation.slug, other.pk), {"role": "representative"}
    )
    lines = representative.get(own(representative, "own_history")).context["page"]
    assert ("Somebody's role changed to representative.", "staff of VNG") in [
        (line.what, line.by) for line in lines
    ]
    assert representative.get(representative_only).status_code == 200


def test_history_is_of_this_organisation_only(representative):
    factories.MembershipFactory()
    factories.SignatureFactory(published=True)
    whats = [line.what for line in representative.get(own(representative, "own_history")).context["page"]]
    assert sorted(whats) == [
        "Somebody joined as representative.",
        "The declaration was signed; the signer got a link to confirm.",
        "The organisation was entered in the portal.",
    ]


# Domains


@pytest.mark.parametrize(
    ("domain", "free"),
    [("gmail.com", True), ("Mail.Gmail.com", True), ("notgmail.com", False), ("almere.nl", False)],
)
def test_free_mail_is_known(domain, free):
    assert is_free_mail(domain) is free


@pytest.mark.parametrize(
    "text", ["nl", "a b.nl", "-a.nl", "a..nl", "1.2.3.4", "a.nl/x", "é.nl", f"{'a' * 130}.nl"]
)
def test_what_is_no_domain_is_refused(text):
    with pytest.raises(ValidationError):
        mail_domain(text)


def test_domain_lies_in_itself_and_above():
    assert lies_in("werk.almere.nl", ["almere.nl"])
    assert not lies_in("vvalmere.nl", ["almere.nl"])
    assert not lies_in("", ["almere.nl"])


def test_website_at_a_free_provider_is_no_evidence():
    assert (
        factories.OrganisationFactory(
            website="https://gmail.com/me", email_domains=["hotmail.com"]
        ).known_domains
        == []
    )
