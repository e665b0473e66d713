"""Read one's own text as a recruiter would: selling, pushing, guilt, threats, asking again, length.

Phrases are looked for in English; in another language only the length is checked. A hint, not a
judge: the page shows the words and the rule, and the writer decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from sincerely.protocol.drafts import MOST_SPOKEN_WORDS
from sincerely.protocol.rule import Rule
from sincerely.protocol.rules import never
from sincerely.protocol.words import gettext_noop

ToneKind = Literal["selling", "pushing", "guilt", "threat", "second_ask", "too_long"]

MOST_WRITTEN_WORDS = 120
LONGEST_READ = 20_000
"""Characters in which phrases are looked for; what is longer is too long anyway."""

RULES: dict[ToneKind, Rule] = {
    "selling": never.NEVER_SELL,
    "pushing": never.NEVER_PUSH,
    "guilt": never.NEVER_GUILT,
    "threat": never.NEVER_THREATEN,
    "second_ask": never.NEVER_SECOND,
    "too_long": never.KEEP_SHORT,
}

NAMES: dict[ToneKind, str] = {
    "selling": gettext_noop("Selling"),
    "pushing": gettext_noop("Pushing"),
    "guilt": gettext_noop("Blame or pity"),
    "threat": gettext_noop("A threat"),
    "second_ask": gettext_noop("Asking again"),
    "too_long": gettext_noop("Too long"),
}

_MAIL = r"(?:e-?mail|mail|message|call|voicemail|letter|note)"
_SOON = r"(?:today|tonight|tomorrow|now|immediately|right away|this week|soon|quickly)"
_ENGLISH: dict[ToneKind, tuple[str, ...]] = {
    "selling": (
        r"(?:perfect|ideal|best|great|excellent|strong|right) (?:fit|match|candidate|choice)",
        r"(?:perfect|ideal|best|right) (?:person|man|woman) for",
        r"(?:(?:great|real|valuable|true) )?asset (?:to|for) (?:you|the)\w*",
        r"(?:highly|uniquely|extremely|very|well) (?:motivated|qualified|skilled|experienced)",
        r"proven track record",
        r"my (?:extensive|vast|strong|broad|many years of|wealth of) \w+",
        r"i (?:would |will |can |could )?(?:bring|offer)\b",
        r"i have (?:over |more than )?\w+ years",
        r"(?:i am|i'm) (?:very |so )?(?:passionate|confident|convinced)",
        r"add value",
        r"hit the ground running",
        r"team player|go-getter|self-starter|hard worker|results[- ]driven",
        r"(?:will not|won't) (?:regret|be disappointed)",
        r"look no further",
        r"exceed your expectations",
        r"my (?:qualifications|skills|experience|strengths) (?:match|make|are|would|will|fit)",
        r"why you should (?:hire|choose|pick)",
    ),
    "pushing": (
        r"when (?:can|could|may|will|shall) (?:we|i) "
        r"(?:meet|talk|speak|come|interview|start|visit)",
        r"(?:schedule|arrange|set up|book|plan) (?:(?:an?|the|my|our|some) )?"
        r"(?:interview|call|meeting|time|appointment|visit|chat)",
        r"next steps?\b",
        r"(?:can|could|may) (?:we|i) (?:meet|come (?:by|in|over)|visit|have an interview)",
        r"(?:drop|stop|come|swing|pop) (?:by|in)\b(?! your walk-in)",
        r"as soon as possible|\basap\b|\burgent(?:ly)?\b|earliest convenience",
        r"(?:reply|respond|answer|get back|call me|let me know|hear from you)[\w ]{0,30} " + _SOON,
        r"i need (?:an answer|a decision|to know|to hear)",
        r"i(?: will| shall|'ll) (?:call|phone|ring|write|e-?mail|come|visit|stop|drop|follow)\b"
        r"(?! you back)",
        r"give me (?:a|an|the|one|this) (?:chance|interview|opportunity|job|call|shot)",
        r"invite me",
        r"move (?:me |my application )?forward",
        r"i (?:expect|insist|demand)\b",
        r"look(?:ing)? forward to (?:the|an|my|our|your) "
        r"(?:interview|call|meeting|invitation|offer)",
    ),
    "guilt": (
        r"waiting (?:so|for weeks|for months|patiently|for ages|forever)",
        r"the least you (?:can|could)",
        r"you (?:never|did not even|didn't even|have not even|haven't even|don't even)\b",
        r"you (?:did not|didn't|have not|haven't) (?:bother|answer|repl|respond)\w*",
        r"disappoint(?:ed|ing)|unprofessional|\brude\b|disrespect\w*|\bignor(?:ed|ing)\b|ghost(?:ed|ing)",
        r"not fair|\bunfair\b",
        r"\bdesperate\w*",
        r"i (?:really |so |badly )*need (?:this|the|a) (?:job|position|work)",
        r"my (?:family|children|kids|wife|husband|rent|bills) (?:depends?|needs?|are|is)\b",
        r"i deserve",
        r"wast(?:ed|ing) my time",
        r"how hard can it be|shame on|is it too much to ask",
    ),
    "threat": (
        r"or else\b",
        r"legal (?:action|steps)|\blawyers?\b|\battorney\b|\blawsuit\b",
        r"sue (?:you|your)|take you to court",
        r"\bcomplain(?:t|ts|ing)?\b",
        r"report (?:you|this|your)",
        r"bad review|negative review|glassdoor|social media",
        r"(?:post|share|tell)[\w ]{0,20} (?:online|publicly|everyone|the press|the world)",
        r"(?:contact|call|tell|write to|speak to|go to) (?:your|the) "
        r"(?:boss|manager|ceo|superior|supervisor|head office|director)",
        r"last chance|final warning|\bconsequences\b|you will (?:regret|be sorry)",
        r"unless you\b",
    ),
    "second_ask": (
        r"follow(?:ing|ed)?[- ]up (?:once )?(?:again|twice)",
        r"(?:second|third|fourth|fifth|2nd|3rd|4th) (?:time|attempt|follow-up|" + _MAIL + r")",
        r"(?:wrote|written|called|phoned|e-?mailed|asked|contacted)"
        r"(?: to)?(?: you)? (?:again|twice|already|before|last week|several times|many times)",
        r"applied (?:again|twice)",
        r"as i (?:wrote|said|mentioned|asked|explained)",
        r"(?:check(?:ing)?|ask(?:ing)?|writ(?:e|ing)|call(?:ing)?)(?: in| you| to you)?"
        r" (?:once )?again",
        r"my (?:last|previous|earlier|first|other) (?:follow-up|" + _MAIL + r"s?)",
        r"another follow-up|one more time|once more",
        r"(?:(?:gentle|kind|friendly|quick|little) )?reminder|\bbump(?:ing)?\b",
    ),
}
_PATTERNS: dict[ToneKind, re.Pattern[str]] = {
    # Any run of blanks and line ends may stand between two words.
    kind: re.compile(
        "|".join(rf"(?<!\w)(?:{phrase})" for phrase in phrases).replace(" ", " +"), re.I
    )
    for kind, phrases in _ENGLISH.items()
}


@dataclass(frozen=True, slots=True)
class Flag:
    """Words that may be taken amiss, where they stand in the text, and the rule they touch."""

    kind: ToneKind
    words: str
    start: int
    end: int
    rule: Rule

    def to_json(self) -> dict[str, Any]:
        """Kind, words and rule, for a page or a program."""
        return {"kind": self.kind, "words": self.words, "start": self.start, "end": self.end} | (
            self.rule.to_json()
        )


def tone(text: str, spoken: bool = False, language: str = "en") -> list[Flag]:
    """All flags, in the order of the text; a flag on the length stands last."""
    flags = _phrases(text[:LONGEST_READ]) if language[:2] == "en" else []
    most = MOST_SPOKEN_WORDS if spoken else MOST_WRITTEN_WORDS
    return [*sorted(flags, key=lambda flag: (flag.start, flag.end)), *_too_long(text, most)]


def _phrases(text: str) -> list[Flag]:
    # One character for one, so that the places found are places in the writer's own text.
    plain = re.sub(r"[‘’ʼ`]", "'", re.sub(r"\s", " ", text)).replace("‑", "-")
    return [
        Flag(kind, text[found.start() : found.end()], found.start(), found.end(), RULES[kind])
        for kind, pattern in _PATTERNS.items()
        for found in pattern.finditer(plain)
    ]


def _too_long(text: str, most: int) -> list[Flag]:
    words = list(re.finditer(r"\S+", text))
    if len(words) <= most:
        return []
    start, end = words[most].start(), words[-1].end()
    shown = " ".join(word.group() for word in words[most : most + 5])[:200]
    return [Flag("too_long", shown, start, end, RULES["too_long"])]
