"""What a mail server's answer says about a message of ours (RFC 3464, 3834, 5965, 6522, 6533).

A first version: reports in the standard form, complaints, and automatic replies. Bounces in
free text are not understood and come out as kind "none".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from email.message import Message
from typing import Any

from sincerely.reading.automatic import (
    is_automatic,
    is_challenge,
    is_from_a_system,
    may_be_answered,
)
from sincerely.reading.failed_addresses import MOST_ADDRESSES
from sincerely.reading.mail import (
    MailRefused,
    body_text,
    header,
    header_lines,
    outer_parts,
    parse_mail,
)
from sincerely.reading.notice import Notice, read_notice

LONGEST_REPORT = 100_000
"""Characters of a report that are read: some 500 recipients, and we write to one."""

TOKEN = re.compile(r"(?<![A-Za-z0-9])[bB][A-Za-z2-7]{61}(?![A-Za-z0-9])")
"""The shape of the outbox's envelope token: b and 61 characters of base32, in any case."""

_KINDS = {
    "failed": "failed",
    "delayed": "delayed",
    "relayed": "relayed",
    "expanded": "relayed",  # handed on to a list of people: proof of arrival, not of delivery
    "delivered": "delivered",
}
_WORST_FIRST = ("failed", "delayed", "relayed", "delivered")
_KIND_OF_CLASS = {"5": "failed", "4": "delayed", "2": "delivered"}
_REPORTS = {"text/delivery-status", "text/global-delivery-status"}
_ORIGINALS = {
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
}
_OUR_HEADERS = (
    "To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Original-Recipient",
)  # fmt: skip
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,400}>")
_ADDRESS = re.compile(r"[^\s<>;:,\"()]{1,200}@[^\s<>;:,\"()]{1,200}")


@dataclass(frozen=True)
class Bounce:
    """The outcome of one message, as far as this mail tells it.

    `kind` is "failed", "delayed", "delivered", "relayed", "auto-reply", "complaint" or "none";
    `recipients` are the addresses that it holds for; `status` is an enhanced status code
    ("5.1.1"), `message_id` the Message-ID of our message with its angle brackets, `token` the
    one in our envelope sender in lower case, `envelope_id` the ENVID we gave; what is not told
    is "". `problem` says why a mail was not read at all.
    """

    kind: str = "none"
    recipients: tuple[str, ...] = ()
    status: str = ""
    message_id: str = ""
    token: str = ""
    envelope_id: str = ""
    diagnostic: str = ""
    may_answer: bool = True
    """False for bounces, lists and anything automatic: no mail may go out in answer."""
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "recipients": list(self.recipients)}


@dataclass(frozen=True)
class _Report:
    """The fields of a delivery status: those of the message, and those of each recipient."""

    message: Mapping[str, str] = field(default_factory=dict)
    recipients: Sequence[Mapping[str, str]] = ()


def read_bounce(raw: bytes) -> Bounce:
    """Classify one mail, given as its raw bytes. Never raises for bad data."""
    try:
        message = parse_mail(raw)
        return _classify(message)
    except MailRefused as refusal:
        return Bounce(may_answer=False, problem=str(refusal))
    except RecursionError:
        return Bounce(may_answer=False, problem="nested too deep")


def _classify(message: Message) -> Bounce:
    parts = list(outer_parts(message))
    if wrapped := _wrapped(parts):
        return _classify(wrapped)
    original = next((_original(part) for part in parts if _is_original(part)), "")
    for part in parts:
        is_report = part.get_content_type() in _REPORTS
        if is_report and (bounce := _from_report(message, _report(part), original)):
            return _completed(bounce, message, original)
        if part.get_content_type() == "message/feedback-report":
            return _feedback(message, _fields(body_text(part)), original)
    if notice := read_notice(message, original):
        return _from_notice(message, notice, original)
    return _from_headers(message)


def _wrapped(parts: Sequence[Message]) -> Message | None:
    """The report that a filter on the way put whole into a mail of its own, under its subject and
    from a mail system as well. What a person forwards comes from a person."""
    for part in parts[1:]:
        inner = part.get_payload() if part.get_content_type() == "message/rfc822" else None
        report = inner[0] if isinstance(inner, list) and inner else None
        if not isinstance(report, Message) or report.get_content_type() != "multipart/report":
            continue
        same = header(parts[0], "Subject") == header(report, "Subject")
        if same and is_from_a_system(parts[0]) and is_from_a_system(report):
            return report
    return None


def _completed(bounce: Bounce, message: Message, original: str) -> Bounce:
    """A report that names nobody, with the addresses from its own words; and what looks like a
    report, but is a filter that asks the sender to make themselves known."""
    if is_challenge(message):
        return _from_headers(message, automatic=True)
    if bounce.recipients or bounce.kind not in ("failed", "delayed"):
        return bounce
    notice = read_notice(message, original)
    return replace(bounce, recipients=notice.recipients) if notice else bounce


