"""A change to a published practice: proposed, read by a second pair of eyes, never over what readers see."""

from functools import partial

import pytest

from knowledgebase import actions
from knowledgebase.actions import tag as tags
from knowledgebase.actions import writing
from knowledgebase.models import Practice, Proposal
from knowledgebase.views.text import Text
from smartsociety.core.revisions import ChangedMeanwhile
from smartsociety.core.states import InvalidTransition
from tests import factories
from tests.database import accepts, refused_by
from tests.mailbox import queued
from tests.pages import messages_of, shown

pytestmark = pytest.mark.django_db
STATUSES = ("draft", "submitted", "approved", "declined", "withdrawn")
LIFE = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"approved", "declined", "draft", "withdrawn"},
    "approved": set(),
    "declined": set(),
    "withdrawn": set(),
}
EDIT = "/en/kennisbank/laadpalen/bewerken/"
DESK = "/en/beheer/praktijkvoorbeelden/laadpalen/wijziging/"
TEXTS = {
    name: f"{name} van Ede"
    for name in ("title", "summary", "problem", "approach", "result", "shortfall", "contact_role")
}
WHOLE = {**TEXTS, "phase": "pilot", "language": "nl", "contact_email": "mail@ede.example", "revision": 0}


def seen(proposal, **typed) -> dict:
    """What the form of a decision carries: the proposal as the editor read it."""
    return {"proposal": proposal.pk, "revision": proposal.revision, **typed}


@pytest.fixture
def published(editor):
    """A practice of the organisation of `editor`, in the knowledge base."""
    return factories.PracticeFactory(slug="laadpalen", owner=editor.organisation, problem="Te veel licht.")


@pytest.mark.parametrize(
    ("here", "there", "allowed"), [(here, there, there in LIFE[here]) for here in LIFE for there in LIFE]
)
def test_proposal_moves_only_along_its_table(here, there, allowed):
    proposal = factories.ProposalFactory(status=here)
    assert proposal.can_become(there) is allowed
    if here != there:
        assert accepts(lambda: Proposal.objects.filter(pk=proposal.pk).update(status=there)) is allowed


def test_proposal_refuses_what_cannot_be(published):
    with refused_by("knowledgebase_proposal_status_is_known"):
        factories.ProposalFactory(status="lost")
    factories.ProposalFactory(practice=published)
    with refused_by("knowledgebase_proposal_one_at_a_time"):
        factories.ProposalFactory(practice=published, submitted=True)
    editor = factories.UserFactory()
    with refused_by("knowledgebase_proposal_four_eyes"):
        factories.ProposalFactory(status="approved", submitted_by=editor, decided_by=editor)


def test_tag_that_was_merged_since_it_was_proposed_stays_merged(editor, published):
    goes, stays = factories.TagFactory(name="lamp"), factories.TagFactory(name="licht")
    published.tags.add(factories.TagFactory(name="oud"))
    proposal = writing.propose(
        practice=published, revision=0, values={"tags": ["lamp", "nacht"]}, by=editor.user
    )
    writing.submit_proposal(proposal=proposal, note="", by=editor.user)
    tags.merge(tag=goes, into=stays, by=editor.user)
    proposal.refresh_from_db()
    writing.approve_proposal(proposal=proposal, revision=proposal.revision, by=factories.UserFactory())
    assert [tag.name for tag in published.tags.all()] == ["licht", "nacht"]


def test_writing_a_published_practice_proposes_and_readers_see_the_published_text(editor, published, visitor):
    answer = editor.post(EDIT, WHOLE | {"problem": "Te weinig licht."})
    assert (answer.url, messages_of(answer)) == (
        EDIT,
        [("success", "Saved. Readers still see the published text.")],
    )
    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.values["problem"]) == ("draft", "Te weinig licht.")
    page = shown(visitor.get("/kennisbank/laadpalen/"))
    assert ("Te veel licht." in page, "Te weinig licht." in page) == (True, False)
    assert editor.get(EDIT).context["form"]["problem"].value() == "Te weinig licht."


def test_proposal_holds_only_what_differs(editor, published):
    theme = factories.ThemeFactory()
    published.themes.add(theme)
    same = {name: getattr(published, name) for name in TEXTS} | {"contact_email": published.contact_email}
    editor.post(EDIT, WHOLE | same | {"themes": [theme.pk], "result": "Beter.", "tags": "licht"})
    values = Proposal.objects.get().values
    assert (sorted(values), values["result"]) == (["result", "tags"], "Beter.")


