"""An employer's own wording of the messages, with a real example to read it by."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.answer import answer_of
from sincerely.hiring.compose import compose, wording_of
from sincerely.hiring.dates import date_to_promise, in_words
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Job, MessageTemplate
from sincerely.hiring.models.job import JobState
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import DEFAULTS, UnknownPlaceholder, Wording
from sincerely.hiring.wording import require_known_placeholders as _require_known
from sincerely.kernel.models import record

# What an applicant would miss in a message of this kind.
EXPECTED = {
    "receipt": ("date", "reference", "status_link"),
    "moved": ("date",),
    "late": ("missed_date", "date"),
    "hired": ("date",),
    "link": ("status_link",),
    "answer": ("answer",),
    "withdrawal_asked": ("withdrawal_link",),
    "reply": ("reply",),
    "referral": ("what_next",),
    "vouched": ("contact", "contact_way", "until"),
    "vouch_revoked": ("contact",),
    "interview_proposed": ("slots", "pick_by", "status_link", "date"),
    "interview_scheduled": ("when", "where", "status_link", "date"),
    "interview_picked": ("when", "where", "status_link", "date"),
    "interview_moved": ("when", "where", "status_link", "date"),
    "interview_cancelled": ("when", "date"),
    "interview_asked": ("asked", "date"),
    "interview_reminder": ("when", "where", "status_link"),
    "interview_late": ("late",),
}
# For the preview, of what there may be none yet.
_EXAMPLES = {
    "reply": "Yes, you can come by bicycle: there is a rack behind the house.",
    "referrer": "Pat Moss",
    "what_next": "This is the job, and the form to apply: …",
    "contact": "Kim Adair",
    "contact_way": "by e-mail at kim@example.org",
    "interview": "phone screen",
    "people": "You will meet Pat Moss.",
    "where": "We call you at +1 212 555 0142.",
    "minutes": "30",
    "late": "10",
    "asked": "I have a shift on that morning. Could it be after two?",
}


def save_wording(employer: Employer, kind: str, written: Wording, *, by: Any) -> None:
    """Make it the employer's own; the default wording again gives the own one up.

    Raises UnknownPlaceholder.
    """
    require_known_placeholders(kind, written)
    if written == DEFAULTS[kind]:
        return back_to_default(employer, kind, by=by)
    with transaction.atomic():
        row, _ = MessageTemplate.objects.update_or_create(
            employer=employer,
            kind=kind,
            defaults={"subject": written.subject, "body": written.body},
        )
        record("template_changed", row, by=by, data={"kind": kind})


def back_to_default(employer: Employer, kind: str, *, by: Any) -> None:
    for row in MessageTemplate.objects.filter(employer=employer, kind=kind):
        row.delete()
        record("template_default", row, by=by, data={"kind": kind})


def require_known_placeholders(kind: str, written: Wording) -> None:
    _require_known(written.subject, kind)
    _require_known(written.body, kind)


def missing(kind: str, written: Wording) -> list[str]:
    """The placeholders that an applicant would miss in this text."""
    text = written.subject + written.body
    return [name for name in EXPECTED.get(kind, ()) if f"{{{name}}}" not in text]


def example(employer: Employer, kind: str, written: Wording, *, by: Identity) -> dict[str, Any]:
    """How the newest applicant would read it: name, address, wording, and whether they are real."""
    application = example_applicant(employer, by)
    setup = setup_of(employer)
    stage = setup.stage_after(application.stage_id) or setup.stage(application.stage_id)
    due_on = date_to_promise(employer, stage.promise_days)
    said = {
        **_EXAMPLES,
        "answer": "\n\n".join(answer_of(application)),
        "missed_date": in_words(application.due_on or due_on),
        "until": in_words(due_on),
        **_example_times(employer),
    }
    text = compose(application, kind, stage=stage, due_on=due_on, written=written, said=said)
    # Without the key to the applicant's own page: who has it can withdraw in their name.
    body = text.body.replace(status_token(application), "…")
    return {
        "name": application.name,
        "email": application.email,
        "wording": Wording(text.subject, body),
        "is_real": not application._state.adding,
    }


def example_applicant(employer: Employer, by: Identity) -> Application:
    """The newest one; before anybody has applied, one that is never saved."""
    newest = Application.objects.filter(employer=employer).for_page().order_by("-pk").first()
    return newest or _made_up(employer, by)


def _example_times(employer: Employer) -> dict[str, str]:
    days = [in_words(date_to_promise(employer, ahead)) for ahead in (2, 3, 4)]
    return {
        "slots": "\n".join(f"– {day}, 10:00 to 10:30" for day in days),
        "when": f"{days[1]}, 10:00 to 10:30",
        "earlier_when": f"{days[0]}, 10:00 to 10:30",
        "pick_by": days[0],
    }


def _made_up(employer: Employer, by: Identity) -> Application:
    """Somebody to show the text with before anybody has applied; never saved."""
    stage = setup_of(employer).stages[0]
    return Application(
        employer=employer,
        job=Job(employer=employer, title="Line cook", recruiter=by, state=JobState.OPEN),
        stage=stage,
        name="Jo Rivers",
        email="jo@example.org",
        reference="4821553907",
        due_on=date_to_promise(employer, stage.promise_days),
    )


__all__ = [
    "EXPECTED",
    "UnknownPlaceholder",
    "back_to_default",
    "example",
    "example_applicant",
    "missing",
    "require_known_placeholders",
    "save_wording",
    "wording_of",
]
