"""Mail to an address for applications."""

from __future__ import annotations

from dataclasses import replace

from sincerely.hiring.apply_addresses import Place, job_named_in, open_jobs
from sincerely.hiring.applying_by_mail import Mailed, apply_by_mail
from sincerely.hiring.mail_answers import answer_mail
from sincerely.hiring.mail_wording import NO_JOB_OPEN, WHICH_JOB
from sincerely.hiring.models import Job
from sincerely.inbound.files import take_files
from sincerely.inbound.limits import is_too_many, was_told_that_none_is_open
from sincerely.inbound.models import InboundMail, Kind
from sincerely.inbound.outcome import Sorted
from sincerely.inbound.which_job import which_job_link
from sincerely.kernel.email_address import NotAnAddress, read_address
from sincerely.kernel.text import one_line, some_lines
from sincerely.reading.letter import Letter, read_letter

LONGEST_NAME = 200  # Application.name


def take_application(mail: InboundMail, letter: Letter, place: Place) -> Sorted:
    """An application for the job that the address names; else for the one that the subject names,
    or that is the only one open; else the sender is asked which."""
    ours = Sorted(Kind.APPLICATION, employer_id=place.employer.pk)
    with place.employer.scope():
        try:
            address = read_address(letter.sender)
        except NotAnAddress:
            return replace(ours, reason="It says no address that could be answered.")
        job = place.job or _job_meant(letter, place)
        if job:
            return apply_for(mail, job, letter=letter)
        return _ask_which(mail, letter, place, address)


def apply_for(
    mail: InboundMail, job: Job, *, letter: Letter | None = None, name: str = "", email: str = ""
) -> Sorted:
    """Make it an application for this job (with its employer and recruiter), in its employer's
    scope. `name` and `email` where a person knows better than the mail says."""
    letter = letter or read_letter(bytes(mail.raw))
    email = email or read_address(letter.sender)
    ours = Sorted(Kind.APPLICATION, employer_id=job.employer.pk, job_id=job.pk)
    if is_too_many(job, email):
        return replace(ours, reason="There were too many applications within an hour to answer it.")
    taken = take_files(letter, mail.pk, cut=mail.cut)
    applied = apply_by_mail(
        job,
        Mailed(
            id=mail.pk,
            name=name or name_of(letter),
            email=email,
            text=some_lines(letter.text),
            documents=taken.documents,
            refused=taken.refused,
        ),
    )
    return replace(ours, outcome=applied.outcome, application_id=applied.application_id)


def name_of(letter: Letter) -> str:
    """As they call themselves; else what stands before the @, which is theirs, too."""
    return (one_line(letter.name) or letter.sender.partition("@")[0])[:LONGEST_NAME]


def _job_meant(letter: Letter, place: Place) -> Job | None:
    jobs = open_jobs(place.employer)
    job = job_named_in(letter.subject, jobs) or (
        jobs[0] if len(jobs) == 1 and letter.files else None
    )
    return Job.objects.select_related("employer", "recruiter").get(pk=job.pk) if job else None


def _ask_which(mail: InboundMail, letter: Letter, place: Place, address: str) -> Sorted:
    ours = Sorted(Kind.APPLICATION, employer_id=place.employer.pk)
    to = (name_of(letter), address)
    if open_jobs(place.employer):
        link = which_job_link(place.employer, mail)
        answer_mail(place.employer, "which_job", WHICH_JOB, to=to, link=link)
        reason = "It names no job; the sender was asked which."
        return replace(ours, reason=reason, asked=True)
    if not was_told_that_none_is_open(place.employer.slug, address):
        answer_mail(place.employer, "no_job_open", NO_JOB_OPEN, to=to)
    return replace(ours, reason="It names no job, and none is open.")
