"""Who writes a practice shows what it rests on; another pair of eyes records it, or says why not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from knowledgebase.actions import evidence
from knowledgebase.models import EvidenceRequest, EvidenceStep, Practice
from knowledgebase.models.evidence import STANDS_FOR, WARNED_BEFORE
from smartsociety.core.models import Mail
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import accepts, refused_by, refused_saying
from tests.mailbox import links_in, queued
from tests.pages import messages_of, shown

pytestmark = pytest.mark.django_db
ASK = "/en/kennisbank/laadpalen/bewijs/"
DECIDE = "/en/beheer/praktijkvoorbeelden/laadpalen/bewijs/beslissen/"
LIFE = {"asked": {"granted", "refused"}, "granted": set(), "refused": set()}


@pytest.fixture
def own(editor):
    """A published practice of the organisation of `editor`."""
    return factories.PracticeFactory(slug="laadpalen", owner=editor.organisation)


def proof(**changed) -> dict[str, str]:
    """What an owner types."""
    day = timezone.localdate() - timedelta(days=30)
    typed = {"level": "measured", "note": "Geteld.", "url": "https://ede.example/meting"}
    return typed | {"earned_on": day.isoformat()} | changed


def seen(**typed) -> dict:
    """What the form of a decision carries: the request that the editor read."""
    return {"asked": EvidenceRequest.objects.latest("pk").pk, **typed}


@pytest.mark.parametrize(
    ("here", "there", "allowed"), [(here, there, there in LIFE[here]) for here in LIFE for there in LIFE]
)
def test_request_moves_only_along_its_table(here, there, allowed):
    asked = factories.EvidenceRequestFactory(status=here, reason="Te weinig.")
    assert asked.can_become(there) is allowed
    if here != there:
        assert accepts(lambda: EvidenceRequest.objects.filter(pk=asked.pk).update(status=there)) is allowed


def test_database_refuses_what_cannot_be():
    with refused_by("knowledgebase_evidencerequest_level_is_earned"):
        factories.EvidenceRequestFactory(level="described")
    with refused_by("knowledgebase_evidencerequest_status_is_known"):
        factories.EvidenceRequestFactory(status="lost")
    with refused_by("knowledgebase_evidencerequest_refused_says_why"):
        factories.EvidenceRequestFactory(status="refused")
    first = factories.EvidenceRequestFactory()
    with refused_by("knowledgebase_evidencerequest_one_at_a_time"):
        factories.EvidenceRequestFactory(practice=first.practice)
    with refused_by("knowledgebase_evidencerequest_four_eyes"):
        factories.EvidenceRequestFactory(status="granted", decided_by=first.asked_by, asked_by=first.asked_by)


def test_owner_asks_and_an_editor_records(editor, reviewer, own):
    said = messages_of(editor.post(ASK, proof()))
    assert said == [("success", "Sent to the editors. You get a mail when it is decided.")]
    own.refresh_from_db()
    assert own.evidence == "described"
    assert own.title in shown(reviewer.get("/en/beheer/praktijkvoorbeelden/"))
    page = reviewer.get(DECIDE)
    assert ("https://ede.example/meting" in shown(page), page.context["may_grant"]) == (True, True)
    assert messages_of(reviewer.post(DECIDE, seen())) == [("success", "The evidence is recorded.")]
    own.refresh_from_db()
    step = EvidenceStep.objects.get()
    assert (own.evidence, step.note, step.url) == ("measured", "Geteld.", "https://ede.example/meting")
    assert step.earned_on == timezone.localdate() - timedelta(days=30)
    assert queued() == [("knowledgebase/evidence_decided", editor.user.email, "nl")]


def test_editor_says_why_it_is_not_recorded(reviewer, own):
    asked = factories.EvidenceRequestFactory(practice=own, asked_by__language="en")
    page = reviewer.post(DECIDE, seen(refuse="1", reason=""))
    assert page.context["form"].errors == {"reason": ["This field is required."]}
    reviewer.post(DECIDE, seen(refuse="1", reason="Noem de methode."))
    asked.refresh_from_db()
    assert (asked.status, asked.decided_by, EvidenceStep.objects.count()) == ("refused", reviewer.user, 0)
    assert "Noem de methode." in Mail.objects.get().text


def test_nobody_records_what_they_asked(administrator, own):
    asked = factories.EvidenceRequestFactory(practice=own, asked_by=administrator.user)
    assert administrator.get(DECIDE).context["may_grant"] is False
    assert administrator.post(DECIDE, seen()).status_code == 403
    asked.refresh_from_db()
    assert asked.status == "asked"


def test_second_decision_changes_nothing(reviewer, own):
    asked = factories.EvidenceRequestFactory(practice=own)
    evidence.refuse(asked=asked, reason="Nee.", by=factories.UserFactory())
    with pytest.raises(InvalidTransition):
        evidence.grant(asked=asked, by=reviewer.user)
    assert messages_of(reviewer.post(DECIDE, seen())) == [
        ("error", "Nobody waits for a decision about evidence here.")
    ]
    assert EvidenceStep.objects.count() == 0


@pytest.mark.parametrize(
    "button", [{}, {"refuse": "1", "reason": "Noem de methode."}], ids=["grant", "refuse"]
)
def test_editor_decides_on_the_request_that_was_read_and_no_other(reviewer, own, button):
    read = factories.EvidenceRequestFactory(practice=own)
    evidence.refuse(asked=read, reason="Nee.", by=factories.UserFactory())
    other = factories.EvidenceRequestFactory(practice=own, note="Heel iets anders.")
    page = reviewer.post(DECIDE, {"asked": read.pk, **button})
    other.refresh_from_db()
    assert (page.status_code, other.status, EvidenceStep.objects.count()) == (409, "asked", 0)
    assert "Look again, then decide." in shown(page)
    assert page.context["form"]["reason"].value() == button.get("reason")


def test_one_request_waits_at_a_time(editor, own):
    factories.EvidenceRequestFactory(practice=own, note="Al gevraagd.")
    page = editor.get(ASK)
    assert ("Al gevraagd." in shown(page), "Send to the editors" in shown(page)) == (True, False)
    assert messages_of(editor.post(ASK, proof()))[0][0] == "error"
    assert EvidenceRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"url": ""}, "url"),
        ({"note": ""}, "note"),
        ({"level": "described"}, "level"),
        ({"level": "reproduced"}, "level"),
        ({"earned_on": "2020-01-01"}, "earned_on"),
        ({"earned_on": "2999-01-01"}, "earned_on"),
    ],
)
def test_form_says_what_is_missing(editor, own, changed, wrong):
    page = editor.post(ASK, proof(**changed))
    assert (list(page.context["form"].errors), EvidenceRequest.objects.count()) == ([wrong], 0)


def test_form_says_all_that_is_missing_at_once(editor, own):
    page = editor.post(ASK, proof(note="", url=""))
    assert set(page.context["form"].errors) == {"note", "url"}


def test_attachment_of_the_practice_is_proof_that_readers_can_open(editor, reviewer, own, settings):
    settings.SITE_URL = "https://portal.example"
    mine, other = factories.AttachmentFactory(practice=own), factories.AttachmentFactory()
    assert list(editor.post(ASK, proof(url="", attachment=other.pk)).context["form"].errors) == ["attachment"]
    editor.post(ASK, proof(url="", attachment=mine.pk))
    reviewer.post(DECIDE, seen())
    url = f"https://portal.example/kennisbank/laadpalen/bijlagen/{mine.pk}/"
    assert EvidenceStep.objects.get().url == url


def test_what_no_longer_holds_is_not_recorded(reviewer, own):
    factories.EvidenceRequestFactory(practice=own, level="reproduced")
    assert messages_of(reviewer.post(DECIDE, seen()))[0][0] == "error"
    EvidenceRequest.objects.update(level="measured", earned_on=timezone.localdate() - STANDS_FOR)
    assert messages_of(reviewer.post(DECIDE, seen()))[-1][0] == "error"
    assert (EvidenceRequest.objects.get().status, EvidenceStep.objects.count()) == ("asked", 0)


def test_evidence_of_which_the_report_is_gone_is_not_recorded(reviewer, own):
    attachment = factories.AttachmentFactory(practice=own)
    factories.EvidenceRequestFactory(practice=own, url="", attachment=attachment)
    attachment.delete()
    assert messages_of(reviewer.post(DECIDE, seen())) == [
        ("error", "The report is not there any more. Say so, then the owner can show it again.")
    ]
    assert (EvidenceRequest.objects.get().status, EvidenceStep.objects.count()) == ("asked", 0)
    with refused_saying("nobody can read the proof"):
        EvidenceRequest.objects.update(status="granted")


def test_attachment_of_evidence_that_was_recorded_can_go(reviewer, own):
    attachment = factories.AttachmentFactory(practice=own)
    factories.EvidenceRequestFactory(practice=own, url="", attachment=attachment)
    reviewer.post(DECIDE, seen())
    attachment.delete()
    asked = EvidenceRequest.objects.get()
    assert (asked.status, asked.attachment) == ("granted", None)


def test_draft_has_no_evidence_to_show(editor):
    factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    assert editor.get(ASK).status_code == 403


def test_contact_is_asked_once_to_confirm_a_step_that_ends_soon(own, settings):
    settings.SITE_URL = "https://portal.example"
    evidence.earn(
        practice=own,
        level="measured",
        note="",
        url="",
        earned_on=timezone.localdate(),
        by=factories.UserFactory(),
    )
    assert evidence.warn_all() == 0
    with time_machine.travel(timezone.now() + STANDS_FOR - WARNED_BEFORE):
        assert (evidence.warn_all(), evidence.warn_all()) == (1, 0)
    mail = Mail.objects.get()
    assert (mail.to, links_in(mail)[0]) == (
        own.contact_email,
        "https://portal.example/kennisbank/laadpalen/bewijs/",
    )
    assert Practice.objects.get().evidence == "measured"
