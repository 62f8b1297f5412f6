"""The staff workspace: what waits, for whom."""

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
NUMBERS = ("to_verify", "to_answer", "to_let_in", "to_review", "to_report", "failing_mails")


@pytest.fixture
def work():
    """A signature, two questions, a request, two practices, a change, evidence, three fieldlabs and four mails wait.

    Others do not.
    """
    (
        factories.signature_at("submitted"),
        factories.signature_at("rejected"),
        factories.signature_at("unconfirmed"),
    )
    factories.EnquiryFactory.create_batch(2), factories.AccessRequestFactory()
    factories.EnquiryFactory(status="closed", handled_at=timezone.now())
    factories.practice_at("submitted"), factories.practice_at("in_review"), factories.practice_at("draft")
    factories.ProposalFactory(submitted=True), factories.ProposalFactory(), factories.EvidenceRequestFactory()
    factories.FieldlabFactory.create_batch(3, held=True), factories.FieldlabFactory(status="reported")
    factories.MailFactory.create_batch(4, attempts=1), factories.MailFactory()


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("secretariat", [1, 2, 1, None, None, 4]),
        ("reviewer", [None, None, None, 4, None, 4]),
        ("programme", [None, None, None, None, 3, 4]),
        ("administrator", [1, 2, 1, 4, 3, 4]),
    ],
)
def test_workspace_counts_the_work_of_each(everyone, work, who, counts):
    page = everyone[who].get("/beheer/")
    assert (page.status_code, [page.context[name] for name in NUMBERS]) == (200, counts)


TABS = {
    "secretariat": {"/beheer/ondertekeningen/"},
    "programme": {"/beheer/fieldlabs/"},
    "reviewer": {"/beheer/praktijkvoorbeelden/"},
    "administrator": {
        "/beheer/ondertekeningen/",
        "/beheer/fieldlabs/",
        "/beheer/praktijkvoorbeelden/",
        "/beheer/admin/",
    },
}


@pytest.mark.parametrize("who", TABS)
def test_workspace_leads_where_each_may_go(everyone, who):
    page = everyone[who].get("/beheer/mail/").content.decode()
    own = set.union(*TABS.values())
    assert {address for address in own if f'href="{address}"' in page} == TABS[who]
    assert [
        address
        for address in ("/beheer/", "/beheer/mail/", "/beheer/logboek/")
        if f'href="{address}"' not in page
    ] == []


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("stranger", 403), ("representative", 403), ("editor", 403)]
)
def test_workspace_is_for_staff(everyone, who, status):
    assert everyone[who].get("/beheer/").status_code == status


def test_workspace_is_only_read(administrator):
    answer = administrator.post("/beheer/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
