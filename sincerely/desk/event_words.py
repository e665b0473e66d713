"""What happened to an application, in plain words for the team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sincerely.desk.interview_words import INTERVIEW_WORDS
from sincerely.hiring.dates import in_words
from sincerely.hiring.models import Call, Reason
from sincerely.hiring.models.follow_up import Channel, Topic
from sincerely.hiring.wording import LABELS
from sincerely.kernel.models import Event

# How often somebody called shall count neither for nor against them: who decides does not see it.
CONTACT_LOG = (
    "call",
    "voicemail",
    "visit",
    "call_undone",
    "in_touch",
    "in_touch_undone",
    "link_sent",
    "not_reached",
    "address_given",
    "follow_up",
    "wrote_again",
    "follow_up_given_back",
    "follow_up_settled",
    "replied",
    "reply_undone",
    "pin_made",
    "status_heard",
    "slip_given",
    "interview_asked",
    "interview_late",
)

_ENDINGS = {
    Reason.HIRED: "{by} decided to hire",
    Reason.DECLINED: "{by} declined",
    Reason.WITHDRAWN: "{by} withdrew",
    Reason.JOB_FILLED: "{by} ended it: the job is filled",
    Reason.JOB_CANCELLED: "{by} ended it: the job is cancelled",
}
_TAKEN_IN = {
    "walk-in": "{by} took it in at the front desk",
    "paper": "{by} entered it from a letter",
    "phone": "{by} took it down on the phone",
}
_GIVEN = {
    "paper": "{by} sent the slip by post",
    "phone": "{by} read reference and PIN out on the phone",
}
_SAID = {
    "advance": "{by} says: advance",
    "decline": "{by} says: decline",
    "discuss": "{by} wants to discuss",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; `detail` is what somebody wrote, word for word."""

    at: dt.datetime
    text: str
    detail: str = ""


def lines(events: Iterable[Event]) -> list[Line]:
    """Each event as a line, in the given order."""
    return [line(event) for event in events]


def line(event: Event) -> Line:
    write = _WORDS.get(event.kind, _unknown)
    text, detail = write(event.data)
    if event.kind == "closed" and event.data.get("reason") == Reason.WITHDRAWN and event.actor_id:
        text = "The applicant withdrew, as {by} was told"
    by = event.by[:1].upper() + event.by[1:]
    return Line(event.at, text.format(by=by), detail)


def _applied(data: dict[str, Any]) -> tuple[str, str]:
    return "Applied" + _aside(data.get("source")), ""


def _applied_again(data: dict[str, Any]) -> tuple[str, str]:
    answers = [f"{each['question']}: {each['answer']}" for each in data.get("answers") or ()]
    return "Applied a second time; what was new is kept", "\n".join(answers)


def _sent_file(data: dict[str, Any]) -> tuple[str, str]:
    return "The applicant sent a file: " + _plain(data.get("name", "")), ""


def _completed(data: dict[str, Any]) -> tuple[str, str]:
    parts = ["answers"] if data.get("answers") else []
    parts += ["a phone number"] if data.get("phone") else []
    parts += ["a file"] if data.get("document") else []
    return "The applicant added " + " and ".join(parts), ""


def _moved(data: dict[str, Any]) -> tuple[str, str]:
    untold = "" if data.get("told", True) else ", and told nobody"
    return "{by} moved it to " + _plain(data.get("stage", "another stage")) + untold, ""


def _closed(data: dict[str, Any]) -> tuple[str, str]:
    if data.get("reason") not in Reason.values:
        return "{by} ended it", ""
    return _ENDINGS[Reason(data["reason"])], ""


def _call(data: dict[str, Any]) -> tuple[str, str]:
    spoke = "{by} called the applicant" if data.get("by_us") else "{by} spoke with the applicant"
    return spoke + _counted(data) + _told(data), data.get("note", "")


def _follow_up(data: dict[str, Any]) -> tuple[str, str]:
    if data.get("channel") == Channel.VOICEMAIL:
        return "The applicant left a message on the phone line" + _counted(data), ""
    topic = Topic(data["topic"]).label if data.get("topic") in Topic.values else "asked"
    return f"The applicant followed up: “{topic}”", data.get("text", "")


def _given_back(data: dict[str, Any]) -> tuple[str, str]:
    return "The follow-up was given back: " + _plain(data.get("because", "")), ""


def _replied(data: dict[str, Any]) -> tuple[str, str]:
    said = "{by} replied" + _told(data | {"told": data.get("due_on")})
    if rest_by := data.get("rest_by"):
        said = "{by} replied; the whole answer follows by " + in_words(
            dt.date.fromisoformat(rest_by)
        )
    return said, data.get("text", "")


def _reply_undone(data: dict[str, Any]) -> tuple[str, str]:
    if data.get("sent", True):
        return "{by} took the reply back; nothing was sent", ""
    return "{by} took back that the follow-up was settled", ""


