"""What happened to an interview, in plain words for the team's history (event_words.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sincerely.hiring.models.interview import Response
from sincerely.hiring.models.stage import InterviewKind

Words = tuple[str, str]


def _kind(data: dict[str, Any]) -> str:
    kind = data.get("kind")
    return InterviewKind(kind).label.lower() if kind in InterviewKind.values else "interview"


def _when(data: dict[str, Any]) -> str:
    return f": {data['when']}" if data.get("when") else ""


def _proposed(data: dict[str, Any]) -> Words:
    number = data.get("slots", 1)
    times = "a time" if number == 1 else f"{number} times"
    return "{by} offered " + f"{times} for the {_kind(data)}", ""


def _said(sentence: str) -> Callable[[dict[str, Any]], Words]:
    """`sentence` with the kind of interview in place of KIND, and the date after it."""
    return lambda data: (sentence.replace("KIND", _kind(data)) + _when(data), data.get("text", ""))


def _late(data: dict[str, Any]) -> Words:
    return "{by} said: about " + f"{data.get('minutes', 10)} minutes late", ""


def _answered(data: dict[str, Any]) -> Words:
    response = data.get("response")
    label = Response(response).label.lower() if response in Response.values else "answered"
    return "{by} answered the invitation: " + label, data.get("text", "")


INTERVIEW_WORDS: Mapping[str, Callable[[dict[str, Any]], Words]] = {
    "interview_proposed": _proposed,
    "interview_scheduled": _said("{by} entered the KIND"),
    "interview_picked": _said("The applicant picked a time for the KIND"),
    "interview_moved": _said("{by} changed the KIND"),
    "interview_cancelled": _said("{by} cancelled the KIND"),
    "interview_undone": _said("{by} took the KIND back; nothing was sent"),
    "interview_took_place": _said("{by}: the KIND took place"),
    "interview_did_not": _said("{by}: the KIND did not take place"),
    "interview_stands": _said("{by}: the KIND stands as it is"),
    "interview_asked": _said("The applicant asked for another time for the KIND"),
    "interview_accepted": _said("The applicant answered the invitation: will come"),
    "interview_late": _late,
    "interviewer_answered": _answered,
    "interviewer_left": lambda data: (f"{_plain(data.get('name', ''))} left, and is out of it", ""),
}


def _plain(text: str) -> str:
    """Safe to stand in a text that is formatted afterwards."""
    return text.replace("{", "{{").replace("}", "}}")
