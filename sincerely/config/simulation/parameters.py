"""How people, mail and phones behave in the simulated quarter: every rate with its source.

A rate whose source is `OURS` is an assumption of ours. Where `low` and `high` differ from `value`,
the comparison is printed for all three; the run itself takes the end at which applicants interrupt
most, so that the promises are kept under the larger load.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

OURS = "our assumption"
ROBERT_HALF = "Robert Half survey of HR managers, 19 September 2017"
CAREERBUILDER = "CareerBuilder, via collegerecruiter.com, 21 February 2013"
TALENT_BOARD = "Talent Board, North America 2020"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share between 0 and 1, or a number of days where `what` says so."""

    value: float
    what: str
    source: str = OURS
    low: float | None = None
    high: float | None = None

    def at(self, level: str) -> float:
        """By `level`: "low" and "high" are the ends of the range, all else is the middle."""
        end = {"low": self.low, "high": self.high}.get(level)
        return self.value if end is None else end


# ── applicants ───────────────────────────────────────────────────────────────────────────────────
WANTS_TO_KNOW = Rate(
    0.5, "applicants who, left without an answer, turn to the employer", low=0.25, high=0.75
)
WAIT_UNDER_A_WEEK = Rate(0.29, "they do so within a week", ROBERT_HALF)
WAIT_TO_TWO_WEEKS = Rate(0.36, "they do so after one to two weeks", ROBERT_HALF)
WAIT_TO_THREE_WEEKS = Rate(0.25, "they do so after two to three weeks; the rest later", ROBERT_HALF)
BY_EMAIL = Rate(0.64, "they write (what HR managers prefer)", ROBERT_HALF)
BY_PHONE = Rate(0.21, "they call (what HR managers prefer)", ROBERT_HALF)
IN_PERSON = Rate(0.14, "they come by (what HR managers prefer)", ROBERT_HALF)
PUSHY = Rate(0.1, "of those, ask again and again until they know", low=0.05, high=0.2)
PUSHY_EVERY = Rate(5, "days between two attempts of a pushy applicant")
# Low is where applicants interrupt least: there the page answers most of them.
PAGE_ANSWERS = Rate(0.7, "for whom a status page with a date answers it", low=0.85, high=0.5)
CALLS_ANYWAY = Rate(
    0.1, "of the others, call or come by, whatever the page says", low=0.05, high=0.2
)
HAS_A_QUESTION = Rate(0.3, "of the others, have a question for a person", low=0.2, high=0.4)
WITHDRAWS = Rate(0.04, "applicants who withdraw")
THINKS_AGAIN = Rate(0.1, "of those, take it back within the minute")
SENDS_TWICE = Rate(0.03, "forms that are sent twice")
APPLIES_TWICE = Rate(0.05, "applicants who apply for a second job of the same employer")
WITHOUT_ADDRESS = Rate(0.01, "applicants who give a phone number alone, at the front desk")
ANSWERS_THE_PHONE = Rate(0.5, "calls by the team that reach the applicant")
MACHINE_ANSWERS = Rate(0.01, "mails that a vacation notice answers")
TOO_LATE = Rate(0.01, "applications that come after the job is closed to them")

# ── what happens without the protocol ────────────────────────────────────────────────────────────
NEVER_HEARS = Rate(
    0.54,
    "applicants who never hear: 33 % still waited after two months (low end), 75 % never heard "
    "(high end); the middle is our assumption",
    f"{TALENT_BOARD}; {CAREERBUILDER}",
    low=0.33,
    high=0.75,
)
HEARS_WITHIN = Rate(28, "days within which half of the others hear (exponential)")
TOLD_BY_ASKING = Rate(0.5, "who asks and then knows enough to ask no more", low=0.8, high=0.2)

# ── the team ─────────────────────────────────────────────────────────────────────────────────────
SLOW_MANAGER = Rate(0.3, "hiring managers who are slow")
MANAGER_DAYS = Rate(4, "business days, the median of a hiring manager's word")
SLOW_MANAGER_DAYS = Rate(12, "business days, the median of a slow one's word")
REMINDER_MOVES = Rate(0.3, "words that a reminder brings forward to its morning")
SLOW_RECRUITER = Rate(0.2, "jobs whose recruiter is behind")
RECRUITER_DAYS = Rate(2, "business days, the median until a recruiter has read an application")
SLOW_RECRUITER_DAYS = Rate(6, "business days, the same where the recruiter is behind")
AWAY = Rate(0.5, "members who are on holiday for a week of the quarter")
SICK = Rate(0.03, "business days on which a member is ill")
COVERED = Rate(0.5, "days of absence on which a colleague does the work")
ANSWERED_SAME_DAY = Rate(0.7, "questions that wait in the morning and are answered that day")
READ_ON = Rate(0.4, "applications that go from the first stage to the hiring manager")
ADVANCED = Rate(0.4, "words of a hiring manager that advance somebody")
DISCUSSED = Rate(0.1, "words that ask the recruiter to talk first")
OFFER_TAKEN = Rate(0.85, "offers that are taken; the others withdraw")
TAKEN_BACK = Rate(0.01, "decisions that are undone within the undo window, and made again")
CANCELLED = Rate(0.15, "jobs that are cancelled")

# ── mail ─────────────────────────────────────────────────────────────────────────────────────────
DEAD_ADDRESS = Rate(0.015, "addresses at which nothing arrives: all their mails come back")
LATE_BOUNCE = Rate(0.003, "mails that come back up to two days after they were delivered")
RELAYED = Rate(0.35, "mails whose last proof is that another server took them")
DELAYED = Rate(0.01, "mails that are delayed for hours first")
NO_REPORT = Rate(0.005, "mails of which nobody ever reports anything")
OUTAGE_DAYS = Rate(2, "days without a mail server, in the middle of the run")


def table() -> dict[str, dict[str, Any]]:
    """Name → value, range, meaning and source, in the order above."""
    rates = {name: each for name, each in globals().items() if isinstance(each, Rate)}
    return {
        name.lower(): {key: value for key, value in asdict(each).items() if value is not None}
        for name, each in rates.items()
    }
