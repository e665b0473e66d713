"""One person, one message: it names all of their applications that end together.

What is decided while another end of theirs waits in its undo window joins that one's message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sincerely.hiring.compose import compose
from sincerely.hiring.models import Application, Closure, Reason
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock
from sincerely.kernel.ids import spoken_reference
from sincerely.outbox.models import Message

NO_LINES: Mapping[UUID, str] = {}
QUEUED = Message.State.QUEUED
Words = Callable[[Sequence[Application]], Wording]


def compose_end(
    together: Sequence[Application],
    reason: Reason,
    written: Wording | None = None,
    lines: Mapping[UUID, str] = NO_LINES,
) -> Wording:
    """The one message to a person about these applications of theirs, as it will be read."""
    personal = dict.fromkeys(lines.get(each.pk, "").strip() for each in together)
    said = {"personal_line": "\n\n".join(line for line in personal if line)}
    if len(together) > 1:
        said["job"] = in_a_row(each.job.title for each in together)
        said["reference"] = in_a_row(spoken_reference(each.reference) for each in together)
    return compose(together[0], str(reason), written=written, said=said)


def by_person(applications: Iterable[Application]) -> list[list[Application]]:
    """Those of one person at one address together, in the order of the first of each."""
    found: dict[Any, list[Application]] = defaultdict(list)
    for application in applications:
        found[application.candidate_id, application.email.lower()].append(application)
    return list(found.values())


def in_a_row(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def take_over_held(
    groups: Sequence[Sequence[Application]], reason: Reason, words: Words
) -> dict[UUID, list[Closure]]:
    """The held ends that a new message takes over, by the id of the first of each group; their own
    message is skipped. `groups` are applications of one person each, `words` the text about them.

    Only where both are the standard text: what a recruiter wrote for one job speaks of one job.
    One statement where nobody had an end before.
    """
    taken: dict[UUID, list[Closure]] = defaultdict(list)
    if reason == Reason.WITHDRAWN:
        return taken
    by_candidate = {group[0].candidate_id: group for group in groups}
    for message, closures in _held(by_candidate, reason).items():
        group = by_candidate[closures[0].application.candidate_id]
        before = compose_end([each.application for each in closures], reason)
        if (
            message.to_address.lower() == group[0].email.lower()
            and (message.subject, message.text) == (before.subject, before.body)
            and words(group) == compose_end(group, reason)
            and message.skip("told together with a later decision")
        ):
            taken[group[0].pk] += closures
    return taken


def _held(candidates: Iterable[UUID], reason: Reason) -> Mapping[Message, list[Closure]]:
    """From the person to the message: PostgreSQL, which does not know yet how many were queued a
    moment ago, would begin with all that is unsent, for each batch of a large job again."""
    theirs = Application.objects.filter(candidate__in=list(candidates), ended_at__isnull=False)
    if not (ended := list(theirs.values_list("pk", flat=True))):
        return {}
    waiting = Closure.objects.filter(application__in=ended, reason=reason)
    waiting = waiting.filter(shown_at__gt=clock.now()).exclude(by=APPLICANT)
    closures = [
        closure
        for closure in waiting.select_related("message").order_by("at", "id")
        if (message := closure.message) and message.state == QUEUED and not message.attempts
    ]
    told = Application.objects.for_page().in_bulk([each.application_id for each in closures])
    by_message: dict[Any, list[Closure]] = defaultdict(list)
    for closure in closures:
        closure.application = told[closure.application_id]
        by_message[closure.message].append(closure)
    return by_message
