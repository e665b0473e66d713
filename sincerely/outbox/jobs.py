"""The outbox's jobs: each carries ids, calls one verb, and may run twice."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import JobDeferrer

from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY, SWEEP_FIRST
from sincerely.kernel.tenancy import across_employers, employer_scope
from sincerely.outbox.deliver import deliver, deliver_account_mail
from sincerely.outbox.envelope import Verdict
from sincerely.outbox.models import AccountMail, Message

# So long a due message may wait for its own job before the sweeper asks whether it got lost.
PATIENCE = dt.timedelta(minutes=2)
SWEPT_AT_ONCE = 1000


class NotYet(Exception):
    """The mail server did not take it; the job is to be tried again."""


def delivery_of(employer_id: UUID, message_id: UUID, at: dt.datetime | None = None) -> JobDeferrer:
    """The job that delivers one message. At most one waits for now, and one for a time to come."""
    when = "later" if at else "now"
    return deliver_message.configure(
        queueing_lock=f"message:{message_id}:{when}",
        schedule_at=at,
        task_kwargs={"employer_id": str(employer_id), "message_id": str(message_id)},
    )


@app.task(queue="mail", retry=RETRY, pass_context=True)
def deliver_message(context: JobContext, employer_id: str, message_id: str) -> None:
    with employer_scope(UUID(employer_id)):
        deliver(UUID(message_id), job_id=context.job.id)


# A person waits before the login page for it: every 10 s at first.
@app.task(queue="mail", priority=10, retry=RetryStrategy(max_attempts=60, linear_wait=10))
def deliver_account(mail_id: str) -> None:
    mail = AccountMail.objects.filter(pk=mail_id).first()
    if mail and (reply := deliver_account_mail(mail)).verdict is Verdict.LATER:
        raise NotYet(reply.evidence)


@app.periodic(cron="* * * * *", periodic_id="sweep_messages")
@app.task(queue="mail", queueing_lock="sweep_messages", priority=SWEEP_FIRST)
def sweep_messages(timestamp: int) -> None:
    """Give a job to each message that is due and whose own was lost, or whose worker died."""
    with across_employers():
        due = list(
            Message.objects.due(clock.now() - PATIENCE).values_list("employer_id", "id", "wake_at")[
                :SWEPT_AT_ONCE
            ]
        )
    for employer_id, message_id, wake_at in due:
        with employer_scope(employer_id):
            Message.objects.wake(message_id, seen=wake_at)


@app.periodic(cron="29 * * * *", periodic_id="forget_account_mail")
@app.task(queue="mail", queueing_lock="forget_account_mail")
def forget_account_mail(timestamp: int) -> None:
    AccountMail.objects.expired(clock.now()).delete()
