"""The statements of the figures (figures.py), each one pass over what a period holds.

Parameters: employer; first and last (days), begins and ends (the instants around them); now and
today; job where `for_job` puts the restriction in; and those named in each statement.
"""

from __future__ import annotations

_OF_JOB = {
    "application": "AND application.job_id = %(job)s",
    "promise": """AND EXISTS (
        SELECT 1 FROM hiring_application application WHERE application.employer_id = %(employer)s
        AND application.id = promise.application_id AND application.job_id = %(job)s)""",
    "closure": """AND EXISTS (
        SELECT 1 FROM hiring_application application WHERE application.employer_id = %(employer)s
        AND application.id = closure.application_id AND application.job_id = %(job)s)""",
}


# Days until the first human answer: the bars of the chart, each from its low to below its high.
SPREAD = ((0, 1), (1, 3), (3, 7), (7, 14), (14, 28), (28, 100_000))
_BARS = ", ".join(
    f"count(*) FILTER (WHERE days >= {low} AND days < {high})" for low, high in SPREAD
)
# The applications sent in the period.
_COHORT = """
WITH cohort AS (
    SELECT application.id, application.applied_at, application.ended_at, application.source,
        application.email <> '' AS has_email
    FROM hiring_application application
    WHERE application.employer_id = %(employer)s
    AND application.applied_at >= %(begins)s AND application.applied_at < %(ends)s
    {job of application}
)"""


def for_job(statement: str, *, job: bool) -> str:
    """The statement for one job, or for all."""
    statement = statement.replace("{cohort}", _COHORT).replace("{bars}", _BARS)
    for name, only in _OF_JOB.items():
        statement = statement.replace("{job of " + name + "}", only if job else "")
    return statement


PROMISES = """
SELECT date_trunc(%(step)s, promise.due_on)::date,
    count(*) FILTER (WHERE promise.outcome = 'kept'),
    count(*) FILTER (WHERE promise.outcome = 'broken'
        OR (promise.outcome <> 'kept' AND promise.missed_at IS NOT NULL)),
    count(*) FILTER (WHERE promise.outcome = 'open' AND promise.missed_at IS NULL
        AND promise.due_on >= %(today)s),
    count(*) FILTER (WHERE promise.outcome = 'open' AND promise.missed_at IS NULL
        AND promise.due_on < %(today)s)
FROM hiring_promise promise
WHERE promise.employer_id = %(employer)s AND promise.due_on BETWEEN %(first)s AND %(last)s
AND promise.shown_at <= %(now)s {job of promise}
GROUP BY 1 ORDER BY 1"""

# Parameters: kinds (of messages that a person caused).
# What tells of an application is written after it was sent: hence the bound on created_at.
ANSWERS = """{cohort}, proven AS (
    SELECT message.about_id, bool_or(message.kind = 'receipt') AS receipt,
        min(message.settled_at) FILTER (WHERE message.kind = ANY(%(kinds)s)) AS heard_at
    FROM outbox_message message JOIN cohort
        ON cohort.id = message.about_id AND message.created_at >= cohort.applied_at
    WHERE message.employer_id = %(employer)s AND message.state IN ('relayed', 'delivered')
    AND message.created_at >= %(begins)s
    GROUP BY message.about_id
), spoken AS (
    SELECT call.application_id, min(call.at) AS heard_at
    FROM hiring_call call JOIN cohort
        ON cohort.id = call.application_id AND call.at >= cohort.applied_at
    WHERE call.employer_id = %(employer)s AND call.kind IN ('call', 'visit')
    GROUP BY call.application_id
), first AS (
    SELECT cohort.has_email, cohort.applied_at, coalesce(proven.receipt, false) AS receipt,
        extract(epoch FROM least(proven.heard_at, spoken.heard_at) - cohort.applied_at)::float8
            / 86400 AS days
    FROM cohort LEFT JOIN proven ON proven.about_id = cohort.id
    LEFT JOIN spoken ON spoken.application_id = cohort.id
)
SELECT count(*), count(days),
    percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days),
    count(*) FILTER (WHERE has_email AND (receipt OR applied_at < %(now)s - interval '1 day')),
    count(*) FILTER (WHERE has_email AND receipt), count(*) FILTER (WHERE NOT has_email),
    ARRAY[{bars}]
FROM first"""

