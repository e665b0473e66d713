"""A mail server on loopback that fails at one step of the dialogue, as told.

Written on the bare socket, because a mail server's library will not misbehave below SMTP.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

HANG, DROP = "hang", "drop"


@dataclass
class Faults:
    """What it says at a step instead of yes: a reply line, HANG, or DROP (the connection).

    Steps: greeting, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA (the command), body (before the final
    dot) and dot (after it). `got` are the mails that it took, and those of which it does not say.
    """

    at: Mapping[str, str] = field(default_factory=dict)
    offers: tuple[str, ...] = ("DSN", "8BITMIME")
    got: list[bytes] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


class FaultyServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__(("127.0.0.1", 0), _Dialogue)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> FaultyServer:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.faults.over.set()
        self.shutdown()
        self.server_close()


class _Over(Exception):
    pass


class _Dialogue(socketserver.StreamRequestHandler):
    server: FaultyServer

    def handle(self) -> None:
        with contextlib.suppress(_Over, OSError):
            self._answer("greeting", "220 mx.example.org")
            while line := self.rfile.readline():
                self._obey(line.decode("latin-1").strip())

    def _obey(self, line: str) -> None:
        word = line.split(" ")[0].split(":")[0].upper()
        if word in {"EHLO", "HELO"}:
            offered = "".join(f"250-{name}\r\n" for name in self.server.faults.offers)
            self._answer("EHLO", f"{offered}250 mx.example.org")
        elif word == "DATA":
            self._answer("DATA", "354 Go on", goes_on="354")
            self._take()
        elif word == "QUIT":
            self._say("221 Bye")
            raise _Over
        else:
            # Without a certificate, what follows a yes to STARTTLS is no handshake.
            self._answer(word, "235 Welcome" if word == "AUTH" else "250 2.0.0 OK")

    def _take(self) -> None:
        if "body" in self.server.faults.at:
            self.rfile.readline()
            self._answer("body", "")
        raw = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            raw += line
        said = self.server.faults.at.get("dot", "250 2.0.0 Queued")
        if said[0] not in "45":
            self.server.faults.got.append(raw)
        self._act("dot", said)

    def _answer(self, step: str, usual: str, goes_on: str = "2") -> None:
        self._act(step, self.server.faults.at.get(step, usual), goes_on)

    def _act(self, step: str, said: str, goes_on: str = "2") -> None:
        if said == HANG:
            self.server.faults.over.wait(20)
        if said in (HANG, DROP):
            self.connection.shutdown(socket.SHUT_RDWR)
            raise _Over
        self._say(said)
        if step == "DATA" and not said.startswith(goes_on):
            self._obey(self.rfile.readline().decode("latin-1").strip())
            raise _Over

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
