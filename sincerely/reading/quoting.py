"""How mail programs introduce what they quote, in the languages that they speak.

An introduction says when, who and "wrote"; a header block repeats From, Date, To and Subject; a
separator is a line of dashes around "original message". Each holds at most a few lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

MOST_LINES_OF_INTRODUCTION = 6
LONGEST_INTRODUCTION = 500

# Where the verb stands last, and where the name may follow it.
_LAST = (
    r"wrote|writes|sent|geschrieben|a écrit|écrit|escribió|escrito|ha scritto|scrisse|geschreven"
    r"|escreveu|kirjoitti|napsal\w*|napísal\w*|írta|scris|έγραψε|yazdı|đã viết|書きました|작성"
)
_MIDST = r"schrieb|schreef|skrev|napisał\w*|написал\w*|пишет|пише|писал\w*|a écrit|ha scritto"
_WROTE = rf"({_LAST}|{_MIDST}|写道|寫道|のメッセージ)"
_WHEN = r"(\b(19|20)\d\d\b|\b\d{1,2}[:.h]\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})"
_STARTS = (
    r"((on|am|le|el|il|op|em|den|w dniu|dnia|vào|dne|dňa|på|pe|at|в|у|στις|tarihinde|sent from)\b"
    r"|(mon|tue|wed|thu|fri|sat|sun)\w*\b|\w{1,12}[.,]{0,2}\s\d{1,2}\b|[\d>*_-])"
)
_ADDRESS = r"[^\s<>@]{1,80}@[^\s<>@]{1,80}"
_BY_VERB = re.compile(
    rf"{_STARTS}.{{2,400}}((?<!\bi )(?<!ich )({_LAST})|({_MIDST})\b.{{0,150}}?|写道|寫道)\s*[:：]?",
    re.IGNORECASE,
)
_BY_ADDRESS = re.compile(rf".{{0,300}}{_ADDRESS}.{{0,60}}?[:：>]", re.IGNORECASE)
_CUT_OFF = re.compile(rf"\W*{_WROTE}\W*", re.IGNORECASE)
_HAS_WHEN = re.compile(_WHEN)
_BY_NAME = re.compile(
    rf"[^<@]{{0,60}}<{_ADDRESS}>\s+{_WROTE}\s*[:：]|.{{4,300}}(写道|寫道|のメッセージ)\s*[:：]",
    re.IGNORECASE,
)
_STARTS_WITH_WHEN = re.compile(rf"(?={_STARTS}).{{0,40}}?{_WHEN}", re.IGNORECASE)
_ENDS = re.compile(rf"([:：>]|{_WROTE})$", re.IGNORECASE)
_IN_LINE = re.compile(
    rf"(?P<own>.{{1,200}}?)[\s-]{{1,5}}(?P<rest>on\b.{{4,40}}{_WHEN}.{{2,200}}\bwrote\s*:)\s*$",
    re.IGNORECASE,
)

_MESSAGE = (
    r"(message|nachricht|mensaje|messaggio|bericht|mensagem|melding|meddelelse|meddelande|viesti"
    r"|wiadomo\w+|zpráva|správa|üzenet|mesaj\w*|сообщени\w+|повідомлен\w+|письмо|tin nhắn"
    r"|メッセージ|邮件|郵件|메시지)"
)
_SEPARATOR = re.compile(
    rf"[-_=*–—\s>]{{2,}}[^-_=*–—]{{0,40}}{_MESSAGE}[^-_=*–—]{{0,40}}[-_=*–—\s]{{2,}}"
    rf"|(begin|début|inizio|inicio|início|anfang|start)\b.{{0,30}}{_MESSAGE}.{{0,30}}\s?:"
    r"|[-_—–\s]*reply above this line[-_—–\s]*"
    rf"|[-_=]{{2,}}.{{4,200}}\b{_WROTE}\b[ :]{{0,3}}[-_=]{{2,}}"
    rf"|(forwarded|original|weitergeleitete|ursprüngliche|transféré) {_MESSAGE}\s?:",
    re.IGNORECASE,
)

_FROM = (
    "from|von|de|da|van|från|fra|lähettäjä|od|feladó|gönderen|kimden|от|від|từ"
    "|发件人|寄件者|差出人|보낸 사람"
)
_OTHER = (
    "sent|gesendet|envoyé|enviado( el)?|inviato|verzonden|skickat|sendt|lähetetty|wysłano|odesláno"
    "|elküldve|gönderilen|отправлено|надіслано|date|datum|datum|data|fecha|dato|päivä|päiväys|дата"
    "|to|an|à|para|a|aan|till|til|kopia|vastaanottaja|do|komu|címzett|kime|кому|đến|cc|kopie"
    "|subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|aihe|temat|předmět|tárgy"
    "|copie|konu|тема|chủ đề|发送时间|收件人|主题|日期|寄件日期|主旨|日時|宛先|件名"
    "|reply[- ]to|antwort an|répondre à|responder a|rispondi a|importance"
)
_FROM_LINE = re.compile(rf"\*?({_FROM})\s?\*?\s?[:：]\*?\s*(?P<value>.*)", re.IGNORECASE)
_OTHER_LINE = re.compile(rf"\*?({_OTHER})\s?\*?\s?[:：]\*?\s*(?P<value>.*)", re.IGNORECASE)

_TO_LINE = re.compile(r"\*?(to|an|à|para|a|aan|till|til|do|komu|кому|cc)\s?[:：]", re.IGNORECASE)

_DEVICE = (
    r"(my|mein\w*|mon|ma|mi|mio|mijn|min|moj\w*|a|an|yahoo|outlook|mail|e-?mail|samsung|windows"
    r"|i?phone|ipad|android|mobil\w*|galaxy|airmail|proton\w*|gmail|gmx|web\.de|thunderbird|aol"
    r"|blackberry|spark|huawei|xiaomi|sparrow)\b"
)
SENT_FROM = re.compile(
    rf"[<(]{{0,2}}(sent (from|via|with|using|by) {_DEVICE}.{{0,80}}|get outlook for .{{0,60}}"
    rf"|(diese nachricht wurde )?(von|mit) (der )?{_DEVICE}.{{0,60}} gesendet\.?"
    rf"|gesendet (von|mit) (der )?{_DEVICE}.{{0,60}}|from my i?phone.{{0,20}}"
    rf"|(envoyé|enviado|inviato|verzonden|skickat|sendt|wysłane|отправлено)"
    rf" (de|depuis|avec|desde|do|da|van|vanaf|met|från|fra|z|с|из) ({_DEVICE}|моего).{{0,60}}"
    r"|iphoneから送信|发自我的.{0,30}|從我的.{0,30}傳送)[)>]{0,2}",
    re.IGNORECASE,
)


def is_quoted(line: str) -> bool:
    """Whether a line is marked as quoted. What also ends in such marks is somebody's ornament."""
    return line.startswith(">") and not line.endswith("<<")


