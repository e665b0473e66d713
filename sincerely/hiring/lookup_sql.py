"""The statements of the caller look-up. Each reads a bounded number of rows (lookup.py says why).

Parameters: employer, limit, jobs (ids, only where `within` puts the restriction in), and those
named in each statement. LIKE patterns come escaped.
"""

from __future__ import annotations

from functools import cache

# How many distinct words of names one statement follows up.
WORDS = 40

_IN_JOBS = """
AND EXISTS (SELECT 1 FROM hiring_application mine WHERE mine.employer_id = %(employer)s
            AND mine.id = {key} AND mine.job_id = ANY(%(jobs)s::uuid[]))"""


def within(statement: str, *, jobs: bool) -> str:
    """The statement with or without its restriction to some jobs."""
    for key in ("key.application_id", "application.id"):
        restriction = _IN_JOBS.format(key=key) if jobs else ""
        statement = statement.replace("{in jobs: " + key + "}", restriction)
    return statement


_APPLICATION = """
SELECT application.id FROM hiring_application application
WHERE application.employer_id = %(employer)s AND {condition} {in jobs: application.id}
ORDER BY application.applied_at DESC LIMIT %(limit)s"""

APPLICATION = _APPLICATION.replace("{condition}", "application.id = %(id)s")
# Digits sort alike under every collation, so a range finds what begins with them.
REFERENCE = _APPLICATION.replace(
    "{condition}", "application.reference >= %(low)s AND application.reference < %(high)s"
)
EMAIL = _APPLICATION.replace("{condition}", "application.email LIKE %(pattern)s")
PHONE = _APPLICATION.replace("{condition}", "reverse(application.phone) LIKE %(pattern)s")

_FULL_NAME = """
SELECT key.application_id
FROM unnest(%(terms)s::text[], %(rests)s::text[], %(ends)s::text[]) AS typed (term, rest, rest_end)
CROSS JOIN LATERAL (
    SELECT key.application_id, key.applied_at FROM hiring_namekey key
    WHERE key.employer_id = %(employer)s AND key.term = typed.term AND {condition}
    {in jobs: key.application_id}
    ORDER BY key.applied_at DESC LIMIT %(limit)s
) key
GROUP BY key.application_id, key.applied_at
ORDER BY key.applied_at DESC LIMIT %(limit)s"""
# A LIKE whose pattern is a column cannot use an index: these operators can, and go byte by byte.
# 13,000 people are called Maria, and 20 of them Maria Smith.
FULL_NAME = _FULL_NAME.replace(
    "{condition}", "key.rest ~>=~ typed.rest AND key.rest ~<~ typed.rest_end"
)
# An initial fits so many that the newest with it are soon found; sorting all of them takes longer.
NAME_AND_INITIAL = _FULL_NAME.replace("{condition}", "starts_with(key.rest, typed.rest)")

# What is shown of those that were found. By hand: four models would cost four times as much. And
# without more joins than needed: planning five took longer than answering.
ROWS = """
SELECT application.id, application.reference, application.name, application.email,
    application.phone, application.applied_at, application.due_on, application.ended_at, job.title,
    (SELECT stage.name FROM hiring_stage stage
     WHERE stage.employer_id = %(employer)s AND stage.id = application.stage_id),
    coalesce((SELECT coalesce(nullif(recruiter.name, ''), recruiter.email)
     FROM accounts_identity recruiter WHERE recruiter.id = job.recruiter_id), ''),
    (SELECT employer.time_zone FROM accounts_employer employer WHERE employer.id = %(employer)s)
FROM hiring_application application
JOIN hiring_job job ON job.employer_id = %(employer)s AND job.id = application.job_id
WHERE application.employer_id = %(employer)s AND application.id = ANY(%(ids)s::uuid[])"""

# For each word of `word` (term, rank): its newest applications whose other words fit.
_NEWEST = """
SELECT key.application_id FROM (SELECT * FROM ({words}) word ORDER BY rank LIMIT {most}) word
CROSS JOIN LATERAL (
    SELECT key.application_id, key.applied_at FROM hiring_namekey key
    WHERE key.employer_id = %(employer)s AND key.term = word.term
    AND {others}
    {in jobs: key.application_id}
    ORDER BY key.applied_at DESC LIMIT %(limit)s
) key
GROUP BY key.application_id, key.applied_at
ORDER BY min(word.rank), key.applied_at DESC LIMIT %(limit)s"""


# The other words somewhere in the name; or the one other word right after (around the corner,
# as names are entered), which the index answers also where ten thousand share the first.
_ANYWHERE = "(' ' || key.rest) LIKE ALL (%(others)s::text[])"
_NEXT = "key.rest ~>=~ %(other)s AND key.rest ~<~ %(other_end)s"


@cache
def newest(words: str, *, next_to: bool) -> str:
    """The newest applications with one of some words (BEGINNING and what follows it)."""
    others = _NEXT if next_to else _ANYWHERE
    statement = _NEWEST.replace("{words}", words).replace("{most}", str(WORDS))
    return statement.replace("{others}", others)


BEGINNING = """
    SELECT name.term, CASE WHEN name.term = ANY(%(words)s::text[]) THEN 0 ELSE 1 END AS rank
    FROM unnest(%(words)s::text[], %(ends)s::text[]) AS typed (word, word_end)
    JOIN hiring_nameterm name ON name.employer_id = %(employer)s
        AND name.term ~>=~ typed.word AND name.term ~<~ typed.word_end"""

FRAGMENT = """
    SELECT name.term, length(name.term) AS rank
    FROM hiring_nameterm name
    WHERE name.employer_id = %(employer)s AND name.term LIKE ANY (%(fragments)s::text[])"""

# One slip in a short word, two in a longer one, the first letter being right, as it mostly is:
# these are some hundred words, and to compare with all of them takes half a millisecond.
SLIP = """
    SELECT name.term,
        levenshtein_less_equal(left(name.term, 60), left(%(word)s, 60), 2) AS rank
    FROM hiring_nameterm name
    WHERE name.employer_id = %(employer)s
    AND name.term ~>=~ left(%(word)s, 1) AND name.term ~<~ %(letter_end)s
    AND length(name.term) BETWEEN length(%(word)s) - 2 AND length(%(word)s) + 2
    AND levenshtein_less_equal(left(name.term, 60), left(%(word)s, 60), 2)
        <= CASE WHEN length(%(word)s) < 5 THEN 1 ELSE 2 END"""

# The same with any first letter: the trigram index offers the candidates.
TYPO = """
    SELECT name.term,
        levenshtein_less_equal(left(name.term, 60), left(%(word)s, 60), 2) AS rank
    FROM hiring_nameterm name
    WHERE name.employer_id = %(employer)s AND name.term %% %(word)s
    AND levenshtein_less_equal(left(name.term, 60), left(%(word)s, 60), 2)
        <= CASE WHEN length(%(word)s) < 6 THEN 1 ELSE 2 END"""
