"""Which addresses a mail server's words are about.

From the surest sign to the weakest; the first that finds any decides: the server's own header, an
address at the start of a line, an address in a sentence about failing, the "To:" of what came back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from email.message import Message

from sincerely.reading.mail import header
from sincerely.reading.second_opinion import second_opinion

MOST_ADDRESSES = 1_000

_WORD = r"[\w+&%#=~$-]"
_PLAIN = rf"({_WORD}+(?:[.']{_WORD}+)*@(?:[\w-]+\.)+[\w-]+)"
_ADDRESS = re.compile(rf"(?<!{_WORD})(?<![.@])(?<!\w'){_PLAIN}")
_LISTED = re.compile(rf"\W{{0,12}}(?:\"[^\"]{{0,80}}\"\s*<)?\s*{_ADDRESS.pattern}")
_NAMED = re.compile(rf"[^@<>]{{1,60}}[<(]{_ADDRESS.pattern}[>)]\W*$")
_EXPANDED = re.compile(rf"\W*(?:expanded|generated) from:?\W*{_ADDRESS.pattern}", re.IGNORECASE)
_X400 = re.compile(rf"\bSMTP[=:]{_PLAIN}", re.IGNORECASE)
_FIELD = re.compile(
    rf"\W*(final-recipient|original-recipient|x-actual-recipient)\s*:[^;]{{0,20}};\W*{_ADDRESS.pattern}",
    re.IGNORECASE,
)
_HEADER_ECHO = re.compile(
    r"\W*(from|(original )?sender|reply-to|return-path|message-id|cc|bcc|sent|date|subject"
    r"|received|x-[\w-]+|errors-to|mail from|(reporting|remote)-mta|von|de|da|发件人|寄件者|差出人)"
    r"\s*[:=]",
    re.IGNORECASE,
)
_SMTP_DIALOGUE = re.compile(r"\W*(>>>\s*(mail|ehlo|helo|data)|mail from)\b", re.IGNORECASE)
_ABOUT_FAILING = re.compile(
    r"rcpt|recipient|addressed|undeliver|deliver|reach(ed)?\b|unknown|not (a )?(valid"
    r"|known|found|exist)"
    r"|n.t a valid|mail-?box|quota|full|reject|refus|\b5\d\d\b|\b5\.\d|fail|userid|error-for"
    r"|account|gateway|no such|does ?n.t|empfänger|destina|宛先|收件|수신|(local|user) user"
    r"|sent mail to",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"contact|assistance|please (send|reply|write|mail|forward|e-?mail)|questions|help\b|mailto:"
    r"|https?://|support|envelope-from|kontakt|wenden|\be\.g\.|for example|such as|\btry\b",
    re.IGNORECASE,
)
_OF_A_SYSTEM = re.compile(
    r"(mailer-daemon|postmaster|abuse|support|help|helpdesk|hostmaster|webmaster|noc|mdaemon"
    r"|no-?reply|spam|system|name|username|someone)(@|$)",
    re.IGNORECASE,
)
_OURS = ("Delivered-To", "X-Original-To", "Sender", "Return-Path", "Reply-To")
_OUR_ORIGINAL = re.compile(
    rf"^(?:from|sender|return-path|errors-to|reply-to)\s*:[^\n]{{0,300}}?{_ADDRESS.pattern}",
    re.IGNORECASE | re.MULTILINE,
)
_ITS_RECIPIENTS = re.compile(r"^>?\s?to\s*:([^\n]{0,400})", re.IGNORECASE | re.MULTILINE)
_SCREEN_NAME = re.compile(r"\s+([A-Za-z][A-Za-z0-9 ]{2,31})$")


def is_address(line: str) -> bool:
    """Whether a line starts with an address."""
    return bool(_LISTED.match(line))


def addresses_in(text: str) -> list[str]:
    """All addresses, in their order; what has two dots in a row was made unreadable on purpose."""
    return [match[1].rstrip(".-") for match in _ADDRESS.finditer(text) if ".." not in match[1]]


def failed_addresses(message: Message, said: Sequence[str], original: str) -> tuple[str, ...]:
    """The addresses in a notice, each once, at most a thousand."""
    if named := addresses_in(header(message, "X-Failed-Recipients")):
        return tuple(dict.fromkeys(named))
    ends = {a.lower() for name in ("To", "From") for a in addresses_in(header(message, name))}
    ours = {a.lower() for name in _OURS for a in addresses_in(header(message, name))} | ends
    ours |= {match[1].lower() for match in _OUR_ORIGINAL.finditer(original[:8_000])}
    return (
        _apart_from(ends, _in_fields(said))
        or _apart_from(ends, _listed(said))
        or _apart_from(ours, (a for a in _in_sentences(said) if not _OF_A_SYSTEM.match(a)))
        or _screen_names(message, said)
        or _alone(ours, header(message, "Subject"))
        or _alone(ours, "\n".join(_ITS_RECIPIENTS.findall("\n".join(said))))
        or _returned(ours, "\n".join(said), original[:8_000])
        or _apart_from(ours, (a for a in second_opinion(message) if addresses_in(a) == [a]))
    )


def _apart_from(ours: set[str], found: Iterator[str]) -> tuple[str, ...]:
    """Each once, in any case of letters, without our own."""
    once: dict[str, str] = {}
    for address in found:
        key = address.lower()
        if key not in ours and len(once) < MOST_ADDRESSES:
            once.setdefault(key, address)
    return tuple(once.values())


def _in_fields(said: Sequence[str]) -> Iterator[str]:
    """A report in the standard form that stands in the text."""
    for line in said:
        if match := _FIELD.match(line):
            yield match[2]


def _listed(said: Sequence[str]) -> Iterator[str]:
    """At the start of a line, or alone on it behind a name."""
    forms: tuple[Callable[[str], re.Match[str] | None], ...] = (
        _LISTED.match, _EXPANDED.match, _X400.search, _NAMED.match,
    )  # fmt: skip
    for before, line in zip(["", *said], said, strict=False):
        if "@" not in line or _HEADER_ECHO.match(line) or _ADVICE.search(line):
            continue
        if _goes_on(before, line):
            continue
        match = next(filter(None, (form(line) for form in forms)), None)
        if match and ".." not in match[1]:
            yield match[1].rstrip(".-")


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is the rest of a sentence: as far in as the one before, which has no end."""
    if len(line.split()) == 1:
        return False
    indents = (len(text) - len(text.lstrip()) for text in (before, line))
    return bool(re.search(r"[a-z,]$", before)) and len(set(indents)) == 1 and not is_address(before)


