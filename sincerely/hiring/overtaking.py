"""A later decision within the undo window of an earlier move: who is told of which.

The earlier message is not sent any more, its date was never told, and the move shows together with
the later decision. When that one is taken back, the earlier one is told after all.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sincerely.hiring.letters import send
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.quiet_hours import shown_at
from sincerely.hiring.wording import Wording
from sincerely.outbox.models import Message

if TYPE_CHECKING:
    from sincerely.hiring.models.application import Application

_WHY = "overtaken by a later decision"


def overtake(application: Application, at: dt.datetime, shown_at: dt.datetime) -> None:
    """A decision of the instant `at`, to show from `shown_at` on, comes before those still held."""
    application.stage_entries.filter(message=None, shown_at__gt=at).update(shown_at=shown_at)
    for message in application.messages().filter(kind="moved").unsent():
        if message.skip(_WHY):
            application.stage_entries.filter(message=message).update(shown_at=shown_at)
            replaced = application.promises.open().filter(message=message)
            replaced.update(outcome=Outcome.REPLACED, settled_at=at)


def tell_after_all(application: Application, since: dt.datetime) -> None:
    """The decision of the instant `since` was taken back: what the newest move's message said is
    queued once more, with an undo window of its own, if it was this decision that overtook it."""
    entry = application.stage_entries.select_related("message").order_by("-at", "-id").first()
    skipped = entry.message if entry else None
    if skipped is None or (skipped.state, skipped.skip_reason) != (Message.State.SKIPPED, _WHY):
        return
    if skipped.settled_at < since:
        return  # by an earlier one, which stands and tells of it
    window = application.employer.undo_window
    text = Wording(skipped.subject, skipped.text)
    shows = shown_at(application.employer, "moved", window)
    told = {"message": send(application, "moved", text, hold=window), "shown_at": shows}
    application.promises.filter(message=skipped).update(**told)
    application.stage_entries.filter(pk=entry.pk).update(**told)
