"""An answer to one of our mails: what was written, what it wants, and who says they wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr
from typing import Any

from sincerely.reading.automatic import is_automatic, may_be_answered
from sincerely.reading.html_text import read_html
from sincerely.reading.intents import Intent, intent_of
from sincerely.reading.mail import MailRefused, decoded_text, header, outer_parts, parse_mail
from sincerely.reading.trimming import trim

LONGEST_TEXT = 20_000
LONGEST_PAGE = 200_000
"""Characters read of a page; an answer stands at its top."""
_ANSWER_TO = re.compile(r"\s*(re|aw|antw|sv|tr|fwd?|wg)\s*:", re.IGNORECASE)

# From here on a page holds nothing but the mail that is answered.
_QUOTED = re.compile(
    r"""id=["']?(divRplyFwdMsg|appendonsend|reply-intro|mail-editor-reference-message|stopSpelling"""
    r"""|OLK_SRC_BODY_SECTION|ms-outlook-mobile-reference-message|x_divRplyFwdMsg)"""
    r"""|data-marker=["']?__QUOTED_TEXT__|border-top:\s?solid #[0-9a-f]{6} 1\.0pt""",
    re.IGNORECASE,
)
# What a program quotes; an answer may stand below it, or between two of them.
_QUOTE = re.compile(r"<(/?)blockquote\b[^<>]{0,500}>", re.IGNORECASE)
_OPENS, _CLOSES = "\ue000", "\ue001"


@dataclass(frozen=True)
class Reply:
    """`text` without what was quoted; `auto` when a machine wrote it; `sender` the address in From,
    in lower case (proof of nothing); `attachments` how many files came with it. `may_answer` is
    false for machines and lists. `problem` says why a mail was not read at all."""

    text: str = ""
    auto: bool = False
    intent: Intent = "other"
    sender: str = ""
    attachments: int = 0
    may_answer: bool = True
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "auto": self.auto, "intent": self.intent}


def read_reply(raw: bytes, original: str = "") -> Reply:
    """Read one mail, given as its raw bytes; `original` is the text it answers, where it is known.

    Never raises for bad data.
    """
    try:
        return _read(parse_mail(raw), original)
    except MailRefused as refusal:
        return Reply(may_answer=False, problem=str(refusal))
    except RecursionError:
        return Reply(may_answer=False, problem="nested too deep")


def _read(message: Message, original: str) -> Reply:
    text = trim(_text(message), original)[:LONGEST_TEXT]
    subject = header(message, "Subject")
    # Who writes a new mail may put all of it into the subject; "Re:" is only ours again.
    wanted = text or ("" if _ANSWER_TO.match(subject) else subject)
    return Reply(
        text=text or wanted,
        auto=is_automatic(message),
        intent=intent_of(wanted),
        sender=parseaddr(header(message, "From"))[1].strip().lower(),
        attachments=sum(1 for part in outer_parts(message) if part.get_filename()),
        may_answer=may_be_answered(message),
    )


def _text(message: Message) -> str:
    """The words of the first part of text; of plain and HTML, the plain."""
    parts = [
        part
        for part in outer_parts(message)
        if part.get_content_maintype() == "text" and not part.get_filename()
    ]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and (text := decoded_text(part)).strip():
                return _without_markup(text) if kind == "text/html" else text
    return ""


def _without_markup(page: str) -> str:
    """The words of a page, with a mark before each line that its program marks as quoted."""
    page = page[:LONGEST_PAGE]
    if quoted := _QUOTED.search(page):
        page = page[: page.rfind("<", 0, quoted.start() + 1)]
    page = page.replace(_OPENS, "").replace(_CLOSES, "")
    page = _QUOTE.sub(lambda tag: f"<br>{_CLOSES if tag[1] else _OPENS}<br>", page)
    depth, lines = 0, []
    for line in read_html(page.encode()).text.splitlines():
        depth = max(depth + line.count(_OPENS) - line.count(_CLOSES), 0)
        words = line.replace(_OPENS, "").replace(_CLOSES, "")
        lines.append(f"> {words}" if depth and words.strip() else words)
    return "\n".join(lines)