def _visit(data: dict[str, Any]) -> tuple[str, str]:
    came = "The applicant came by and met {by}" + _counted(data) + _told(data)
    return came, data.get("note", "")


def _voicemail(data: dict[str, Any]) -> tuple[str, str]:
    if data.get("by_us"):
        return "{by} left the applicant a voicemail", data.get("note", "")
    left = "The applicant left a voicemail (logged by {by})" + _counted(data)
    return left, data.get("note", "")


def _call_undone(data: dict[str, Any]) -> tuple[str, str]:
    what = Call.Kind(data["kind"]).label.lower() if "kind" in data else "call"
    return "{by} took the logged " + what + " back", ""


def _reviewed(data: dict[str, Any]) -> tuple[str, str]:
    return _SAID.get(data.get("outcome", ""), "{by} gave a word"), data.get("reason", "")


def _not_reached(data: dict[str, Any]) -> tuple[str, str]:
    kind = LABELS.get(data.get("kind", ""), "a message")
    return f"A message did not arrive: {kind.lower()}", ""


def _address_given(data: dict[str, Any]) -> tuple[str, str]:
    was = _plain(data.get("from") or "none")
    return "{by} gave another e-mail address: " + _plain(data.get("to", "")) + f" (was {was})", ""


def _taken_in(data: dict[str, Any]) -> tuple[str, str]:
    return _TAKEN_IN.get(data.get("source", ""), "{by} entered it by hand"), _text(data)


def _slip_given(data: dict[str, Any]) -> tuple[str, str]:
    return _GIVEN.get(data.get("source", ""), "{by} handed the slip over"), ""


def _counted(data: dict[str, Any]) -> str:
    return ", as their follow-up" if data.get("counts") else ""


def _told(data: dict[str, Any]) -> str:
    if not data.get("told"):
        return ""
    if due_on := data.get("due_on"):
        return f", who now knows and hears next by {in_words(dt.date.fromisoformat(due_on))}"
    return ", who now knows"


def _text(data: dict[str, Any]) -> str:
    return str(data.get("text", ""))


def _day(data: dict[str, Any]) -> str:
    return in_words(dt.date.fromisoformat(data["due_on"]))


def _aside(text: str | None) -> str:
    return f" ({_plain(text)})" if text else ""


def _plain(text: str) -> str:
    """Safe to stand in a text that is formatted afterwards."""
    return text.replace("{", "{{").replace("}", "}}")


def _unknown(data: dict[str, Any]) -> tuple[str, str]:
    return "{by} changed it", ""


_WORDS = {
    "applied": _applied,
    "applied_again": _applied_again,
    "sent_file": _sent_file,
    "completed": _completed,
    "moved": _moved,
    "move_undone": lambda data: ("{by} took the move back; nothing was sent", ""),
    "closed": _closed,
    "closure_undone": lambda data: ("{by} took the decision back; nothing was sent", ""),
    "taken_in": _taken_in,
    "slip_given": _slip_given,
    "pin_made": lambda data: ("{by} made a PIN; an earlier one opens nothing any more", ""),
    "closure_set_aside": lambda data: (
        "The decision was not told and holds no more: " + data.get("why", "the applicant withdrew"),
        "",
    ),
    "status_heard": lambda data: ("The applicant heard on the phone line where it stands", ""),
    "failed_before": lambda data: (
        f"Our system failed their first try (code {_plain(data.get('code', ''))}); it counts from"
        " then",
        "",
    ),
    "in_touch": lambda data: (
        "The applicant was in touch with " + _plain(data.get("person", "the person who agreed")),
        "",
    ),
    "in_touch_undone": lambda data: ("{by} took back that they were in touch", ""),
    "late_accepted": lambda data: ("{by} let it count, though it came too late", ""),
    "call": _call,
    "voicemail": _voicemail,
    "visit": _visit,
    "promise_missed": lambda data: ("The date given was missed: " + _day(data), ""),
    "call_undone": _call_undone,
    "link_sent": lambda data: ("{by} sent the link to the status page, as a caller wished", ""),
    "follow_up": _follow_up,
    "wrote_again": lambda data: ("The applicant wrote again; answered by itself", _text(data)),
    "follow_up_given_back": _given_back,
    "follow_up_settled": lambda data: ("{by} settled the follow-up", _text(data)),
    "replied": _replied,
    "reply_undone": _reply_undone,
    "note": lambda data: ("{by} noted", _text(data)),
    "reviewed": _reviewed,
    "scorecard_asked": lambda data: ("{by} asked " + _plain(data["of"]) + " for a scorecard", ""),
    "scorecard_handed_over": lambda data: (
        f"{_plain(data['of'])} took over {_plain(data['from'])}’s scorecard",
        "",
    ),
    "not_reached": _not_reached,
    "address_given": _address_given,
    **INTERVIEW_WORDS,
}
