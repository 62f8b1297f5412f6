"""How often something may be done."""

import pytest
from django.test import RequestFactory

from smartsociety.core.limits import HOUR, allowed, erase_counts, network_allowed
from smartsociety.core.models import RateCount

pytestmark = pytest.mark.django_db


def test_limit_lets_so_many_through_and_no_more():
    assert [allowed("mail:a", limit=2, seconds=HOUR) for _try in range(3)] == [True, True, False]
    assert allowed("mail:b", limit=2, seconds=HOUR) is True


def test_limit_begins_anew_in_the_next_window(time_machine):
    time_machine.move_to("2026-03-02T09:59:00Z", tick=False)
    assert [allowed("a", limit=1, seconds=HOUR) for _try in range(2)] == [True, False]
    time_machine.move_to("2026-03-02T10:00:00Z", tick=False)
    assert allowed("a", limit=1, seconds=HOUR) is True


def test_limit_stores_no_address():
    allowed("mail:anna@almere.example", limit=1, seconds=HOUR)
    assert "anna" not in RateCount.objects.get().key


def test_limit_of_a_network_counts_its_neighbours():
    requests = [
        RequestFactory().get("/", REMOTE_ADDR=address)
        for address in ("192.0.2.1", "192.0.2.9", "198.51.100.1")
    ]
    assert [network_allowed(request, "sign", limit=1) for request in requests] == [True, False, True]


def test_counts_are_forgotten_when_their_window_ended(time_machine):
    time_machine.move_to("2026-03-02T09:59:00Z", tick=False)
    allowed("a", limit=1, seconds=HOUR)
    assert erase_counts() == 0
    time_machine.move_to("2026-03-02T10:00:01Z", tick=False)
    assert (erase_counts(), RateCount.objects.count()) == (1, 0)
