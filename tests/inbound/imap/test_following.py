from __future__ import annotations

import socket
import threading

import pytest

from sincerely.inbound.imap.account import Account, BadAccount
from sincerely.inbound.imap.following import follow, pause_after


class Enough(Exception):
    pass


def test_what_may_pass_is_tried_again_later_and_later() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 4:
            raise Enough

    with pytest.raises(Enough):
        follow(Account("127.0.0.1", port, "jobs", "secret", tls=False), sleep=sleep)
    assert [pause > 0.7 * 2**tries for tries, pause in enumerate(pauses)] == [True] * 4
    assert pauses == sorted(pauses)


def test_a_pause_is_never_longer_than_five_minutes() -> None:
    assert 225 <= pause_after(30) <= 300


def test_no_password_is_sent_where_anybody_could_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server elsewhere that offers no TLS: it is hung up on before the login."""
    said: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr("sincerely.inbound.imap.account.is_loopback", lambda host: False)

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"* OK ready\r\n")
                while line := connection.recv(1000):
                    said.append(line)
                    tag = line.split()[0]
                    connection.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        account = Account("127.0.0.1", server.getsockname()[1], "jobs", "secret", tls=False)
        with pytest.raises(BadAccount, match="imaps"):
            follow(account)
        thread.join(10)
    assert not any(b"secret" in line for line in said)
