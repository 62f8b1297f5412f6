"""Many at once, on the real database: none lost, none double."""

from functools import partial

import pytest
from django.test import Client

from alliance import actions
from alliance.actions import draft as drafts
from alliance.models import Declaration, Organisation, Signature
from smartsociety.core.limits import HOUR, allowed
from smartsociety.core.models import Mail
from tests.alliance.signing import Walk
from tests.database import at_once
from tests.mailbox import links_in

pytestmark = pytest.mark.django_db(transaction=True)
CROWD, AT_ONCE = 500, 10


def batches(tasks):
    """The answers of all tasks, so many at a time as the server has workers."""
    return [
        answer
        for start in range(0, len(tasks), AT_ONCE)
        for answer in at_once(*tasks[start : start + AT_ONCE])
    ]


def finish(number: int) -> object:
    """One signer: the whole of it in one go, through the action behind the last button."""
    declaration = Declaration.objects.get()
    draft = drafts.find(drafts.start(declaration=declaration, language="nl"))
    organisation = {
        "name": f"Sensoria {number // 2:03}" + (" B.V." if number % 2 else ""),
        "kind": "company",
        "place": "Ede",
    }
    return drafts.finish(
        draft=draft, declaration=declaration, organisation=organisation, language="nl", signer_name="A",
        signer_function="B", signer_email=f"person{number}@sensoria{number}.example", mandate_by="C",
        mandate_on="2026-03-02",
    )  # fmt: skip


def confirm(link: str) -> object:
    """The signer opens the link of the mail."""
    return actions.confirm(token=link.rstrip("/").rpartition("/")[2])


def test_500_signings_at_once_lose_none_and_double_none(declaration):
    """Each organisation is signed for by two people in two spellings: 250 organisations, 500 mails, 250 signatures."""
    signed = batches([partial(finish, number) for number in range(CROWD)])
    assert {type(answer) for answer in signed} == {Signature}
    assert (Signature.objects.unconfirmed().count(), Organisation.objects.count()) == (CROWD, CROWD // 2)
    mails = Mail.objects.filter(kind="alliance/confirm_signature")
    assert (mails.count(), mails.values("to").distinct().count()) == (CROWD, CROWD)
    answers = batches([partial(confirm, links_in(mail)[0]) for mail in mails.order_by("pk")])
    first = [answer for answer in answers if isinstance(answer, Signature)]
    second = [answer for answer in answers if isinstance(answer, actions.AlreadySigned)]
    assert (len(first), len(second)) == (CROWD // 2, CROWD // 2)
    assert Signature.objects.active().values("organisation").distinct().count() == CROWD // 2
    assert Signature.objects.active().count() == CROWD // 2


def test_two_spellings_entered_at_once_are_one_organisation(declaration):
    tasks = [
        partial(actions.enter_organisation, name=name, kind="company", place="Ede")
        for name in ("Sensoria", "SENSORIA B.V.", "Stichting Sensoria", "sensoria") * 2
    ]
    assert {answer.pk for answer in at_once(*tasks)} == {Organisation.objects.get().pk}


def test_two_organisations_with_one_number_at_once_are_one(declaration):
    tasks = [
        partial(actions.enter_organisation, name=name, kind="company", place="Ede", kvk_number="12345678")
        for name in ("Sensoria", "Gans Anders", "Nog Wat")
    ]
    assert {answer.pk for answer in at_once(*tasks)} == {Organisation.objects.get().pk}


def test_two_signers_of_one_organisation_at_once_end_with_one_signature(declaration, almere):
    walks = [Walk(Client()) for _person in range(2)]
    for person, walk in enumerate(walks):
        walk.to_check(ondertekenaar={"signer_email": f"person{person}@almere.example"})
        walk.post("controle")
    links = [links_in(mail)[0] for mail in Mail.objects.order_by("pk")]
    answers = at_once(*(partial(Client().post, link.partition("8000")[2] or link) for link in links))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert Signature.objects.active().count() == 1


def test_counting_at_once_lets_no_more_through():
    answers = at_once(*(partial(allowed, "test", limit=7, seconds=HOUR) for _try in range(20)))
    assert sorted(answers) == [False] * 13 + [True] * 7
