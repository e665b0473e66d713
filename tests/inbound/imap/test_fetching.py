"""What a server may do, by a server that does as it is told; tests/mail has real ones."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings

from sincerely.inbound.imap.account import Account
from sincerely.inbound.imap.fetching import BEGINNING, Folder, batches
from sincerely.inbound.models import InboundMail, Mailbox

ACCOUNT = Account("imap.example.org", 993, "jobs", "secret")


class Server:
    """A folder as a server keeps it: UID → bytes."""

    def __init__(self, *mails: bytes) -> None:
        self.uid_validity, self.mails = 7, dict(enumerate(mails, start=1))
        self.asked: list[str] = []

    def select_folder(self, folder: str, *, readonly: bool) -> dict[bytes, int]:
        assert readonly
        return {b"UIDVALIDITY": self.uid_validity}

    def search(self, criteria: list[str]) -> list[int]:
        first = int(criteria[1].split(":")[0])
        # As RFC 3501 has it: the last mail is always in n:*.
        return sorted({uid for uid in self.mails if uid >= first} | {max(self.mails, default=0)})

    def fetch(self, uids: list[int], what: list[str]) -> dict[int, dict[bytes, Any]]:
        self.asked.append(what[0])
        found: dict[int, dict[bytes, Any]] = {}
        for uid in uids:
            if uid in self.mails:
                raw = self.mails[uid]
                found[uid] = {
                    b"RFC822.SIZE": len(raw),
                    b"BODY[]": raw,
                    b"BODY[]<0>": raw[:BEGINNING],
                }
        return found


def mail(number: int) -> bytes:
    return f"To: jobs@b.example\r\nMessage-ID: <{number}@x.example>\r\n\r\n{number}".encode()


def take_new(server: Server) -> int:
    return Folder(ACCOUNT, server).take_new()  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    pass


def test_each_mail_is_taken_once_and_left_unseen() -> None:
    server = Server(mail(1), mail(2))
    assert (take_new(server), take_new(server)) == (2, 0)
    assert InboundMail.objects.count() == 2
    assert InboundMail.objects.first().recipients == ["jobs@b.example"]
    assert not any(what.startswith("BODY[") for what in server.asked)


def test_where_the_server_numbers_anew_nothing_is_doubled_or_lost() -> None:
    server = Server(mail(1), mail(2))
    take_new(server)
    server.uid_validity, server.mails = 8, {1: mail(2), 2: mail(3)}
    take_new(server)
    assert InboundMail.objects.count() == 3
    assert Mailbox.objects.get().uid_validity == 8


def test_an_empty_folder_is_no_error() -> None:
    assert take_new(Server()) == 0


def test_a_mail_that_was_deleted_meanwhile_is_passed_over(monkeypatch: Any) -> None:
    server = Server(mail(1), mail(2))
    fetch = server.fetch

    def forget(uids: list[int], what: list[str]) -> Any:
        found = fetch(uids, what)
        return {uid: found[uid] for uid in found if uid == 2} if "PEEK" in what[0] else found

    monkeypatch.setattr(server, "fetch", forget)
    assert take_new(server) == 1
    assert Mailbox.objects.get().last_uid == 2


def test_of_a_mail_that_is_too_large_the_beginning_is_taken(settings: LazySettings) -> None:
    settings.INBOUND_MAX_BYTES = 1_000_000
    take_new(Server(mail(1) + b"x" * 1_100_000))
    kept = InboundMail.objects.get()
    assert kept.cut
    assert len(kept.raw) == BEGINNING


def test_what_fails_while_it_is_stored_is_taken_the_next_time(monkeypatch: Any) -> None:
    server, original = Server(mail(1), mail(2)), Mailbox.move_to

    def fail(box: Mailbox, uid: int) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(Mailbox, "move_to", fail)
    with pytest.raises(RuntimeError, match="killed"):
        take_new(server)
    assert not InboundMail.objects.exists()
    monkeypatch.setattr(Mailbox, "move_to", original)
    assert take_new(server) == 2


def test_batches_are_bounded_in_number_and_bytes() -> None:
    few = dict.fromkeys(range(120), 1000)
    assert [len(batch) for batch in batches(few)] == [50, 50, 20]
    large = {1: 9_000_000, 2: 5_000_000, 3: 2_000_000, 4: 2_000_000}
    assert [list(batch) for batch in batches(large)] == [[1], [2, 3], [4]]
