"""The ledger: what was promised, decided, queued, sent, delivered and told, when and by whom.

Nothing in it is worked out: each line is a row that was written once and never changed (an Event, a
Message, a Delivery), or a promise from the moment on when the applicant could know of it. Decided
is one line, told is another, with the proof in it. Nothing of notes, reviews or what was written.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from sincerely.accounts.models import Employer
from sincerely.hiring.ledger_sql import ledger_sql
from sincerely.hiring.legal_clocks import kept_until
from sincerely.hiring.listeners import NO_NEWS, PROOF
from sincerely.hiring.models import Application, Reason
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.wording import LABELS
from sincerely.kernel import clock
from sincerely.outbox.models import Delivery

US = "sincerely"
EVER = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)
_AT_ONCE = 2_000
_Words = tuple[str, str, str]  # what, about, evidence


@dataclass(frozen=True, slots=True)
class Line:
    """`what` is a word (promised, decided, queued, sent, told …), `about` what it is about,
    `evidence` what proves it, word for word where a server said it. `kept_until` is the last day on
    which the law has the records of the application kept, once that is known."""

    at: dt.datetime
    application: str
    job: str
    what: str
    about: str
    by: str
    evidence: str
    kept_until: dt.date | None


def ledger_of(application: Application) -> Iterator[Line]:
    """Everything about one application, oldest first."""
    sql = ledger_sql(one=True, job=False)
    return _lines(application.employer, sql, EVER, application=application.pk)


def ledger_between(
    employer_id: UUID, first: dt.datetime, last: dt.datetime, *, job_id: UUID | None = None
) -> Iterator[Line]:
    """An employer's lines from `first` to before `last`, oldest first; never all in memory."""
    sql = ledger_sql(one=False, job=job_id is not None)
    return _lines(Employer.objects.get(pk=employer_id), sql, (first, last), job=job_id)


def _lines(employer: Employer, sql: str, period: Any, **only: Any) -> Iterator[Line]:
    """The statement names the employer itself, so that a streamed answer needs no scope."""
    values = {"employer": employer.pk, "now": clock.now(), "kinds": list(_EVENTS), **only}
    values |= dict(zip(("first", "last"), period, strict=True))
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(_AT_ONCE):
            for at, reference, job, source, kind, by_whom, data, *over in rows:
                kept = kept_until(employer, *over)
                read = _READ[source](kind, by_whom, json.loads(data))
                for what, by, about, evidence in read:
                    yield Line(at, reference, job, what, about, by, evidence, kept)


def _event(kind: str, by: str, data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    what, about, evidence = _EVENTS[kind](data)
    yield what, by, about, evidence
    if data.get("told") and kind in ("call", "visit"):
        yield "told", by, "where the application stands", f"in a {kind} with {by}"
    if kind == "closed" and data.get("reason") == Reason.WITHDRAWN and by == APPLICANT:
        yield "told", by, about, "they withdrew themselves"


def _promise(kind: str, by: str, data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    told_with = f"told with: {LABELS.get(kind, kind)}" if kind else "told without a message"
    by = US if kind in ("receipt", "late") or by == APPLICANT else by
    yield "promised", by or US, f"the applicant hears by {data['due_on']}", told_with


def _message(kind: str, by: str, data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    yield "queued", US, LABELS.get(kind, kind), f"to {data['to']}, Message-ID {data['message_id']}"


def _delivery(kind: str, by: str, data: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    state, about = data["state"], LABELS.get(kind, kind)
    said_by = Delivery.Source(by).label if by in Delivery.Source.values else by
    yield "retried" if state == "queued" else state, said_by, about, data["evidence"]
    if state in PROOF and not data["again"] and kind not in NO_NEWS:
        yield "told", US, about, f"by e-mail, {state}"


_READ: dict[str, Callable[..., Iterator[tuple[str, str, str, str]]]] = {
    "event": _event,
    "promise": _promise,
    "message": _message,
    "delivery": _delivery,
}


def _moved(data: dict[str, Any]) -> _Words:
    told = "" if data.get("told", True) else "nobody was told"
    return "decided", f"moved to {data.get('stage', 'another stage')}", told


def _ending(data: dict[str, Any]) -> str:
    reason = data.get("reason")
    return Reason(reason).label if reason in Reason.values else "ended"


def _asked(data: dict[str, Any]) -> _Words:
    topic = data.get("topic")
    about = Topic(topic).label if topic in Topic.values else ""
    return "asked", about, f"by {data.get('channel', '')}"


def _spoke(data: dict[str, Any]) -> _Words:
    return "spoke", "we called" if data.get("by_us") else "the applicant turned to us", ""


_EVENTS: dict[str, Callable[[dict[str, Any]], _Words]] = {
    "applied": lambda data: ("applied", "", ""),
    "applied_again": lambda data: ("applied again", "", ""),
    "late_accepted": lambda data: ("accepted", "an application that came too late", ""),
    "moved": _moved,
    "move_undone": lambda data: ("taken back", "the move", "nothing was sent"),
    "closed": lambda data: ("decided", _ending(data), ""),
    "closure_undone": lambda data: ("taken back", _ending(data), "nothing was sent"),
    "closure_set_aside": lambda data: ("taken back", _ending(data), "the applicant withdrew first"),
    "call": _spoke,
    "visit": _spoke,
    "voicemail": lambda data: ("voicemail", "the applicant turned to us", ""),
    "promise_missed": lambda data: ("missed", f"the applicant hears by {data['due_on']}", ""),
    "follow_up": _asked,
    "wrote_again": lambda data: ("asked again", "", f"by {data.get('channel', '')}"),
    "follow_up_given_back": lambda data: ("given back", "the follow-up", data.get("because", "")),
    "follow_up_settled": lambda data: ("answered", "the follow-up", "without a message"),
    "replied": lambda data: ("answered", "the follow-up", ""),
    "reply_undone": lambda data: ("taken back", "the answer", "nothing was sent"),
}
