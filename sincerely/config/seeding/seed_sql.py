"""The statements of seed.py. `%(…)s` are parameters; the temporary tables are seed.py's own.

A share between 0 and 1 that depends on a number and a salt alone is a hash: so one seed always
gives the same people, whatever the order in which rows are made.
"""

from __future__ import annotations

NAMES = """
CREATE TEMPORARY TABLE seed_first (rank int PRIMARY KEY, name text, folded text) ON COMMIT DROP;
CREATE TEMPORARY TABLE seed_last (rank int PRIMARY KEY, name text, folded text) ON COMMIT DROP;
CREATE FUNCTION pg_temp.share(i bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(i, salt) & 4503599627370495)::float8 / 4503599627370496 $$;
CREATE FUNCTION pg_temp.rank(share float8, size int, flatness float8) RETURNS int
    LANGUAGE sql IMMUTABLE AS $$
    SELECT least(floor(flatness * power((size + flatness) / flatness, share) - flatness)::int,
                 size - 1) $$;
CREATE FUNCTION pg_temp.key(i bigint, salt text, at timestamptz) RETURNS uuid
    LANGUAGE sql STABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
        || substr(md5(i || salt), 1, 3) || '8' || substr(md5(i || salt), 4, 15))::uuid $$"""

# One row for each application: who (people come round again when there are more applications),
# when (time goes on with i), for which job, in which stage, and whether it has ended.
PEOPLE = """
CREATE TEMPORARY TABLE seed_person ON COMMIT DROP AS
SELECT i, person, at, (%(jobs)s::uuid[])[job_rank] AS job, round,
    first.name || ' ' || last.name AS name, first.folded AS first, last.folded AS last,
    first.folded || '.' || last.folded || person || '@example.org' AS email,
    '+1' || ((person * 48271 + 1234567) %% 8000000000 + 2000000000) AS phone,
    ((i * 7368787 + %(salt)s) %% 9000000000 + 1000000000)::text AS reference,
    pg_temp.key(i, 'application' || %(salt)s, at) AS application,
    pg_temp.key(i, 'receipt' || %(salt)s, at) AS receipt,
    CASE WHEN pg_temp.share(i, %(salt)s + 5) < 0.995 THEN 'relayed' ELSE 'bounced' END
        AS receipt_state,
    pg_temp.key(person, 'candidate' || %(salt)s, %(since)s::timestamptz) AS candidate,
    (%(stages)s::uuid[])[1 + floor(pg_temp.share(i, %(salt)s + 2) * %(stage_count)s)::int] AS stage,
    at::date + 5 + (pg_temp.share(i, %(salt)s + 3) * 15)::int AS due_on,
    CASE WHEN job_rank > 2 AND pg_temp.share(i, %(salt)s + 4) < 0.6 THEN at + interval '9 days' END
        AS ended_at
FROM (
    SELECT i, %(low)s + (i - %(low)s) %% %(people)s AS person, (i - %(low)s) / %(people)s AS round,
        %(since)s::timestamptz + (i - %(low)s) * (
            (%(until)s::timestamptz - %(since)s::timestamptz) / %(applications)s) AS at,
        -- By halving: a join compares each application with each of 2,000 jobs.
        width_bucket(i - %(low)s, %(job_lows)s::bigint[]) AS job_rank
    FROM generate_series(%(low)s::bigint, %(low)s::bigint + %(applications)s - 1) AS i
) numbered
JOIN seed_first first ON first.rank =
    pg_temp.rank(pg_temp.share(person, %(salt)s), %(firsts)s, %(first_flatness)s)
JOIN seed_last last ON last.rank =
    pg_temp.rank(pg_temp.share(person, %(salt)s + 1), %(lasts)s, %(last_flatness)s)"""

