"""Facts as JSON, read strictly: one clear error with the path of the field, or well-typed facts.

The form is published as ``schemas/facts.json``. A moment with a time counts as the day that is
written in it. Days of events may lie one day ahead of ``today``, for it is tomorrow somewhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sincerely.protocol.business_days import days_after, is_known
from sincerely.protocol.facts import (
    ABOUT,
    CONTACT_CHANNELS,
    RECEIPT_STATES,
    VOUCH_CHANNELS,
    Contact,
    Facts,
    Incident,
    Promise,
    Vouch,
)
from sincerely.protocol.iso_days import NO_DAY, iso_day
from sincerely.protocol.policy import CULTURES, ROLES, Policy, PolicyError, policy_from_json
from sincerely.protocol.rule import Rulebook
from sincerely.protocol.rulebooks import A, B, rulebook_for

LONGEST_LIST = 1000
LONGEST_NAME = 300
LONGEST_TEXT = 5000
MOST_STAFF = 100_000_000


class FactsError(ValueError):
    """Facts that cannot be read. ``path`` names the field, ``problem`` says what is wrong."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Query:
    """All that ``decide`` needs, as read from one JSON document."""

    facts: Facts
    rulebook: Rulebook
    today: date


Read = Callable[[object, str], Any]
Record = TypeVar("Record")


def query_from_json(document: object, today: date) -> Query:
    """Read a whole document. Its own ``today`` wins over the argument. Raises FactsError."""
    if not isinstance(document, Mapping):
        raise FactsError("facts", "must be a JSON object")
    rest = {key: value for key, value in document.items() if key not in _BESIDE_FACTS}
    day = _day(document["today"], "today") if document.get("today") is not None else today
    name = _choice("A", "B")(document.get("rules", "B"), "rules")
    policy = _policy(document.get("policy"))
    return Query(facts_from_json(rest, day), rulebook_for(policy, A if name == "A" else B), day)


def facts_from_json(document: object, today: date) -> Facts:
    """Read facts alone, and check their days against ``today``. Raises FactsError."""
    facts = _record(Facts, _FACTS)(document, "")
    _check_place(facts)
    _check_days(facts, today)
    return facts


def _policy(value: object) -> Policy | None:
    if value is None:
        return None
    try:
        return policy_from_json(value)
    except PolicyError as error:
        path = "policy" if error.path == "policy" else f"policy.{error.path}"
        raise FactsError(path, error.problem) from None


def _day(value: object, path: str) -> date:
    try:
        return iso_day(value)
    except ValueError:
        raise FactsError(path, NO_DAY) from None