def test_proposal_is_sent_in_and_approved_by_another(editor, reviewer, published):
    editor.post(EDIT, WHOLE | {"problem": "Te weinig licht.", "tags": "licht, nacht"})
    answer = editor.post(f"{EDIT.replace('bewerken', 'wijziging')}insturen/", {"note": "Nieuw gemeten."})
    assert answer.url == "/en/kennisbank/laadpalen/"
    assert editor.post(EDIT, WHOLE | {"revision": 1}).status_code == 409  # an editor reads it now
    page = reviewer.get("/en/kennisbank/laadpalen/wijziging/")
    assert ("weinig" in shown(page), page.context["may_approve"]) == (True, True)
    done = reviewer.post(f"{DESK}goedkeuren/", page.context["seen"].initial)
    assert messages_of(done) == [("success", "The change is published.")]
    published.refresh_from_db()
    assert (published.problem, published.status, published.published_at is not None) == (
        "Te weinig licht.",
        "published",
        True,
    )
    assert sorted(tag.name for tag in published.tags.all()) == ["licht", "nacht"]
    assert [kind for kind, _to, _language in queued()] == ["knowledgebase/proposal_decided"]


def test_second_colleague_reads_that_somebody_was_first(reviewer, published):
    sent = seen(factories.ProposalFactory(practice=published, submitted=True))
    reviewer.post(f"{DESK}goedkeuren/", sent)
    late = [reviewer.post(f"{DESK}{word}/", sent) for word in ("goedkeuren", "afwijzen")]
    said = "A colleague has decided on this practice already. Nothing was changed."
    assert [messages_of(answer)[-1] for answer in late] == [("error", said)] * 2


def test_nobody_approves_what_they_sent_in(administrator):
    proposal = factories.ProposalFactory(
        practice__slug="laadpalen", submitted=True, submitted_by=administrator.user
    )
    address = "/beheer/praktijkvoorbeelden/laadpalen/wijziging/goedkeuren/"
    assert administrator.post(address).status_code == 403
    proposal.refresh_from_db()
    assert proposal.status == "submitted"


@pytest.mark.parametrize(
    ("button", "status"), [({}, "draft"), ({"never": "1"}, "declined")], ids=["again", "never"]
)
def test_declining_says_why(reviewer, button, status):
    proposal = factories.ProposalFactory(practice__slug="laadpalen", submitted=True)
    page = reviewer.post(f"{DESK}afwijzen/", seen(proposal, reason="") | button)
    assert page.context["form"].errors == {"reason": ["This field is required."]}
    reviewer.post(f"{DESK}afwijzen/", seen(proposal, reason="Noem de bron.") | button)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.reason, proposal.practice.problem) == (
        status,
        "Noem de bron.",
        "Het probleem.",
    )
    assert len(queued()) == 1


def test_editor_approves_the_text_that_was_read_and_no_other(editor, reviewer, published):
    first = factories.ProposalFactory(practice=published, submitted=True)
    read = reviewer.get("/en/kennisbank/laadpalen/wijziging/").context["seen"].initial
    writing.withdraw_proposal(proposal=first, by=editor.user)
    other = factories.ProposalFactory(
        practice=published, submitted=True, values={"problem": "Koop bij firma X."}
    )
    for typed in (read, {}, {"proposal": other.pk, "revision": 0}):
        answer = reviewer.post(f"{DESK}goedkeuren/", typed)
        assert answer.url == "/en/kennisbank/laadpalen/wijziging/"
    other.refresh_from_db()
    published.refresh_from_db()
    assert (other.status, published.problem) == ("submitted", "Te veel licht.")
    assert "Look again, then decide." in shown(reviewer.get(answer.url))
    reviewer.post(f"{DESK}goedkeuren/", seen(other))
    published.refresh_from_db()
    assert published.problem == "Koop bij firma X."


def test_editor_declines_the_text_that_was_read_and_no_other(editor, reviewer, published):
    first = factories.ProposalFactory(practice=published, submitted=True)
    writing.withdraw_proposal(proposal=first, by=editor.user)
    other = factories.ProposalFactory(practice=published, submitted=True)
    page = reviewer.post(f"{DESK}afwijzen/", seen(first, reason="Noem de bron."))
    other.refresh_from_db()
    assert (page.status_code, other.status, queued()) == (409, "submitted", [])
    typed = {name: page.context["form"][name].value() for name in ("proposal", "revision", "reason")}
    assert typed == {"proposal": str(other.pk), "revision": "1", "reason": "Noem de bron."}
    reviewer.post(f"{DESK}afwijzen/", typed)
    other.refresh_from_db()
    assert other.status == "draft"


def test_proposal_that_was_rewritten_is_not_decided_on(published):
    proposal = factories.ProposalFactory(practice=published, submitted=True)
    Proposal.objects.update(revision=2)
    for name in ("approve", "decline", "return"):
        with pytest.raises(ChangedMeanwhile):
            DECISIONS[name][0](proposal=proposal, by=factories.UserFactory())
    assert Proposal.objects.get().status == "submitted"


