"""What an applicant's answer wants: status, withdraw, question, thanks, or something else.

Only what is plain is acted on by itself; everything else is "question" or "other", for a person.
Words of four languages; in any other an answer is "other" or, with a question mark, "question".
"""

from __future__ import annotations

import re
from typing import Literal

Intent = Literal["status", "withdraw", "question", "thanks", "other"]

_LONGEST = 4_000
_SENTENCES = re.compile(r"(?<=[.!?…。？！])\s+|\n+")

_STATUS = re.compile(
    r"^(please\W+)?status(\W+(please|update|thanks?|thank you|bitte|merci))?\W*$"
    r"|\b(status|state|stand|état|estado) (of|von|der|meiner|de) (my|the|meiner|der|ma|mi)\b"
    r"|\bwhere (do|does|is|am|are) .{0,40}\b(stand|application|process)\b"
    r"|\b(any|some) (news|updates?|word|decision)\b|\bupdate (on|about|regarding) my\b"
    r"|\b(still|noch|toujours|todavía) (open|available|offen|frei|ouvert|abiert)"
    r"|\b(did|has|have) (it|you|my|this) .{0,30}\b(arrived?|received?|gotten?|get it|decided)\b"
    r"|\bwhen (will|can|do|should) i .{0,20}\b(hear|expect|know)\b"
    r"|\b(following|follow) up\b|\bchecking in\b"
    r"|\bstand meiner bewerbung\b|\bgibt es (schon )?neuigkeiten\b|\bwann höre ich\b"
    r"|\boù en est ma candidature\b|\bdes nouvelles\b|\bcómo va mi (solicitud|candidatura)\b",
    re.IGNORECASE,
)
_WITHDRAW = re.compile(
    r"\b(withdraw(ing)?|retract|take back|cancel|pull) (my|the|this)\b.{0,20}\bapplication\b"
    r"|\b(withdraw|pull out)\b.{0,30}\b(process|consideration|application)\b"
    r"|^(please\W+)?withdraw(\W+please)?\W*$"
    r"|\bno longer (interested|available|wish to be considered)\b"
    r"|\bremove me from (consideration|the process)\b"
    r"|\b(have )?accepted (another|an other|a different) (job|offer|position|role)\b"
    r"|\bziehe\b.{0,60}\b(bewerbung\b.{0,30})?zurück\b|\bbewerbung zurückziehen\b"
    r"|\bretire(r)? ma candidature\b|\bretir(o|ar) mi (solicitud|candidatura)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(not|never|don.?t|won.?t|cannot|can.?t|nicht|pas|no)\b.{0,25}"
    r"\b(withdraw|retract|cancel|pull|take back|zurück|retire|retir)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(thanks?|thank you|thx|many thanks|much appreciated|danke|vielen dank|merci|gracias)\b"
    r"|^(great|perfect|wonderful|ok|okay|noted|understood|super|alles klar|got it)\b"
    r"|\blooking forward\b|\b(kind|best|warm) (regards|wishes)\b|\bsincerely\b|^(hi|hello|dear)\b"
    r"|\bhave a (nice|good|great)\b|\bmit freundlichen grüßen\b|^(hallo|liebe|guten tag|bonjour)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[?？]\s*$|^(who|what|when|where|why|which|how|can|could|may|might|would|will|is|are|do|does"
    r"|should|wer|was|wann|wo|warum|welche|wie|kann|könnte|darf|gibt es)\b.{3,}"
    r"|\b(i have|i.ve got|ich habe|j.ai|tengo) (a|one|another|some|eine|une|una) "
    r"(question|frage|pregunta)",
    re.IGNORECASE,
)


def intent_of(text: str) -> Intent:
    """The intent of a trimmed answer. A question beside a plain wish goes first, to a person."""
    sentences = [part.strip() for part in _SENTENCES.split(text[:_LONGEST]) if part.strip()]
    if not sentences:
        return "other"
    kinds = [_kind(sentence) for sentence in sentences]
    for kind in ("question", "withdraw", "status"):
        if kind in kinds:
            return kind
    # A name below the thanks is no message of its own.
    other = [sentence for sentence, kind in zip(sentences, kinds, strict=True) if kind == "other"]
    signed = all(len(sentence.split()) <= 3 for sentence in other)
    return "thanks" if "thanks" in kinds and signed else "other"


def _kind(sentence: str) -> Intent:
    sentence = sentence[:500]
    if _WITHDRAW.search(sentence) and not _NEGATED.search(sentence):
        return "question" if sentence.rstrip().endswith("?") else "withdraw"
    if _STATUS.search(sentence):
        return "status"
    if _ASKS.search(sentence):
        return "question"
    return "thanks" if _THANKS.search(sentence) else "other"
