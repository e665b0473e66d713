"""A small name server on loopback: answers from a list of records, as the protocol has it."""

from __future__ import annotations

import socket
import threading
from types import TracebackType

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class NameServer:
    """`with NameServer({("example.org", "MX"): ["10 mail.example.org."]}) as server: …`."""

    def __init__(
        self, records: dict[tuple[str, str], list[str]], *, is_silent: bool = False
    ) -> None:
        self.records, self.is_silent = records, is_silent
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))

    @property
    def address(self) -> str:
        return "{}:{}".format(*self.socket.getsockname())

    def __enter__(self) -> NameServer:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.socket.close()

    def _serve(self) -> None:
        while True:
            try:
                wire, client = self.socket.recvfrom(4096)
                if not self.is_silent:
                    self.socket.sendto(self._answer(wire), client)
            except OSError:
                return

    def _answer(self, wire: bytes) -> bytes:
        query = dns.message.from_wire(wire)
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA
        (question,) = query.question
        name, kind = question.name, dns.rdatatype.to_text(question.rdtype)
        texts = self.records.get((name.to_text(omit_final_dot=True).lower(), kind))
        if texts:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *texts))
        elif not any(name.to_text(omit_final_dot=True).lower() == key for key, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire(max_size=4096)
