"""The statement of the ledger: rows that were written once, in the order in which they happened.

Parameters: employer, first and last (instants, the last one excluded), kinds (of events), now; and
application or job where `ledger_sql` puts the restriction in.
"""

from __future__ import annotations

# One row of each branch: application, at, id, source, kind, by, data.
_LINES = """
WITH posting AS MATERIALIZED (
    SELECT job.id, job.title, CASE WHEN job.state <> 'open' THEN (
        SELECT max(event.at) FROM kernel_event event
        WHERE event.employer_id = %(employer)s AND event.about_id = job.id
        AND event.kind = 'job_state' AND event.data ->> 'from' = 'open') END AS ended_at
    FROM hiring_job job
    WHERE job.employer_id = %(employer)s {of job} {of its job}
), chosen AS MATERIALIZED (
    SELECT application.id, application.reference, posting.title, posting.ended_at, closure.told_at
    FROM hiring_application application
    JOIN posting ON posting.id = application.job_id
    LEFT JOIN hiring_closure closure ON closure.employer_id = %(employer)s
        AND closure.application_id = application.id
    WHERE application.employer_id = %(employer)s {of application.id}
)
SELECT line.at, chosen.reference, chosen.title, line.source, line.kind, line.by, line.data,
    chosen.told_at, chosen.ended_at
FROM chosen JOIN (
    SELECT event.about_id, event.at, event.id, 'event' AS source, event.kind, event.by, event.data
    FROM kernel_event event
    WHERE event.employer_id = %(employer)s AND event.kind = ANY(%(kinds)s)
    AND event.at >= %(first)s AND event.at < %(last)s {of event.about_id}
    UNION ALL
    SELECT promise.application_id, promise.shown_at, promise.id, 'promise',
        coalesce(message.kind, ''),
        coalesce(entry.by, answered.answered_by, call.by, ''),
        jsonb_build_object('due_on', promise.due_on)
    FROM hiring_promise promise
    LEFT JOIN outbox_message message
        ON message.employer_id = %(employer)s AND message.id = promise.message_id
    LEFT JOIN hiring_stageentry entry ON entry.employer_id = %(employer)s
        AND entry.application_id = promise.application_id AND entry.at = promise.made_at
    LEFT JOIN hiring_followup answered
        ON answered.employer_id = %(employer)s AND answered.reply_id = promise.message_id
    LEFT JOIN hiring_call call ON call.employer_id = %(employer)s
        AND call.application_id = promise.application_id AND call.at = promise.shown_at
    WHERE promise.employer_id = %(employer)s AND promise.outcome <> 'replaced'
    AND promise.shown_at >= %(first)s AND promise.shown_at < %(last)s
    AND promise.shown_at <= %(now)s {of promise.application_id}
    UNION ALL
    SELECT message.about_id, message.created_at, message.id, 'message', message.kind, '',
        jsonb_build_object('to', message.to_address, 'message_id', message.message_id)
    FROM outbox_message message
    WHERE message.employer_id = %(employer)s
    AND message.created_at >= %(first)s AND message.created_at < %(last)s {of message.about_id}
    UNION ALL
    SELECT message.about_id, delivery.at, delivery.id, 'delivery', message.kind, delivery.source,
        jsonb_build_object('state', delivery.state, 'evidence', delivery.evidence, 'again', EXISTS (
            SELECT 1 FROM outbox_delivery earlier
            WHERE earlier.employer_id = %(employer)s AND earlier.message_id = delivery.message_id
            AND earlier.state IN ('relayed', 'delivered')
            AND (earlier.at, earlier.id) < (delivery.at, delivery.id)))
    FROM outbox_delivery delivery
    JOIN outbox_message message
        ON message.employer_id = %(employer)s AND message.id = delivery.message_id
    WHERE delivery.employer_id = %(employer)s
    AND delivery.at >= %(first)s AND delivery.at < %(last)s {of message.about_id}
) line ON line.about_id = chosen.id
ORDER BY line.at, line.id"""

_ITS_JOB = """AND job.id = (SELECT one.job_id FROM hiring_application one
        WHERE one.employer_id = %(employer)s AND one.id = %(application)s)"""
_KEYS = ("application.id", "event.about_id", "promise.application_id", "message.about_id")


def ledger_sql(*, one: bool, job: bool) -> str:
    """The statement for `one` application, for one job, or for all of the employer's."""
    statement = _LINES.replace("{of job}", "AND job.id = %(job)s" if job else "")
    statement = statement.replace("{of its job}", _ITS_JOB if one else "")
    for key in _KEYS:
        only = f"AND {key} = %(application)s" if one else ""
        statement = statement.replace("{of " + key + "}", only)
    return statement
