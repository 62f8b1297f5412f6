"""What reasons may be typed."""

import pytest

from alliance.forms.own import WithdrawForm
from alliance.forms.staff import RejectForm


@pytest.mark.parametrize(
    ("form", "reason", "fine"),
    [
        (RejectForm, "Het besluit ontbreekt.", True),
        (RejectForm, "", False),
        (RejectForm, "   ", False),
        (RejectForm, "x" * 501, False),
        (WithdrawForm, "", True),
        (WithdrawForm, "Fusie.", True),
        (WithdrawForm, "x" * 501, False),
    ],
)
def test_reason_is_needed_to_reject_and_free_to_withdraw(form, reason, fine):
    assert form({"reason": reason, "revision": "1"}).is_valid() is fine
