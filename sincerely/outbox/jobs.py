"""The outbox's jobs: each carries ids, calls one verb, and may run twice."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from procrastinate.contrib.django import app


def defer_delivery(employer_id: UUID, message_id: UUID, at: dt.datetime | None = None) -> None:
    """Have a worker deliver a message, at once or at a time, if this transaction commits."""
    deliver_message.configure(schedule_at=at).defer(
        employer_id=str(employer_id), message_id=str(message_id)
    )


@app.task(queue="mail")
def deliver_message(employer_id: str, message_id: str) -> None:
    raise NotImplementedError
