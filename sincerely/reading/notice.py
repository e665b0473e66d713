"""Bounces in plain words: what a mail server wrote before there was a standard, or beside it.

The forms are many (qmail, Exim, Postfix, Sendmail, Exchange, Domino, GroupWise, the webmail
providers' own), but all say the same: a machine writes, something failed or waits, and the
addresses stand in a list or in the sentence that says so. So they are read by what they share,
instead of one parser for each program. Line by line and once through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message

from sincerely.reading.automatic import is_from_a_system, was_sent_by_a_program
from sincerely.reading.failed_addresses import failed_addresses, is_address
from sincerely.reading.html_text import read_html
from sincerely.reading.mail import body_text, decoded_header, decoded_text, header, outer_parts

MOST_CHARACTERS = 24_000
MOST_LINES = 600
LONGEST_LINE = 1_000

_SUBJECT = re.compile(
    r"undeliver|un-?delivered|non-?deliver|not delivered|not? deliverable|returned (e-?)?mail"
    r"|returned to sender|returning message"
    r"|delivery.{0,40}(fail|error|problem|notification|status|warning|incomplete|delay|report)"
    r"|(fail|error|problem|warning|delay|could not|unable|impossible).{0,40}deliver"
    r"|failure notice|mail(er)? (error|failure)|failed mail|mail (system )?(error|failed)"
    r"|mail could not|message (status|delayed|not)|bounced|rejected mail|automatically rejected"
    r"|user unknown|unbekannt|unzustellbar|zustell|nicht zugestellt|non remis|échec|non distribu"
    r"|no (se )?(pudo|entregad|puede)|mancat[ao] (recapito|consegna)|non recapit|onbestelbaar"
    r"|niet (be)?zorg|não (foi )?entreg|недостав|не доставлен|配信|送信(でき|エラー|失敗)"
    r"|返(信|送|回)|退信|投递|失败|失敗|배달|반송|zwrot|niedoręcz|nedoruč|^warning: message",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"(could|can|did|was|were|is|has|have|been|be)(n.t| ?not)( be| been)?( \w+)?"
    r" (deliver|reach|receive|sent|send|process|accept)|(unable|unsuccessful|failed|failure)\b"
    r"|undeliver|(has|have) been returned|encountered an error|rejected|refused"
    r"|not? (a )?(known|deliver|exist|valid"
    r"|found|listed|accepting)"
    r"|n.t (exist|have a|deliver)|unknown|no (such|mailbox|account|valid|user)|invalid|disabled"
    r"|over (disk )?quota|quota (exceeded|violation)|exceeds? .{0,20}(quota|size)"
    r"|(mailbox|folder|account) .{0,40}full|permanent|fatal|delivery (has )?(problem|error)"
    r"|did not (exactly )?match|aborted|blocked|\b5\.\d{1,3}\.\d{1,3}\b|\b55\d[ -]|delivery error"
    r"|(konnte|kann).{0,60}nicht|n.a pas pu|no pudo|não (pôde|pode|foi)|non (è|e) stat"
    r"|не (может|был|удалось)|できません|届けられ|存在しません|エラー|无法|失败|無法|失敗|没有",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"not yet (been )?deliver|(will|shall) (continue|keep)\b|(continue|keep) (on )?(to try|trying)"
    r"|(will|to) (be )?(retr(y|ied)|tr(y|ied) again)|attempts will continue|still (trying|being)"
    r"|(been|is|was) (postponed|delayed|deferred)|delivery .{0,40}delayed|delayed by"
    r"|warning message only|no action is required|(not|n.t) (need to )?(re-?send|resubmit)"
    r"|temporarily (delayed|undeliv)|could not be delivered for the last|noch nicht zugestellt"
    r"|verzögert|retardé|retrasad",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"(not|n.t) going to try again|(have|has|.ve) given up|giving up|permanent (fatal )?error"
    r"|no further attempts|removed from the (mail )?queue|failed permanently|queue too long",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(i|my|me|mine|hello|hi|dear|regards|thanks|ich|mein\w*|hallo|je|mon|bonjour|yo|mi|hola)\b",
    re.IGNORECASE,
)
# From here on it is our own message that comes back.
_RETURNED = re.compile(
    r"\W{0,90}(?:"
    r"((this|here|included|below|attached) is |below this line is )?(a |the )?"
    r"(copy|headers?|text|start|first part|first \d+ lines|body) of (the |your )?(\w+ )?"
    r"(message|mail)\b"
    r"|(the )?(original|unsent|returned|forwarded|undelivered|source) (message|mail)"
    r"(?! (was|is|has|had|which|that|could|to|you|returned|wurde)\b)"
    r"|message (header|text|body)s? (follows?|suppressed)|the header of the original"
    r"|your message reads|mensaje original|ursprüngliche nachricht|message d.origine"
    r"|old message:|header of the source mail|the first \d+ lines of"
    r"|(received|return-path): \S)",
    re.IGNORECASE,
)
_ENHANCED = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Notice:
    """`kind` is "failed" or "delayed"; the rest as in `Bounce`."""

    kind: str
    recipients: tuple[str, ...] = ()
    status: str = ""
    diagnostic: str = ""


def read_notice(message: Message, original: str = "") -> Notice | None:
    """What a mail server says in plain words; None for mail that is none.

    `original` is the header of our message as it came back, where the mail has it as a part.
    """
    subject = decoded_header(message, "Subject")
    about_delivery = bool(_SUBJECT.search(subject))
    if not (about_delivery or is_from_a_system(message)):
        return None
    lines = notice_lines(message)
    text = "\n".join(lines.said)
    said = f"{subject}\n{text}"
    if not _by_a_machine(message, text):
        return None
    if not (about_delivery or _FAILED.search(said) or _DELAYED.search(said)):
        return None
    recipients = failed_addresses(message, lines.said, original or "\n".join(lines.returned))
    if not recipients and not about_delivery:
        return None
    waits = _DELAYED.search(said) and not _GIVEN_UP.search(said)
    status = _ENHANCED.search(text)
    return Notice(
        "delayed" if waits else "failed", recipients, status[1] if status else "", _reason(lines)
    )


def _by_a_machine(message: Message, text: str) -> bool:
    """People write about mail that failed, too, and paste what came back."""
    if is_from_a_system(message) or was_sent_by_a_program(message):
        return True
    answers = header(message, "In-Reply-To") or header(message, "References")
    return not answers and not _PERSONAL.search(text)


@dataclass(frozen=True)
class Lines:
    """What the server `said`, and the lines of our message that it `returned` below that."""

    said: Sequence[str]
    returned: Sequence[str]


def notice_lines(message: Message) -> Lines:
    """The words of the parts that are text, up to where our own message comes back."""
    lines = _text(message)[:MOST_CHARACTERS].splitlines()[:MOST_LINES]
    lines = [line.rstrip()[:LONGEST_LINE] for line in lines]
    for number, line in enumerate(lines):
        if _RETURNED.match(line):
            return Lines(lines[:number], lines[number:])
    return Lines(lines, ())


def _text(message: Message) -> str:
    """Of plain and HTML, the plain; the report in a part of its own is read elsewhere."""
    found: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in outer_parts(message):
        if part.get_content_type() in found and part.get_content_disposition() != "attachment":
            found[part.get_content_type()].append(decoded_text(part)[:MOST_CHARACTERS])
    plain = "\n".join(found["text/plain"])
    if not plain.strip() and found["text/html"]:
        return read_html("\n".join(found["text/html"]).encode()).text
    # A multipart whose parts the parser could not tell apart can still be read as one text.
    return plain if plain.strip() or found["text/plain"] else body_text(message)


def _reason(lines: Lines) -> str:
    """The line that tells why: the first with a reply code, else the one after an address."""
    coded = (line for line in lines.said if re.search(r"\b[45]\d\d[ -]|\b[45]\.\d\.\d", line))
    named = (
        after for line, after in zip(lines.said, lines.said[1:], strict=False) if is_address(line)
    )
    return " ".join(next(coded, next(named, "")).split())[:500]