def test_change_that_leaves_a_core_field_empty_is_not_sent_in(editor, published):
    proposal = factories.ProposalFactory(practice=published, values={"problem": ""})
    answer = editor.post("/en/kennisbank/laadpalen/wijziging/insturen/", {"note": ""})
    assert (answer.url, messages_of(answer)) == (
        EDIT,
        [("error", "Saved, but not sent in yet. Still missing: problem and occasion.")],
    )
    proposal.refresh_from_db()
    assert proposal.status == "draft"


def test_change_that_leaves_a_core_field_empty_is_not_approved(reviewer, published):
    proposal = factories.ProposalFactory(practice=published, submitted=True, values={"problem": ""})
    answer = reviewer.post(f"{DESK}goedkeuren/", seen(proposal))
    assert messages_of(answer) == [("error", "This change leaves empty: problem and occasion. Send it back.")]
    proposal.refresh_from_db()
    published.refresh_from_db()
    assert (proposal.status, published.problem) == ("submitted", "Te veel licht.")


def test_change_of_what_is_in_the_archive_waits_until_it_is_back(reviewer, published):
    proposal = factories.ProposalFactory(practice=published, submitted=True)
    actions.archive(practice=published, by=reviewer.user)
    answer = reviewer.post(f"{DESK}goedkeuren/", seen(proposal))
    assert messages_of(answer) == [("error", "The practice is in the archive. Nothing was changed.")]
    assert (Proposal.objects.get().status, list(Proposal.objects.waiting())) == ("submitted", [])
    actions.bring_back(practice=published, by=reviewer.user)
    assert list(Proposal.objects.waiting()) == [proposal]
    reviewer.post(f"{DESK}goedkeuren/", seen(proposal))
    assert Proposal.objects.get().status == "approved"


DECISIONS = {
    "submit": (partial(writing.submit_proposal, note=""), {"draft"}),
    "withdraw": (writing.withdraw_proposal, {"draft", "submitted"}),
    "approve": (partial(writing.approve_proposal, revision=1), {"submitted"}),
    "decline": (
        partial(writing.decline_proposal, revision=1, reason="Nee.", again=False),
        {"submitted"},
    ),
    "return": (partial(writing.decline_proposal, revision=1, reason="Nee.", again=True), {"submitted"}),
}


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize("status", STATUSES)
def test_step_is_taken_only_from_its_states(name, status):
    action, fine = DECISIONS[name]
    proposal = factories.ProposalFactory(status=status)
    before = Practice.objects.values().get()
    if status in fine:
        action(proposal=proposal, by=factories.UserFactory())
        assert Proposal.objects.get().status != status
    else:
        with pytest.raises(InvalidTransition):
            action(proposal=proposal, by=factories.UserFactory())
        assert (Proposal.objects.get().status, Practice.objects.values().get()) == (status, before)


def test_withdrawn_change_leaves_the_text(editor, published):
    factories.ProposalFactory(practice=published)
    answer = editor.post("/en/kennisbank/laadpalen/wijziging/intrekken/")
    published.refresh_from_db()
    assert (messages_of(answer)[0][0], published.problem) == ("success", "Te veel licht.")
    assert editor.get("/kennisbank/laadpalen/wijziging/").status_code == 404


def test_change_is_not_there_for_others(visitor, stranger, published):
    factories.ProposalFactory(practice=published)
    assert stranger.get("/kennisbank/laadpalen/wijziging/").status_code == 404
    assert stranger.post("/kennisbank/laadpalen/wijziging/intrekken/").status_code == 404
    assert stranger.post(EDIT, WHOLE).status_code == 403
    assert visitor.post(EDIT, WHOLE).status_code == 302
    assert Proposal.objects.get().status == "draft"


def test_two_writers_of_a_draft_lose_nothing(editor):
    practice = factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    editor.post(EDIT, WHOLE | {"problem": "Van de eerste."})
    page = editor.post(EDIT, WHOLE | {"problem": "Van de tweede."})
    assert (page.status_code, page.context["form"]["problem"].value()) == (409, "Van de tweede.")
    assert [difference.label for difference in page.context["overtaken"].differences] == [
        "Problem and occasion"
    ]
    assert "You saved it yourself, perhaps in another tab." in shown(page)
    practice.refresh_from_db()
    assert (practice.problem, practice.revision) == ("Van de eerste.", 1)
    editor.post(EDIT, WHOLE | {"problem": "Van beiden.", "revision": 1})
    practice.refresh_from_db()
    assert practice.problem == "Van beiden."