def is_rest_of_quoted(line: str, before: str) -> bool:
    """Whether a line is the end of a quoted one that a program broke in two."""
    if not is_quoted(before):
        return False
    return line.endswith(" >") or bool(re.search(r"[(<]https?://[^\s)>]{1,500}$", before))


def introduction(lines: Sequence[str], place: int) -> int:
    """How many lines from here on say who wrote what follows; 0 when none."""
    for length in range(1, MOST_LINES_OF_INTRODUCTION + 1):
        last = place + length - 1
        if last >= len(lines):
            return 0
        if not _may_end(lines[last]):
            continue
        text = " ".join(lines[place : last + 1])
        if len(text) > LONGEST_INTRODUCTION:
            return 0
        follows = next_words(lines, last + 1)
        if _introduces(text, follows=follows, named=length == 1):
            later = (" ".join(lines[start : last + 1]) for start in range(place + 1, last + 1))
            # It may start further down, below words that only look like a start.
            whole = not any(_introduces(rest, follows=follows, named=False) for rest in later)
            return length if whole else 0
    return 0


@lru_cache(maxsize=64)
def _may_end(line: str) -> bool:
    """Whether an introduction may end here; each line is asked about by those before it."""
    return bool(_ENDS.search(line[-20:]))


def _introduces(text: str, *, follows: str, named: bool) -> bool:
    """By the verb, in its place; by a date and an address; or by name, address and verb."""
    marked = not follows or (is_quoted(follows) and not _CUT_OFF.fullmatch(follows))
    ends = text[-1] in ":："
    dated = bool(_HAS_WHEN.search(text))
    if (dated or marked) and _BY_VERB.fullmatch(text):
        return True
    if dated and _STARTS_WITH_WHEN.match(text) and _BY_ADDRESS.fullmatch(text):
        return marked or ends
    return marked and ends and named and bool(_BY_NAME.fullmatch(text))


def shares_its_line(line: str, follows: str) -> str | None:
    """What stands before an introduction in the same line; None where there is none."""
    found = _IN_LINE.fullmatch(line) if is_quoted(follows) else None
    return found["own"].rstrip(" -") if found else None


def is_separator(line: str) -> bool:
    return (line[0] in "-_=*–—>" or line[-1] in ":：") and bool(_SEPARATOR.fullmatch(line))


def is_header_block(lines: Sequence[str], place: int) -> bool:
    """Whether the headers of another mail start here: two of them at least, in a row but for empty
    lines. "From" and "To" alone may be somebody's hours, so they need an address."""
    if not _is_header(lines[place]):
        return False
    block = list(_block(lines, place))
    froms = [line for line in block if _FROM_LINE.fullmatch(line)]
    others = [line for line in block if line not in froms]
    if not others or len(block) < 2:
        return False
    if any("@" in line for line in (*froms, *others)):
        return True
    told = [line for line in others if not _TO_LINE.match(line)]
    dated = any(re.search(r"\b(19|20)\d\d\b|\d[:.]\d\d", line) for line in told)
    return bool(froms and told) and (dated or len(others) > 1)


def _block(lines: Sequence[str], place: int) -> Iterator[str]:
    """The header lines from here on, with those that go on in the next line."""
    before = ""
    for line in filter(None, lines[place : place + 12]):
        if not (_is_header(line) or re.search(r"(mailto:|[<,])$", before)):
            return
        yield line
        before = line


@lru_cache(maxsize=64)
def _is_header(line: str) -> bool:
    return (":" in line or "：" in line) and bool(
        _FROM_LINE.fullmatch(line) or _OTHER_LINE.fullmatch(line)
    )


def next_words(lines: Sequence[str], place: int) -> str:
    """The first line from here on that is not empty, of the next five."""
    return next((line for line in lines[place : place + 5] if line), "")
