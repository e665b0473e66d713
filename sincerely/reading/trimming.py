"""What somebody wrote in an answer, without what their program quoted below, above or between.

Line by line and once through, so that a hostile mail costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_LINES = 5_000
LONGEST_LINE = 2_000
# An introduction may be wrapped by the program that wrote it.
_WRAPPED_OVER = 3

_INTRODUCTION = re.compile(
    r"(on\b.{4,300}\bwrote|am\b.{4,300}\bschrieb\b.{0,150}|le\b.{4,300}\ba écrit"
    r"|el\b.{4,300}\bescribió|il\b.{4,300}\bha scritto|op\b.{4,300}\bschreef\b.{0,150}"
    r"|em\b.{4,300}\bescreveu|den\b.{4,300}\bskrev\b.{0,150}"
    r"|.{4,300}(写道|寫道|のメッセージ))\s*[:：]",
    re.IGNORECASE,
)
_STARTS_INTRODUCTION = re.compile(r"(on|am|le|el|il|op|em|den)\s", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"[-_—–\s]*(original message|forwarded message|ursprüngliche nachricht|original-nachricht"
    r"|message d.origine|mensaje original|messaggio originale|oorspronkelijk bericht"
    r"|begin forwarded message:?|reply above this line)[-_—–\s]*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(from|von|de|da|van|från|fra)\*?\s?:\*?\s", re.IGNORECASE)
_OTHER_HEADER = re.compile(
    r"\*?(sent|gesendet|envoyé|enviado|inviato|verzonden|date|datum|to|an|à|para|a"
    r"|subject|betreff|objet|asunto|oggetto|onderwerp)\*?\s?:",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(sent from (my|mail|yahoo|outlook)|get outlook for|von meinem .{1,40} gesendet"
    r"|gesendet von|envoyé de mon|enviado desde mi|inviato da)\b.{0,100}",
    re.IGNORECASE,
)


def trim(text: str, original: str = "") -> str:
    """The words of whoever answers.

    `original` is the message that was answered, where it is known: lines of it are left out even
    where nothing marks them as quoted.
    """
    known = {_bare(line) for line in original.splitlines() if len(_bare(line)) > 12}
    lines = [line.rstrip()[:LONGEST_LINE] for line in text.splitlines()[:MOST_LINES]]
    kept = [line for line in _own(lines) if _bare(line) not in known]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _own(lines: list[str]) -> Iterator[str]:
    """The lines that were not quoted, up to the signature or the first thing quoted whole."""
    place = 0
    while place < len(lines):
        line = lines[place].strip()
        if line == "--" or _SENT_FROM.fullmatch(line) or _SEPARATOR.fullmatch(line):
            return
        if _FROM.match(line) and any(map(_OTHER_HEADER.match, _stripped(lines, place + 1, 4))):
            return
        if length := _introduction(lines, place):
            place += length
            # What is marked line by line may have an answer below or between; else it is the rest.
            if not next(filter(None, _stripped(lines, place, 5)), "").startswith(">"):
                return
            continue
        if not line.startswith(">"):
            yield lines[place]
        place += 1


def _introduction(lines: list[str], place: int) -> int:
    """How many lines from here on say who wrote what follows; 0 when none."""
    if not _STARTS_INTRODUCTION.match(lines[place].strip()):
        return int(bool(_INTRODUCTION.fullmatch(lines[place].strip())))
    for length in range(1, _WRAPPED_OVER + 1):
        if _INTRODUCTION.fullmatch(" ".join(_stripped(lines, place, length))):
            return length
    return 0


def _stripped(lines: list[str], start: int, count: int) -> list[str]:
    return [line.strip() for line in lines[start : start + count]]


def _bare(line: str) -> str:
    return " ".join(line.lstrip("> \t").split())
