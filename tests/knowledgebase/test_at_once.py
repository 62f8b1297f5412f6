"""Two at once wait for each other in one order: who holds what belongs to a practice holds the practice first."""

from threading import Event

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from knowledgebase.actions import people, writing
from knowledgebase.actions.practice import lock
from knowledgebase.models import Proposal
from tests import factories
from tests.database import at_once, somebody_waits
from tests.mailbox import newest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("decide", ["approve_proposal", "decline_proposal"])
def test_writing_and_deciding_at_once_wait_for_each_other_in_one_order(decide):
    """Who writes holds the practice and then wants the proposal, while an editor decides."""
    proposal = factories.ProposalFactory(submitted=True)
    answers = {"reason": "Anders.", "again": True} if decide == "decline_proposal" else {}
    holds = Event()

    def write():
        with transaction.atomic():
            lock(proposal.practice)
            holds.set()
            somebody_waits()
            return Proposal.objects.select_for_update().get(pk=proposal.pk).status

    def judge():
        holds.wait(timeout=20)
        act, by = getattr(writing, decide), factories.UserFactory()
        return act(proposal=proposal, revision=proposal.revision, by=by, **answers).status

    assert at_once(write, judge) == ["submitted", "draft" if answers else "approved"]


def test_author_who_accepts_while_another_invites_waits_in_the_same_order():
    draft = factories.PracticeFactory(draft=True)
    people.invite_author(practice=draft, email="bas@partner.example", by=factories.UserFactory())
    token = newest("knowledgebase/author_invited").text.split("/meeschrijven/")[1].split("/")[0]
    by, holds = factories.UserFactory(), Event()

    def invite():
        with transaction.atomic():
            lock(draft)
            holds.set()
            somebody_waits()
            return people.invite_author(practice=draft, email="bas@partner.example", by=by)

    def accept():
        holds.wait(timeout=20)
        return people.accept_author(token=token, language="nl", by=AnonymousUser())

    results = at_once(invite, accept)
    assert [type(result).__name__ for result in results] == ["AuthorInvitation", "DoesNotExist"]
