"""What servers say when they do not take a mail, and what it says about the address."""

from __future__ import annotations

import pytest

from sincerely.outbox.faults import Fault, fault_of


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("RCPT TO: 550 5.1.1 <jo@example.org>: Recipient address rejected", Fault.UNKNOWN),
        ("RCPT TO: 550 No such user here", Fault.UNKNOWN),
        ("failed 5.1.2 smtp; 550 5.1.2 Host unknown", Fault.UNKNOWN),
        ("failed 5.1.10 RecipientNotFound; not found by SMTP address lookup", Fault.UNKNOWN),
        ("550 5.4.1 Recipient address rejected: Access denied", Fault.UNKNOWN),
        ("550 5.2.1 The email account that you tried to reach is inactive", Fault.UNKNOWN),
        ("554 delivery error: This user doesn't have an account (user unknown)", Fault.UNKNOWN),
        ("failed 5.2.2 smtp; 552 5.2.2 Over quota", Fault.FULL),
        ("552 Mailbox is full", Fault.FULL),
        ("DATA: 554 5.6.0 We do not like it", Fault.CONTENT),
        ("DATA: 550 5.7.1 Looks like spam", Fault.CONTENT),
        ("DATA: 552 5.2.3 Message too large", Fault.CONTENT),
        ("failed 5.7.26 This mail is unauthenticated", Fault.CONTENT),
        ("DATA: 554 Message rejected: contains a virus", Fault.CONTENT),
        ("failed 4.4.7 Message expired", Fault.EXPIRED),
        ("failed 5.4.7 Delivery expired", Fault.EXPIRED),
        ("failed 4.1.1 Temporarily unknown", Fault.OTHER),
        ("failed 5.0.0 smtp; 550 Requested action not taken", Fault.OTHER),
        ("connect: TimeoutError: 192.5.1.1 timed out", Fault.OTHER),
        ("", Fault.OTHER),
        ("x" * 100_000, Fault.OTHER),
    ],
)
def test_only_an_unknown_address_speaks_about_the_address(said: str, fault: Fault) -> None:
    assert fault_of(said) is fault
    assert fault.is_hard == (fault is Fault.UNKNOWN)
