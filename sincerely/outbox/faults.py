"""Why a mail did not arrive, from what was said about it. Pure: text in, Fault out.

"This message failed" never means "this address is dead": only UNKNOWN says so, and only of the
address (RFC 3463; the registry of enhanced status codes at IANA).
"""

from __future__ import annotations

import enum
import re


class Fault(enum.Enum):
    UNKNOWN = "nobody is known there under this address"
    FULL = "the mailbox is full"
    CONTENT = "their mail server did not accept this message; the address may be right"
    EXPIRED = "their mail server did not take it for days"
    OTHER = "their mail server did not say why"

    @property
    def is_hard(self) -> bool:
        """The address itself is wrong: the next mail to it would come back, too."""
        return self is Fault.UNKNOWN


_STATUS = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_UNKNOWN_CODES = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}
_BY_CODE = {(2, 2): Fault.FULL, (2, 3): Fault.CONTENT, (3, 4): Fault.CONTENT, (4, 7): Fault.EXPIRED}
# Of those who send no codes, or the wrong ones (Exchange: 5.4.1 for an address that is not there).
_UNKNOWN_WORDS = re.compile(
    r"(user|recipient|mailbox|account|address)( \S+)? (is )?(unknown|not found|does(n.t| not) )"
    r"|no such (user|recipient|mailbox|person|address)|unknown (user|recipient|mailbox|address)"
    r"|does not exist|invalid (recipient|mailbox)|recipient address rejected",
    re.IGNORECASE,
)
_FULL_WORDS = re.compile(r"(mailbox|inbox).{0,20}full|over ?quota|quota exceeded", re.IGNORECASE)
_CONTENT_WORDS = re.compile(
    r"\bspam\b|virus|content|policy|blacklist|blocklist|dmarc", re.IGNORECASE
)


def fault_of(evidence: str) -> Fault:
    """`evidence` is what a server, a delivery report or a provider said, word for word."""
    words = evidence[:2000]
    for kind, subject, detail in _STATUS.findall(words):
        code = int(subject), int(detail)
        if code in _UNKNOWN_CODES and kind == "5":
            return Fault.UNKNOWN
        if fault := _BY_CODE.get(code):
            return fault
        if code[0] in (6, 7):
            return Fault.CONTENT
    for pattern, fault in (
        (_FULL_WORDS, Fault.FULL),
        (_UNKNOWN_WORDS, Fault.UNKNOWN),
        (_CONTENT_WORDS, Fault.CONTENT),
    ):
        if pattern.search(words):
            return fault
    return Fault.OTHER