ROWS = (
    """
INSERT INTO hiring_candidate (employer_id, id, name, email, phone, created_at)
SELECT %(employer)s, candidate, name, email, phone, at FROM seed_person WHERE round = 0
ORDER BY candidate""",
    """
INSERT INTO hiring_application (employer_id, id, job_id, candidate_id, stage_id, stage_since,
    reference, name, email, phone, answers, source, applied_at, due_on, ended_at)
SELECT %(employer)s, application, job, candidate, stage, at, reference, name, email, phone, '[]',
    'Job board', at, due_on, ended_at FROM seed_person ORDER BY i""",
    """
INSERT INTO hiring_reference (number, employer_key, application_key)
SELECT reference, %(employer)s, application FROM seed_person""",
    """
INSERT INTO hiring_nameterm (employer_id, id, term)
SELECT %(employer)s, pg_temp.key(hashtext(term), term, %(since)s::timestamptz), term
FROM (SELECT first AS term FROM seed_person UNION SELECT last FROM seed_person) terms""",
    """
INSERT INTO hiring_namekey (employer_id, id, term, rest, applied_at, application_id)
SELECT %(employer)s, pg_temp.key(i, 'first', at), first, last, at, application
FROM seed_person UNION ALL
SELECT %(employer)s, pg_temp.key(i, 'last', at), last, first, at, application FROM seed_person
WHERE first <> last""",
    # A receipt takes some 5 KB in life; here it is short, so that a disk holds a million.
    """
INSERT INTO outbox_message (employer_id, id, kind, about_id, to_address, to_name, reply_to, subject,
    text, html, raw, message_id, calendar, refers_to, token, state, skip_reason, stopped, attempts,
    created_at, settled_at)
SELECT %(employer)s, receipt, 'receipt', application, email, name, '', 'We have your application',
    'It arrived. Your reference is ' || reference, '', 'Subject: We have your application',
    '<' || receipt || '@example.org>', '', '', 'b' || receipt, receipt_state, '', false, 1, at, at
FROM seed_person""",
    """
INSERT INTO outbox_delivery (employer_id, id, message_id, state, at, source, evidence)
SELECT %(employer)s, pg_temp.key(i, 'delivery', at), receipt, receipt_state, at, 'dsn', ''
FROM seed_person""",
    """
INSERT INTO hiring_stageentry (employer_id, id, application_id, stage_id, at, shown_at, by,
    message_id)
SELECT %(employer)s, pg_temp.key(i, 'entry', at), application, stage, at, at, 'the applicant',
    receipt FROM seed_person""",
    """
INSERT INTO hiring_promise (employer_id, id, application_id, stage_id, due_on, made_at, shown_at,
    outcome, settled_at, kept_by, message_id, wake_at)
SELECT %(employer)s, pg_temp.key(i, 'promise', at), application, stage, due_on, at, at,
    CASE WHEN ended_at IS NULL THEN 'open' ELSE 'kept' END, ended_at, '', receipt,
    CASE WHEN ended_at IS NULL THEN (due_on + 2)::timestamptz END
FROM seed_person""",
    """
INSERT INTO hiring_closure (employer_id, id, application_id, reason, note, at, by, shown_at,
    told_at, told_how)
SELECT %(employer)s, pg_temp.key(i, 'closure', at), application, 'declined', '', ended_at, 'Rosa',
    ended_at, ended_at, 'by e-mail, delivered' FROM seed_person WHERE ended_at IS NOT NULL""",
    """
INSERT INTO kernel_event (employer_id, id, about_id, kind, at, by, data)
SELECT %(employer)s, pg_temp.key(i, 'event', at), application, 'applied', at, 'the applicant', '{}'
FROM seed_person""",
)

# What slows a bulk insert, in the order in which it must go; it comes back the other way round.
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'p', 'u')
AND (conrelid = ANY(%(tables)s::regclass[]) OR confrelid = ANY(%(tables)s::regclass[]))
ORDER BY contype = 'f' DESC, conname"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%(tables)s::regclass[])
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
ORDER BY 1"""
