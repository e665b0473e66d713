"""The demo's legal clocks: in Toronto two people were interviewed weeks ago, and the law's time for
one of them is almost over, for the other it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.legal_clocks import runs_at
from sincerely.hiring.models import Application, Call, Job
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7

DAY = dt.timedelta(days=1)
# Name, and how many days ago they were interviewed.
MET = (("Noor Haddad", 42), ("Sam Okafor", 46))
Deliver = Callable[[Application, dt.datetime], None]


def load_legal_clocks(employer: Employer, recruiter: Identity, deliver: Deliver) -> None:
    if runs_at(employer):
        for name, days in MET:
            _interviewed(employer, recruiter, deliver, name, clock.now() - days * DAY)


def _interviewed(
    employer: Employer, recruiter: Identity, deliver: Deliver, name: str, at: dt.datetime
) -> None:
    """They applied, were interviewed at `at`, and were told on the phone that it takes longer."""
    job, key = Job.objects.published().order_by("opened_at")[0], uuid7()
    job.employer = employer
    with clock_at(at - 5 * DAY):
        email = f"{name.lower().replace(' ', '.')}@applicants.example"
        receive(job, Submission(id=key, name=name, email=email, source="Careers page"))
        deliver(_fresh(key), clock.now())
    with clock_at(at):
        stage = employer.stages.get(name="Interview")  # type: ignore[attr-defined]
        _fresh(key).move(stage, by=recruiter)
        deliver(_fresh(key), clock.now())
    with clock_at(clock.now() - 2 * DAY):
        note = "Told them that the client decides next week."
        said = {"told": True, "by_us": True, "due_on": date_to_promise(employer, 4)}
        _fresh(key).log_call(Call.Kind.CALL, by=recruiter, note=note, **said)


def _fresh(key: object) -> Application:
    found: Application = Application.objects.for_page().get(pk=key)
    return found
