"""Inbound's jobs: each carries a key, calls one verb, and may run twice."""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django import app
from procrastinate.jobs import JobDeferrer

from sincerely.inbound.models import InboundMail
from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY, SWEEP_FIRST, defer_once

PATIENCE = dt.timedelta(minutes=5)
SWEPT_AT_ONCE = 500


def reading_of(digest: str) -> JobDeferrer:
    """The job that reads one mail."""
    return read_mail.configure(task_kwargs={"digest": digest})


@app.task(queue="mail", retry=RETRY)
def read_mail(digest: str) -> None:
    if mail := InboundMail.objects.unread().filter(digest=digest).first():
        mail.read()


@app.periodic(cron="*/5 * * * *", periodic_id="sweep_inbound")
@app.task(queue="mail", queueing_lock="sweep_inbound", priority=SWEEP_FIRST)
def sweep_inbound(timestamp: int) -> None:
    """Give a job to each mail that lies unread, because its own was lost."""
    late = InboundMail.objects.unread().filter(received_at__lt=clock.now() - PATIENCE)
    for digest in late.order_by("received_at").values_list("digest", flat=True)[:SWEPT_AT_ONCE]:
        job = read_mail.configure(queueing_lock=f"inbound:{digest}")
        defer_once(job, digest=digest)
