"""Mail built to be slow, or to break whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.reading.letters import block, letter, nested, report

PAGE = {"Content-Type": "text/html"}
DAEMON = {"From": "MAILER-DAEMON@mx.example.org", "Subject": "Undelivered mail"}
_ADDRESSES = [f"jo{number}@example.org" for number in range(20_000)]


def mails() -> Mapping[str, bytes]:
    """Each under the name of what it does."""
    return {
        "50,000 lines that start with On": letter({}, "On \n" * 50_000),
        "50,000 lines that almost introduce": letter({}, "On 1:00 Jo <jo@x.org>:\nx\n" * 25_000),
        "a line of 500,000 words": letter({}, "On a " * 500_000),
        "50,000 marks of quoting": letter({}, "> " * 50_000 + "\n" + ">" * 50_000),
        "100,000 parts": _parts(100_000),
        "100,000 parts without words": b"--x\n" * 100_000,
        "20,000 addresses in To": letter({"To": ",\n ".join(_ADDRESSES)}),
        "20,000 addresses in a notice": letter(DAEMON, "Failed:\n\n" + "\n".join(_ADDRESSES)),
        "20,000 addresses in one line": letter(DAEMON, "Failed: " + " ".join(_ADDRESSES)),
        "20,000 recipients in a report": report(*(block("failed", "5.1.1", a) for a in _ADDRESSES)),
        "20,000 failed recipients in a header": letter(
            {**DAEMON, "X-Failed-Recipients": ",\n ".join(_ADDRESSES)}
        ),
        "nested 2,000 deep": nested(2_000),
        "nested 2,000 deep as messages": b"Content-Type: message/rfc822\n\n" * 2_000,
        "50,000 encoded words": letter({"Subject": "=?utf-8?q?a?=\n " * 50_000}),
        "50,000 encoded words in the text": letter({}, "=?utf-8?q?a?=\n" * 50_000),
        "50,000 broken encoded words": letter({"Subject": "=?" * 50_000}),
        "an unknown charset": letter({"Content-Type": "text/plain; charset=klingon"}, "Qapla'"),
        "an unknown charset in the subject": letter({**DAEMON, "Subject": "=?klingon?q?a=ff?="}),
        "charsets that are no text": letter({"Content-Type": "text/plain; charset=hex"}, "zz"),
        "a transfer encoding that lies": letter(
            {"Content-Transfer-Encoding": "base64"}, "not base64 ÿ"
        ),
        "uuencode cut off": letter({"Content-Transfer-Encoding": "uuencode"}, "begin 644 x\nM"),
        "no From": b"Subject: Undelivered mail\n\nIt could not be delivered.\n",
        "no From in a report": report(block("failed", "5.1.1")).replace(b"From: MAILER", b"X: M"),
        "no headers": b"\n\nOn Monday you wrote:\n",
        "nothing": b"",
        "zeros": b"\0" * 100_000,
        "a header of 60 KB": b"X: " + b"a" * 60_000 + b"\n\nHi",
        "50,000 headers": b"X: a\n" * 50_000 + b"\nHi",
        "50,000 references": letter({"References": "<a@b.example>\n " * 50_000}),
        "50,000 words of HTML": letter(PAGE, "<blockquote>" * 50_000),
        "50,000 open tags": letter(PAGE, "<a " * 50_000),
        "50,000 open comments": letter(PAGE, "<!-- " * 50_000),
        "50,000 open declarations": letter(PAGE, "<!a " * 50_000),
        "50,000 half closed tags": letter(PAGE, "</a " * 50_000),
        "50,000 half entities": letter(PAGE, "&#" * 50_000 + "&a" * 50_000),
        "50,000 hidden blocks": letter(PAGE, "<svg>" * 50_000 + "</style>"),
        "a marker page": letter(PAGE, "<" * 100_000 + "id=divRplyFwdMsg"),
        "50,000 apostrophes": letter(DAEMON, "a'" * 50_000 + "@"),
        "50,000 dots": letter(DAEMON, "a." * 50_000 + "@" + "a." * 50_000),
        "50,000 at signs": letter(DAEMON, "a@" * 50_000),
        "50,000 dashes": letter(DAEMON, "-" * 50_000 + "\n" + "- " * 50_000),
        "a comma after each header": letter({}, "To: a,\n" * 25_000),
    }  # fmt: skip


def _parts(number: int) -> bytes:
    part = b"--x\nContent-Type: text/plain\n\nHi\n"
    return b"From: jo@example.org\nContent-Type: multipart/mixed; boundary=x\n\n" + part * number