def _in_sentences(said: Sequence[str]) -> Iterator[str]:
    """In a line, or below one, that speaks of failing."""
    before = ""
    for line in said:
        usable = "@" in line and not _HEADER_ECHO.match(line) and not _SMTP_DIALOGUE.match(line)
        about = _ABOUT_FAILING.search(line) or (
            before[-1:] == ":" and _ABOUT_FAILING.search(before)
        )
        if usable and about and not _ADVICE.search(line):
            yield from addresses_in(re.sub(r"\bfrom:?\s+<?\S+@\S+", "", line))
        before = line if line.strip() else before


def _screen_names(message: Message, said: Sequence[str]) -> tuple[str, ...]:
    """AOL's own form: the names of accounts, without a domain."""
    if not re.search(r"@aol\.com\b", header(message, "From"), re.IGNORECASE):
        return ()
    names = [match[1].replace(" ", "") for line in said if (match := _SCREEN_NAME.match(line))]
    return tuple(f"{name}@aol.com" for name in dict.fromkeys(names))


def _alone(ours: set[str], text: str) -> tuple[str, ...]:
    """The address of a text that has one address only: where there are more, it is a guess."""
    found = _apart_from(ours, iter(addresses_in(text)))
    return found if len(found) == 1 else ()


def _returned(ours: set[str], said: str, original: str) -> tuple[str, ...]:
    """Whom the message that came back went to, where the server at least names the domain."""
    found = _alone(ours, "\n".join(_ITS_RECIPIENTS.findall(original)))
    return tuple(a for a in found if a.rpartition("@")[2].lower() in said.lower())
