"""A round number of signatories: a news message stands ready, once, and is sent only by the secretariat."""

import pytest

from alliance.actions import publish, withdraw
from alliance.models import News
from tests import factories
from tests.mailbox import links_in, newest, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def nine():
    """One short of the first round number; who left does not count."""
    factories.SignatureFactory.create_batch(9, published=True)
    factories.SignatureFactory(withdrawn=True)


def join(name: str = "Almere", **fields):
    signature = factories.SignatureFactory(submitted=True, organisation__name=name, **fields)
    return publish(signature=signature, by=factories.UserFactory())


def test_tenth_signatory_makes_a_message_ready_and_tells_the_secretariat(nine, secretariat, settings):
    join()
    news = News.objects.get()
    assert (news.milestone, news.sent_at) == (10, None)
    assert (news.subject_nl, news.subject_en) == (
        "10 organisaties steunen de verklaring",
        "10 organisations support the declaration",
    )
    assert news.text_en.startswith("With Almere, 10 organisations support")
    assert f"{settings.SITE_URL}/en/ondertekenaars/" in news.text_en
    assert queued()[-1] == ("alliance/milestone_reached", settings.SECRETARIAT_EMAIL, "nl")
    (link,) = links_in(newest("alliance/milestone_reached"))
    assert secretariat.get(link.removeprefix(settings.SITE_URL)).status_code == 200


def test_other_numbers_make_no_message(nine):
    join(), join("Ede")
    assert News.objects.count() == 1


def test_number_that_is_reached_again_makes_no_second_message(nine):
    withdraw(signature=join(), by=factories.UserFactory())
    join("Ede")
    assert News.objects.count() == 1


def test_second_version_of_a_signatory_is_no_new_signatory(nine):
    signed = join()
    News.objects.all().delete()
    again = factories.SignatureFactory(
        submitted=True, organisation=signed.organisation, declaration__version=2
    )
    publish(signature=again, by=factories.UserFactory())
    assert not News.objects.exists()
