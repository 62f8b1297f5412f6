"""The history of a practice: in the order in which things happened, however they were stamped; in the own language."""

from threading import Event

import pytest
from django.db import connection, transaction

from knowledgebase.actions import writing
from knowledgebase.models import Practice
from knowledgebase.views.versions import story, versions
from tests import factories
from tests.database import at_once
from tests.pages import shown

pytestmark = pytest.mark.django_db


def problems(practice) -> list[str]:
    """What the versions say, the latest first."""
    return [version.data["problem"] for version in versions(practice)]


def test_changes_of_one_transaction_are_told_in_their_order():
    """They have the same stamp; their numbers, here 9999998 and on, tell which came first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('knowledgebase_practiceevent', 'pgh_id'), 9999997)"
        )
    practice = factories.PracticeFactory(draft=True, problem="0")
    for text in "1234":
        practice.problem = text
        practice.save()
    assert problems(practice) == list("43210")
    assert [each.is_text for each in story(practice)] == [False] + [True] * 5  # before it was owned, it was


@pytest.mark.django_db(transaction=True)
def test_change_that_waited_for_another_comes_after_it():
    practice, by = factories.PracticeFactory(draft=True, problem="0"), factories.UserFactory()
    began, saved = Event(), Event()

    def late():
        with transaction.atomic():
            Practice.objects.count()  # its transaction, and so its stamp, begins here
            began.set()
            saved.wait(timeout=20)
            return writing.save_draft(practice=practice, revision=1, values={"problem": "late"}, by=by)

    def early():
        began.wait(timeout=20)
        done = writing.save_draft(practice=practice, revision=0, values={"problem": "early"}, by=by)
        saved.set()
        return done

    assert [type(result) for result in at_once(late, early)] == [Practice, Practice]
    assert problems(practice) == ["late", "early", "0"]
    told = story(practice)
    assert [each.at for each in told] == sorted((each.at for each in told), reverse=True)
    assert [each.number for each in told if each.is_text] == [3, 2, 1]


def test_history_in_dutch_has_no_english(editor):
    practice = factories.PracticeFactory(
        draft=True, slug="concept", owner=editor.organisation, problem="Een."
    )
    membership = factories.MembershipFactory(role="representative", organisation__name="Epe")
    asked = {"practice": practice, "organisation": membership.organisation}
    factories.PartInvitationFactory(**asked, role="owner")
    factories.PracticeOrganisationFactory(**asked, role="partner", named_because="Staat in de nota.")
    change = factories.ProposalFactory(practice=practice)
    for waits_for in (None, change):
        factories.AttachmentFactory(practice=practice, waits_for=waits_for, title="Bestek").delete()
        factories.PictureFactory(practice=practice, waits_for=waits_for, alt="Een lamp.").delete()
    values = {"language": "en", "phase": "stopped", "stop_reason": "Te duur.", "wanted": ["tester"]}
    writing.save_draft(practice=practice, revision=0, values=values, by=editor.user)
    page = shown(editor.get("/kennisbank/concept/geschiedenis/"))
    english = (
        "takes part",
        "asked",
        "Document added",
        "Picture",
        "Phase",
        "Stopped",
        "Language",
        "wanted",
        "editor",
    )
    assert [word for word in english if word in page] == []
    assert "Epe is gevraagd om mee te doen als: Eigenaar." in page
