"""Builds the mail of these tests: reports of mail servers, automatic replies, people's mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TOKEN = "b" + "a2c3e4g5i6k7m" * 4 + "abcdefghi"
ENVELOPE = f"{TOKEN}@bounce.example.net"
MESSAGE_ID = "<receipt-1@mail.example.net>"


def report(
    *recipients: str,
    about: str = "Reporting-MTA: dns; mx.example.org",
    to: str = ENVELOPE,
    original: str = f"Message-ID: {MESSAGE_ID}\nSubject: We have your application",
    encoding: str = "",
) -> bytes:
    """A delivery status notification; each recipient is the lines of one block."""
    blocks = "\n\n".join(filter(None, [about, *recipients]))
    coded = f"Content-Transfer-Encoding: {encoding}\n" if encoding else ""
    return (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {to}\nSubject: Delivery\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="xx"\n\n'
        "--xx\nContent-Type: text/plain\n\nSorry.\n"
        f"--xx\nContent-Type: message/delivery-status\n{coded}\n{blocks}\n\n"
        f"--xx\nContent-Type: text/rfc822-headers\n\n{original}\n\n--xx--\n"
    ).encode()


def block(action: str, status: str, address: str = "jo@example.org", **more: str) -> str:
    lines = [f"Final-Recipient: rfc822; {address}", f"Action: {action}", f"Status: {status}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
    return "\n".join(line for line in lines if not line.endswith(": "))


def letter(headers: Mapping[str, str], body: str = "Hello.") -> bytes:
    basic = {"From": "Jo Murphy <jo@example.org>", "To": "jobs@example.net", "Subject": "Re: job"}
    lines = [f"{name}: {value}" for name, value in {**basic, **headers}.items() if value]
    return ("\n".join([*lines, "", body]) + "\n").encode()


def nested(depth: int) -> bytes:
    """A multipart in a multipart in a …"""
    opened: Sequence[str] = [
        f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}'
        for level in range(depth)
    ]
    return "\n".join(["From: jo@example.org", *opened, "", "end"]).encode()