def _from_notice(message: Message, notice: Notice, original: str) -> Bounce:
    return Bounce(
        kind=notice.kind,
        recipients=notice.recipients,
        status=notice.status,
        message_id=_message_id(message, original),
        token=_token(message, original, ""),
        diagnostic=notice.diagnostic,
        may_answer=False,
    )


def _from_report(message: Message, report: _Report, original: str) -> Bounce | None:
    """The worst that was reported, and for whom; None for a report without an outcome."""
    kinds = [(_kind(recipient), recipient) for recipient in report.recipients]
    kind = next((worst for worst in _WORST_FIRST if worst in dict(kinds)), "")
    if not kind:
        return None
    concerned = [recipient for found, recipient in kinds if found == kind]
    envelope_id = report.message.get("original-envelope-id", "")
    status = _STATUS.search(concerned[0].get("status", ""))
    return Bounce(
        kind=kind,
        recipients=tuple(filter(None, dict.fromkeys(map(_recipient, concerned))))[:MOST_ADDRESSES],
        status=status[1] if status else "",
        message_id=_message_id(message, original),
        token=_token(message, original, envelope_id),
        envelope_id=envelope_id,
        diagnostic=concerned[0].get("diagnostic-code", "")[:500],
        may_answer=False,
    )


def _kind(recipient: Mapping[str, str]) -> str:
    """The action decides; the class of the status only where a server forgot the action."""
    action = recipient.get("action", "").split(" ")[0].strip(";()").lower()
    return _KINDS.get(action) or _KIND_OF_CLASS.get(recipient.get("status", "")[:1], "")


def _recipient(fields: Mapping[str, str]) -> str:
    """The address we wrote to; servers on the way may have given it another form."""
    for name in ("original-recipient", "final-recipient"):
        address = _ADDRESS.search(fields.get(name, "").partition(";")[2] or fields.get(name, ""))
        # Archives that hide people's addresses put dots into them; no address has two in a row.
        if address and ".." not in address[0]:
            return address[0]
    return ""


def _report(part: Message) -> _Report:
    text = body_text(part)[:LONGEST_REPORT].replace("\r\n", "\n").strip()
    blocks = [found for block in re.split(r"\n\s*\n", text) if (found := _fields(block))]
    if not blocks:
        return _Report()
    # Some servers leave the block about the message out.
    about_message = "final-recipient" not in blocks[0] and "action" not in blocks[0]
    return _Report(blocks[0], blocks[1:]) if about_message else _Report({}, blocks)


def _fields(block: str) -> dict[str, str]:
    """The fields of one block, unfolded, with names in lower case."""
    fields: dict[str, str] = {}
    for line in re.sub(r"\n[ \t]+", " ", block).split("\n"):
        name, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[A-Za-z0-9-]{1,60}", name.strip()):
            fields.setdefault(name.strip().lower(), " ".join(value.split())[:2000])
    return fields


def _feedback(message: Message, fields: Mapping[str, str], original: str) -> Bounce:
    """Somebody pressed "this is spam" (RFC 5965); or a provider writes about our SPF and DKIM
    (RFC 6591), which is nobody's complaint."""
    if fields.get("feedback-type", "").lower() == "auth-failure":
        return Bounce(may_answer=False)
    address = _ADDRESS.search(fields.get("original-rcpt-to", ""))
    return Bounce(
        kind="complaint",
        recipients=(address[0],) if address else (),
        message_id=_message_id(message, original),
        token=_token(message, original, fields.get("original-mail-from", "")),
        may_answer=False,
    )


def _from_headers(message: Message, *, automatic: bool = False) -> Bounce:
    """No report in it: an automatic reply, mail of a list, or mail from a person."""
    automatic = automatic or is_automatic(message)
    sender = _ADDRESS.search(header(message, "From"))
    return Bounce(
        kind="auto-reply" if automatic else "none",
        recipients=(sender[0],) if automatic and sender else (),
        message_id=_message_id(message, "") if automatic else "",
        token=_token(message, "", ""),
        may_answer=not automatic and may_be_answered(message),
    )


def _is_original(part: Message) -> bool:
    return part.get_content_type() in _ORIGINALS


def _original(part: Message) -> str:
    """The headers of our message as the server sends them back."""
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return header_lines(payload[0])
    return body_text(part).replace("\r\n", "\n").split("\n\n")[0]


def _message_id(message: Message, original: str) -> str:
    known = _fields(original).get("message-id", "")
    for place in (known, header(message, "In-Reply-To"), header(message, "References")):
        if found := _MESSAGE_ID.findall(place):
            return found[-1]
    return ""


def _token(message: Message, original: str, envelope_id: str) -> str:
    """From where the mail was sent to, then from what the server says about our message."""
    ours = (header(message, name) for name in _OUR_HEADERS)
    fields = _fields(original)
    theirs = (envelope_id, fields.get("return-path", ""), fields.get("sender", ""))
    return _first_token([*ours, *theirs])


def _first_token(places: Iterable[str]) -> str:
    for place in places:
        if match := TOKEN.search(place):
            return match[0].lower()
    return ""