STAYS = """{cohort}, stay AS (
    SELECT entry.stage_id, extract(epoch FROM coalesce(
        lead(entry.at) OVER (PARTITION BY entry.application_id ORDER BY entry.at),
        cohort.ended_at) - entry.at)::float8 / 86400 AS days
    FROM cohort JOIN hiring_stageentry entry
        ON entry.employer_id = %(employer)s AND entry.application_id = cohort.id
), counted AS (
    SELECT stay.stage_id, count(days) AS ended, count(*) - count(days) AS running,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY days) AS within
    FROM stay GROUP BY stay.stage_id
)
SELECT stage.name, counted.ended, counted.running, counted.within
FROM counted JOIN hiring_stage stage
    ON stage.employer_id = %(employer)s AND stage.id = counted.stage_id
ORDER BY stage.position, stage.id"""

REACHED = """{cohort}, reached AS (
    SELECT entry.application_id, max(stage.position) AS position
    FROM hiring_stageentry entry JOIN hiring_stage stage
        ON stage.employer_id = %(employer)s AND stage.id = entry.stage_id
        AND stage.archived_at IS NULL
    WHERE entry.employer_id = %(employer)s AND entry.at >= %(begins)s
    GROUP BY entry.application_id
)
SELECT cohort.source, reached.position, coalesce(closure.reason, ''), count(*)
FROM cohort LEFT JOIN reached ON reached.application_id = cohort.id
LEFT JOIN hiring_closure closure
    ON closure.employer_id = %(employer)s AND closure.application_id = cohort.id
GROUP BY 1, 2, 3"""

# The last row counts what was sent beyond the follow-up and answered by itself, by mail.
FOLLOW_UPS = """{cohort}
SELECT asked.channel, count(*), count(*) FILTER (WHERE asked.answer_by IS NOT NULL
    OR asked.channel IN ('call', 'voicemail', 'visit'))
FROM hiring_followup asked JOIN cohort ON cohort.id = asked.application_id
WHERE asked.employer_id = %(employer)s GROUP BY asked.channel
UNION ALL
SELECT '', count(*), 0
FROM outbox_message message JOIN cohort ON cohort.id = message.about_id
WHERE message.employer_id = %(employer)s AND message.kind = 'answer'
AND message.state IN ('relayed', 'delivered') AND message.created_at >= %(begins)s
AND NOT EXISTS (SELECT 1 FROM hiring_followup asked
    WHERE asked.employer_id = %(employer)s AND asked.answer_id = message.id)
UNION ALL
SELECT 'applications', count(*), 0 FROM cohort"""

NOW = """
SELECT (SELECT count(*) FROM hiring_closure closure
        WHERE closure.employer_id = %(employer)s AND closure.told_at IS NULL
        AND closure.shown_at <= %(now)s {job of closure}),
    (SELECT count(*) FROM hiring_application application
        WHERE application.employer_id = %(employer)s AND application.ended_at IS NULL
        AND application.due_on < %(today)s {job of application})"""

# What was shown a day ago at the latest, so that proof has had its time to come.
TOLD = """
SELECT count(*), count(*) FILTER (WHERE closure.told_at IS NOT NULL)
FROM hiring_closure closure
WHERE closure.employer_id = %(employer)s AND closure.reason <> 'withdrawn'
AND closure.at >= %(begins)s AND closure.at < %(ends)s
AND closure.shown_at <= %(now)s - interval '1 day' {job of closure}"""
