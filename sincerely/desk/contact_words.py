"""Whether a caller's one follow-up was used, and what that means for this call."""

from __future__ import annotations

from dataclasses import dataclass

from sincerely.hiring.contact_advice import ContactAdvice
from sincerely.hiring.dates import in_words
from sincerely.hiring.models import FollowUp

Channel = FollowUp.Channel
SPOKEN = (Channel.CALL, Channel.VOICEMAIL, Channel.VISIT)

_ENDED = (
    "check",
    "Ended: nothing to follow up",
    "Answer with the sentence, and be kind. Thanks are welcome.",
)
_USED = (
    "Follow-up used",
    "Answer with the sentence, and be kind. There is nothing else to do.",
)
_WAITING = (
    "Their question still waits for an answer, owed by {day}. Give it now if you can, and tick that"
    " they know."
)
_BACK = (
    "undo",
    "Follow-up given back",
    "This call is the new one. Give them a date that can be kept; the next question gets the"
    " status by itself.",
)
_IN_DOUBT = (
    "bounced",
    "Our receipt may not have arrived",
    "Say that the application is here, and ask for an address that works. This call does not use"
    " up their follow-up.",
)
_OPEN = (
    "check",
    "Follow-up open",
    "This call is their one follow-up. The next question gets the status by itself.",
)
_VOUCHED = (
    "Is it {person} they want? Help them there, and say so when you log it. With anybody else it"
    " is their one follow-up."
)
_EARLY = (
    "clock",
    "Follow-up not open yet",
    "Be kind. This call is their one follow-up all the same; the next question gets the status by"
    " itself.",
)
_FAILED = ("warning", "Our system failed them")
_HOW = {
    Channel.PAGE: ("link", "on their status page"),
    Channel.EMAIL: ("mail", "by e-mail"),
    Channel.CALL: ("phone", "by phone"),
    Channel.VOICEMAIL: ("voicemail", "by voicemail"),
    Channel.VISIT: ("place", "in person"),
}


@dataclass(frozen=True, slots=True)
class CallerWords:
    """`title` says where the follow-up stands, `means` what to do now. `used` is the one that was
    used before, `how` by what channel."""

    icon: str
    title: str
    means: str
    used: FollowUp | None = None
    how: str = ""

    @property
    def taken_by(self) -> str:
        """Who took it, when it was spoken."""
        return self.used.answered_by if self.used and self.used.channel in SPOKEN else ""


def caller_words(advice: ContactAdvice) -> CallerWords:
    """The words for this advice. They rest on nothing that the applicant may not know."""
    if advice.facts.told_on or advice.facts.withdrawn_on:
        return CallerWords(*_ENDED)
    if advice.asking.rule.startswith("incident-") and advice.facts.incident:
        code = advice.facts.incident.code
        return CallerWords(*_FAILED, f"Their code is {code}. The fault is not theirs; be kind.")
    # Used, and perhaps given back since.
    spent = next((each for each in advice.follow_ups if each.counts), None)
    icon, how = _HOW[Channel(spent.channel)] if spent else ("", "")
    if advice.used and not advice.given_back:
        title, means = _USED
        return CallerWords(icon, title, _what_waits(advice) or means, spent, how)
    if advice.is_vouched and advice.vouch:
        person = advice.vouch.person
        title, means = f"May contact {person} once", _VOUCHED.format(person=person)
        return CallerWords("people", title, means)
    if advice.asking.rule == "not-received":
        return CallerWords(*_IN_DOUBT)
    if not advice.may_ask:
        return CallerWords(*_EARLY)
    return CallerWords(*_BACK, spent, how) if spent else CallerWords(*_OPEN)


def _what_waits(advice: ContactAdvice) -> str:
    """What to do about a question that nobody has answered yet; empty when there is none."""
    waiting = next((each for each in advice.follow_ups if each.answered_at is None), None)
    return _WAITING.format(day=in_words(waiting.answer_by)) if waiting and waiting.answer_by else ""
