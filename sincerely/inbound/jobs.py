"""Inbound's jobs: each carries a key, calls one verb, and may run twice."""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django import app
from procrastinate.jobs import JobDeferrer

from sincerely.inbound.models import InboundMail, ProviderCall
from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY, SWEEP_FIRST, defer_once

PATIENCE = dt.timedelta(minutes=5)
SWEPT_AT_ONCE = 500
# Longer than a provider's signature holds, so that a replay finds what it repeats.
CALLS_KEPT_FOR = dt.timedelta(days=30)


def reading_of(digest: str) -> JobDeferrer:
    """The job that reads one mail."""
    return read_mail.configure(task_kwargs={"digest": digest})


@app.task(queue="mail", retry=RETRY)
def read_mail(digest: str) -> None:
    if mail := InboundMail.objects.unread().only("id").filter(digest=digest).first():
        mail.read()


def reading_of_call(key: str) -> JobDeferrer:
    """The job that reads one call of a mail provider."""
    return read_provider_call.configure(task_kwargs={"key": key})


@app.task(queue="mail", retry=RETRY)
def read_provider_call(key: str) -> None:
    if call := ProviderCall.objects.unread().filter(key=key).first():
        call.read()


@app.periodic(cron="*/5 * * * *", periodic_id="sweep_provider_calls")
@app.task(queue="mail", queueing_lock="sweep_provider_calls", priority=SWEEP_FIRST)
def sweep_provider_calls(timestamp: int) -> None:
    """Give a job to each call that lies unread, and forget those read long ago."""
    now, calls = clock.now(), ProviderCall.objects
    late = calls.unread().filter(received_at__lt=now - PATIENCE).order_by("received_at")
    for key in late.values_list("key", flat=True)[:SWEPT_AT_ONCE]:
        defer_once(read_provider_call.configure(queueing_lock=f"call:{key}"), key=key)
    old = calls.filter(received_at__lt=now - CALLS_KEPT_FOR, state=ProviderCall.State.READ)
    old.delete()


@app.periodic(cron="*/5 * * * *", periodic_id="sweep_inbound")
@app.task(queue="mail", queueing_lock="sweep_inbound", priority=SWEEP_FIRST)
def sweep_inbound(timestamp: int) -> None:
    """Give a job to each mail that lies unread, because its own was lost."""
    late = InboundMail.objects.unread().filter(received_at__lt=clock.now() - PATIENCE)
    for digest in late.order_by("received_at").values_list("digest", flat=True)[:SWEPT_AT_ONCE]:
        job = read_mail.configure(queueing_lock=f"inbound:{digest}")
        defer_once(job, digest=digest)
