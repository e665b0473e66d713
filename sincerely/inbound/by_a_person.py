"""What a person does with a mail that could not be sorted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sincerely.accounts.models import Employer
from sincerely.hiring.adding import add_file
from sincerely.hiring.asking import keep
from sincerely.hiring.models import Application, Job
from sincerely.hiring.models.follow_up import Channel
from sincerely.inbound.applications import apply_for
from sincerely.inbound.files import take_files
from sincerely.inbound.models import InboundMail, Kind
from sincerely.inbound.outcome import Sorted
from sincerely.inbound.replies import hear
from sincerely.reading.letter import read_letter


def attach(mail: InboundMail, application: Application, *, by: Any) -> Sorted | None:
    """It belongs to this application. An answer to us is heard as if it came from the applicant's
    own address, where the answer goes; anything else is kept with it, and nobody is written to.

    Like the next one it says what was made of it: None when somebody settled the mail before, with
    a reason when it still waits.
    """
    return mail.settle(lambda row: _attach(row, application), by=str(by))


def make_application(
    mail: InboundMail, job: Job, *, name: str, email: str, by: Any
) -> Sorted | None:
    """It is an application of this person for this job, at the time when the mail came."""
    return mail.settle(lambda row: apply_for(row, job, name=name, email=email), by=str(by))


def no_application(mail: InboundMail) -> None:
    """The sender says so, by the link that asked for which job it is: now a person reads it."""
    reason = "Its sender says that it is no application."
    mail.settle(lambda row: replace(_as(row), reason=reason), by="")


def dismiss(mail: InboundMail, *, by: Any, all_of_sender: bool = False) -> int:
    """It is nothing for us; with `all_of_sender`, neither is whatever else waits from there.
    Returns how many were settled."""
    others = mail.others() if all_of_sender else ()
    settled = [each.settle(_nothing_for_us, by=str(by)) for each in [mail, *others]]
    return len([made for made in settled if made])


def hand_over(mail: InboundMail, employer: Employer, *, by: Any) -> None:
    """It is for this employer's people to sort."""
    reason = f"{by}, who runs this service, thinks that it is for you."
    mail.settle(lambda row: Sorted(row.kind, reason=reason, employer_id=employer.pk), by=str(by))


def _attach(mail: InboundMail, application: Application) -> Sorted:
    letter = read_letter(bytes(mail.raw))
    if mail.kind == Kind.REPLY:
        outcome = hear(mail, letter, application, original="")
    else:
        outcome = "kept with an application"
        keep(application, letter.text, Channel.EMAIL)
        for document in take_files(letter, mail.pk, cut=mail.cut).documents:
            add_file(application, document)
    return _as(mail, outcome, application_id=application.pk)


def _nothing_for_us(mail: InboundMail) -> Sorted:
    return _as(mail, "nothing for us")


def _as(mail: InboundMail, outcome: str = "", **more: Any) -> Sorted:
    known = {
        "employer_id": mail.employer_id,
        "message_id": mail.message_id,
        "application_id": mail.application_id,
        "job_id": mail.job_id,
    }
    return Sorted(mail.kind, outcome=outcome, **known | more)
