from __future__ import annotations

import pytest

from sincerely.inbound.imap.account import Account, BadAccount, is_loopback


def test_an_account_is_read_from_its_address() -> None:
    account = Account.read("imaps://jobs%40example.org:p%3Ass@imap.example.org/Applications")
    assert account == Account(
        "imap.example.org", 993, "jobs@example.org", "p:ss", "Applications", True
    )
    assert Account.read("imap://a:b@localhost").folder == "INBOX"
    assert "p:ss" not in f"{account} {account!r}"


@pytest.mark.parametrize(
    "url", ["", "https://a:b@c", "imaps://c", "imaps://a@c", "imaps://a:b@", "imaps://a:b@c:x"]
)
def test_what_is_no_account_is_refused_in_words(url: str) -> None:
    with pytest.raises(BadAccount, match="INBOUND_IMAP_URL"):
        Account.read(url)


def test_a_password_goes_in_the_clear_to_this_machine_alone() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("localhost")
    assert not is_loopback("imap.example.org")