def _flag(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise FactsError(path, "must be true or false")
    return value


def _text(longest: int) -> Read:
    def read(value: object, path: str) -> str:
        if not isinstance(value, str):
            raise FactsError(path, "must be text")
        if len(value) > longest:
            raise FactsError(path, f"must have at most {longest} characters")
        return value

    return read


def _number(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_STAFF:
        raise FactsError(path, f"must be a whole number from 0 to {MOST_STAFF}")
    return value


def _choice(*choices: str) -> Read:
    def read(value: object, path: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise FactsError(path, f"must be one of {', '.join(choices)}")
        return value

    return read


def _optional(read: Read) -> Read:
    return lambda value, path: None if value is None else read(value, path)


def _list(read: Read) -> Read:
    def read_all(value: object, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise FactsError(path, "must be a list")
        if len(value) > LONGEST_LIST:
            raise FactsError(path, f"must have at most {LONGEST_LIST} entries")
        return tuple(read(entry, f"{path}[{place}]") for place, entry in enumerate(value))

    return read_all


def _record(
    kind: type[Record], fields: Mapping[str, Read], required: tuple[str, ...] = ()
) -> Callable[[object, str], Record]:
    def read(value: object, path: str) -> Record:
        if not isinstance(value, Mapping):
            raise FactsError(path or "facts", "must be a JSON object")
        within = f"{path}." if path else ""
        for key in value:
            if key not in fields:
                raise FactsError(f"{within}{key or '“”'}", _unknown(str(key), fields))
        for key in required:
            if value.get(key) is None:
                raise FactsError(f"{within}{key}", "is missing")
        return kind(**{key: fields[key](entry, f"{within}{key}") for key, entry in value.items()})

    return read


def _unknown(key: str, fields: Mapping[str, Read]) -> str:
    near = difflib.get_close_matches(key[:60], fields, n=1)
    return "is not a known field" + (f"; did you mean {near[0]}?" if near else "")


_NAME = _text(LONGEST_NAME)
_OPTIONAL_DAY = _optional(_day)
_BESIDE_FACTS = ("$schema", "today", "rules", "policy")

_CONTACT: dict[str, Read] = {
    "on": _day,
    "channel": _choice(*CONTACT_CHANNELS),
    "about": _choice(*ABOUT),
    "bounced": _flag,
}
_PROMISE: dict[str, Read] = {"made_on": _day, "due_on": _day, "kept_on": _OPTIONAL_DAY}
_INCIDENT: dict[str, Read] = {
    "failed_on": _day,
    "support_exists": _flag,
    "support_asked_on": _OPTIONAL_DAY,
    "reply_by": _OPTIONAL_DAY,
    "replied_on": _OPTIONAL_DAY,
    "solved_on": _OPTIONAL_DAY,
    "steps_followed": _flag,
    "code": _NAME,
    "error_text": _text(LONGEST_TEXT),
}
_VOUCH: dict[str, Read] = {
    "person": _NAME,
    "channel": _choice(*VOUCH_CHANNELS),
    "given_on": _day,
    "until": _OPTIONAL_DAY,
    "certain": _flag,
    "role": _choice(*ROLES),
    "referrer": _NAME,
}
_FACTS: dict[str, Read] = {
    "applied_on": _OPTIONAL_DAY,
    "told_on": _OPTIONAL_DAY,
    "withdrawn_on": _OPTIONAL_DAY,
    "interviewed_on": _OPTIONAL_DAY,
    "receipt": _choice(*RECEIPT_STATES),
    "own_mail_bounced": _flag,
    "status_answers": _flag,
    "contacts": _list(_record(Contact, _CONTACT, ("on",))),
    "promises": _list(_record(Promise, _PROMISE, ("made_on", "due_on"))),
    "incident": _optional(_record(Incident, _INCIDENT, ("failed_on",))),
    "vouch": _optional(_record(Vouch, _VOUCH, ("person", "given_on"))),
    "recipient": _optional(_choice(*ROLES)),
    "culture": _choice(*CULTURES),
    "country": _NAME,
    "subdivision": _NAME,
    "staff": _number,
    "applicant": _NAME,
    "employer": _NAME,
    "job": _NAME,
    "reference": _NAME,
}


def _check_place(facts: Facts) -> None:
    if facts.country and not is_known(facts.country):
        raise FactsError("country", "is not a known country code like CA")
    if facts.subdivision and not (facts.country and is_known(facts.country, facts.subdivision)):
        raise FactsError("subdivision", "is not a known part of this country, like ON in CA")


def _check_days(facts: Facts, today: date) -> None:
    """Refuse days that cannot be: events in the future, and ends before their beginning."""
    last = days_after(today, 1)
    for path, day, earliest in _events(facts):
        if day is None:
            continue
        if day > last:
            raise FactsError(path, f"{day.isoformat()} lies in the future")
        if earliest is not None and day < days_after(earliest, -1):
            raise FactsError(path, f"{day.isoformat()} lies before {earliest.isoformat()}")
    for place, promise in enumerate(facts.promises):
        if promise.due_on < promise.made_on:
            raise FactsError(f"promises[{place}].due_on", "lies before the day it was made on")
    if facts.vouch and facts.vouch.until and facts.vouch.until < facts.vouch.given_on:
        raise FactsError("vouch.until", "lies before the day it was given on")


def _events(facts: Facts) -> list[tuple[str, date | None, date | None]]:
    """Path, day and earliest possible day of everything that is said to have happened."""
    applied = facts.applied_on
    events: list[tuple[str, date | None, date | None]] = [
        ("applied_on", applied, None),
        ("told_on", facts.told_on, applied),
        ("withdrawn_on", facts.withdrawn_on, applied),
        ("interviewed_on", facts.interviewed_on, None),
    ]
    for place, contact in enumerate(facts.contacts):
        events.append((f"contacts[{place}].on", contact.on, None))
    for place, promise in enumerate(facts.promises):
        events.append((f"promises[{place}].made_on", promise.made_on, None))
        events.append((f"promises[{place}].kept_on", promise.kept_on, promise.made_on))
    if facts.vouch:
        events.append(("vouch.given_on", facts.vouch.given_on, None))
    if facts.incident:
        failed = facts.incident.failed_on
        events.append(("incident.failed_on", failed, None))
        for name in ("support_asked_on", "replied_on", "solved_on"):
            events.append((f"incident.{name}", getattr(facts.incident, name), failed))
    return events