def test_second_writer_sees_every_answer_that_saving_would_change(editor):
    factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    water, wind = factories.ThemeFactory(name_en="Water"), factories.ThemeFactory(name_en="Wind")
    first = {"phase": "in_use", "themes": [water.pk], "tags": "licht", "started_year": 2019, "language": "en"}
    editor.post(EDIT, WHOLE | first)
    page = editor.post(EDIT, WHOLE | {"themes": [wind.pk], "tags": "nacht", "started_year": 2020})
    assert told(page) == {
        "Language": [("gone", "English"), ("new", "Dutch")],
        "Themes": [("gone", "Water"), ("new", "Wind")],
        "Tags": [("gone", "licht"), ("new", "nacht")],
        "Phase": [("gone", "In use"), ("new", "Pilot")],
        "Year it started": [("gone", "2019"), ("new", "2020")],
    }
    assert "data-autosave" not in page.text  # only the button decides on what is shown


def test_second_writer_of_a_part_sees_choices_and_gaps(editor):
    factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    part, costs = f"{EDIT}kosten/", ("cost_once", "cost_yearly", "cost_once_follower", "cost_yearly_follower")
    choices = {"revision": 0, "funding_is_lasting": "unknown"} | dict.fromkeys(costs, "unknown")
    editor.post(part, choices | {"funding": ["own"], "gap_cost_note": "unknown", "funding_is_lasting": "yes"})
    page = editor.post(part, choices)
    assert {label: kinds[0][0] for label, kinds in told(page).items()} == {
        "Funding": "gone",
        "Paid for after the trial": "gone",
        "No text about “About the costs”?": "gone",
    }


@pytest.mark.parametrize("status", ["draft", "published"])
def test_writers_of_different_parts_do_not_stop_each_other(editor, status):
    practice = factories.practice_at(status, slug="laadpalen", owner=editor.organisation)
    editor.post(EDIT, WHOLE | {"problem": "Aan het begin.", "tags": "licht"})
    needs = ("needs_legal", "needs_technical")
    first = {"revision": 1, needs[0]: "Een besluit.", f"gap_{needs[1]}": "unknown"}
    second = {"revision": 1, "procurement": "unknown", "gap_supplier_note": "not_applicable"}
    third = WHOLE | {"revision": 1, "problem": "Van de derde.", "tags": "nacht"}
    pages = [
        editor.post(f"{EDIT}voorwaarden/", first),
        editor.post(f"{EDIT}leverancier/", second),
        editor.post(EDIT, third),
        editor.post(f"{EDIT}voorwaarden/", first | {needs[0]: "Geen besluit."}),
    ]
    assert [page.status_code for page in pages] == [302, 302, 302, 409]
    text = Text(Practice.objects.get(pk=practice.pk)).reading
    assert (text.needs_legal, text.problem, text.gaps) == (
        "Een besluit.",
        "Van de derde.",
        {"needs_technical": "unknown", "supplier_note": "not_applicable"},
    )


def told(page) -> dict[str, list[tuple[str, str]]]:
    """What the second writer sees, by field."""
    return {
        each.label: [(part.kind, part.text) for paragraph in each.paragraphs for part in paragraph]
        for each in page.context["overtaken"].differences
    }


def test_draft_saves_itself_as_far_as_it_is_right(editor):
    practice = factories.PracticeFactory(slug="laadpalen", draft=True, owner=editor.organisation)
    typed = WHOLE | {"contact_email": "geen adres", "phase": "stopped", "problem": "Half af"}
    answer = editor.post(EDIT, typed, headers={"X-Autosave": "1"})
    practice.refresh_from_db()
    assert (answer.json()["revision"], practice.problem, practice.phase) == (1, "Half af", "pilot")
    assert answer.json()["message"].endswith("saved: Phase, Why it stopped, Shared mailbox.")
    late = editor.post(EDIT, WHOLE, headers={"X-Autosave": "1"})
    assert (late.status_code, practice.problem) == (409, "Half af")


def test_archive_and_back(representative):
    practice = factories.PracticeFactory(slug="laadpalen", owner=representative.organisation)
    address = "/en/kennisbank/laadpalen/archiveren/"
    said = [messages_of(representative.post(address, typed))[-1][0] for typed in ({}, {}, {"back": "1"})]
    assert said == ["success", "error", "success"]
    practice.refresh_from_db()
    assert practice.status == "published"


def test_archiving_is_for_representatives_of_an_owner_and_editors(everyone):
    factories.PracticeFactory(slug="laadpalen", owner=everyone["editor"].organisation)
    statuses = {
        who: client.post("/kennisbank/laadpalen/archiveren/").status_code for who, client in everyone.items()
    }
    refused = {who for who, status in statuses.items() if status == 403}
    assert refused == {"stranger", "representative", "editor", "secretariat", "programme"}
    assert statuses["visitor"] == statuses["reviewer"] == statuses["administrator"] == 302
