"""The default messages: humane, plain, and short. An employer may write its own (MessageTemplate).

Placeholders in braces are filled by `fill`; PLACEHOLDERS says what each stands for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sincerely.hiring import interview_wording

PLACEHOLDERS: Mapping[str, str] = {
    "name": "the applicant's name as they wrote it",
    "job": "the job's title",
    "employer": "the employer's name",
    "reference": "the reference number",
    "date": "the date by which they hear next",
    "stage": "the stage in the wording for applicants",
    "stage_text": "the sentence that goes with the stage",
    "status_link": "the link to their status page",
    "withdrawal_link": "the link to withdraw",
    "contact_policy": "how and when they may contact you",
    "phone_line": "in a receipt: the number of your phone line and what it asks for, if it is on",
    "follow_up": "in a receipt: from which day on they may ask, and why",
    "missed_date": "in a note that we are late: the date that was missed",
    "answer": "in an automatic answer: where things stand now",
    "reply": "in a reply: what you wrote",
    "recruiter": "the name of the recruiter who owns the job; in a reply, of who wrote it",
}

# What stands in messages of one kind only, beside or instead of the words above.
_ABOUT_A_PERSON = ("name", "job", "employer", "recruiter")
_OF_ONE_KIND: Mapping[str, Mapping[str, str]] = {
    "referral": {
        "referrer": "the name of whoever referred them",
        "what_next": "the link to the form; for who has applied already, to their status page",
    },
    "vouched": {
        "referrer": "the name of whoever referred them",
        "contact": "the name of the person who agreed to be contacted",
        "contact_way": "by phone or by e-mail, with the number or address",
        "until": "the last day on which that is fine",
    },
    "vouch_revoked": {"contact": "the name of the person who cannot be contacted any more"},
    **{
        kind: {"personal_line": "what you write to this one person, if anything"}
        for kind in ("moved", "declined", "hired", "job_filled", "job_cancelled")
    },
    **interview_wording.PLACEHOLDERS,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A message before or after its placeholders were filled."""

    subject: str
    body: str


class UnknownPlaceholder(ValueError):
    """The text names a placeholder that does not exist; the message says which and what does."""


DEFAULTS: Mapping[str, Wording] = {
    "receipt": Wording(
        "We have your application: {job} at {employer}",
        """Hello {name},

your application for {job} has arrived, complete and readable. Thank you for the time you put into it.

You will hear from us by {date}.

Your reference is {reference}. You can see where things stand at any time, without asking anybody:
{status_link}

{phone_line}

If you would like to get in touch:
{contact_policy}

{follow_up}

{employer}""",
    ),
    "applied_again": Wording(
        "You have applied for {job} before",
        """Hello {name},

we received a second application for {job} with this e-mail address. Your first one is here and counts; we have added what was new to it, so nothing is lost and there is nothing for you to do.

Your reference is {reference}, and this is where things stand:
{status_link}

If this was not you, you can ignore this message.

{employer}""",
    ),
    "moved": Wording(
        "Your application for {job}: {stage}",
        """Hello {name},

your application for {job} has moved on: {stage}. {stage_text}

You will hear from us by {date}.

This is where things stand:
{status_link}

{recruiter}
{employer}""",
    ),
    "late": Wording(
        "We are late: your application for {job}",
        """Hello {name},

we told you that you would hear from us by {missed_date}. That day has passed and you have heard nothing. We are sorry.

Your application is here and still counts: {stage}. You will hear from us by {date}.

Because we missed the date, you may ask us now, whether or not you have asked before:
{status_link}

{recruiter}
{employer}""",
    ),
    "declined": Wording(
        "Your application for {job}",
        """Hello {name},

thank you for applying for {job}, and for your patience. We have decided not to go on with your application. We know this is not the answer you hoped for, and we did not want to leave you waiting for it.

This is about this one job. You are welcome to apply for another.

We wish you well.

{recruiter}
{employer}""",
    ),
    "hired": Wording(
        "Welcome to {employer}",
        """Hello {name},

we are glad to say yes: we would like you to join us as {job}.

{recruiter} will be in touch about the next steps by {date}. If anything is unclear before then, just answer this message.

{recruiter}
{employer}""",
    ),
    "withdrawn": Wording(
        "You have withdrawn your application for {job}",
        """Hello {name},

as you asked, we have ended your application for {job}. You do not need to do anything else, and you are welcome to apply again.

Thank you for your interest, and all the best.

{employer}""",
    ),
    "job_filled": Wording(
        "{job}: the job has been filled",
        """Hello {name},

thank you for applying for {job}. The job has now been filled, and we chose another applicant. Your application has ended with this; there is nothing for you to do.

We are sorry that it was not you this time, and we wish you well.

{recruiter}
{employer}""",
    ),
    "job_cancelled": Wording(
        "{job}: the job is no longer available",
        """Hello {name},

thank you for applying for {job}. We have decided not to fill this job after all, so all applications for it have ended. This says nothing about you or your application.

We are sorry for the time it cost you, and we wish you well.

{recruiter}
{employer}""",
    ),
    "link": Wording(
        "Your applications at {employer}",
        """Hello {name},

you asked where your application for {job} stands. You can see it here at any time:
{status_link}

Your reference is {reference}. If you did not ask for this, you can ignore this message.

{employer}""",
    ),
    "answer": Wording(
        "Where your application for {job} stands",
        """Hello {name},

thank you for asking. This is where your application for {job} stands today:

{answer}

You can see it at any time, without asking anybody:
{status_link}

{employer}""",
    ),
    "withdrawal_asked": Wording(
        "Withdraw your application for {job}?",
        """Hello {name},

you wrote that you would like to withdraw your application for {job}. One click does it, and you can take it back within a minute:
{withdrawal_link}

If you did not mean that, there is nothing for you to do: your application stays as it is.

{employer}""",
    ),
    "reply": Wording(
        "Your question about {job}",
        """Hello {name},

{reply}

This is where things stand:
{status_link}

{recruiter}
{employer}""",
    ),
    "referral": Wording(
        "{referrer} has referred you for {job} at {employer}",
        """Hello {name},

{referrer} thinks that {job} at {employer} could be something for you, and gave us your address to tell you.

{what_next}

If it is not for you, there is nothing to do, and nobody expects an answer.

{recruiter}
{employer}""",
    ),
    "vouched": Wording(
        "You may contact {contact} about {job}",
        """Hello {name},

{referrer} asked around for you, and {contact} has agreed: you may get in touch once about your application for {job}, {contact_way}, until {until}.

You may, and you need not: your application goes on either way. This is where it stands:
{status_link}

{recruiter}
{employer}""",
    ),
    "vouch_revoked": Wording(
        "{contact} cannot be contacted about {job} any more",
        """Hello {name},

you were told that you may contact {contact} about {job}. That is not so any more. It says nothing about you, and your application goes on as before.

This is where it stands:
{status_link}

{recruiter}
{employer}""",
    ),
    **{kind: Wording(*text) for kind, text in interview_wording.DEFAULTS.items()},
}

LABELS: Mapping[str, str] = {
    "receipt": "Receipt",
    "applied_again": "Applied a second time",
    "moved": "Moved to a stage",
    "late": "A date was missed",
    "declined": "Declined",
    "hired": "Hired",
    "withdrawn": "Withdrawn by the applicant",
    "job_filled": "Job filled",
    "job_cancelled": "Job cancelled",
    "link": "Status link asked for",
    "answer": "Automatic answer to a follow-up",
    "withdrawal_asked": "Withdrawal asked for by e-mail",
    "reply": "Reply to a question",
    "referral": "Referred by somebody",
    "vouched": "May contact somebody",
    "vouch_revoked": "May not contact them any more",
    **interview_wording.LABELS,
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in place of the placeholders; what has no value is left as it stands."""
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
    # An empty placeholder leaves spaces and blank lines behind.
    filled = re.sub(r"[ \t]+(?=\n|$)", "", filled)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def with_personal_line(text: Wording) -> Wording:
    """The wording with a place for a personal line: after the greeting, where it names none."""
    if "{personal_line}" in text.body:
        return text
    greeting, gap, rest = text.body.lstrip().partition("\n\n")
    if not gap or not greeting.endswith((",", "!", ":")) or "\n" in greeting:
        greeting, rest = "", text.body
    body = "\n\n".join(part for part in (greeting, "{personal_line}", rest) if part)
    return Wording(text.subject, body)


def placeholders(kind: str) -> Mapping[str, str]:
    """What may stand in braces in a message of this kind, and what each stands for."""
    own = _OF_ONE_KIND.get(kind, {})
    if kind == "referral":  # to somebody who has not applied yet
        return {**{name: PLACEHOLDERS[name] for name in _ABOUT_A_PERSON}, **own}
    return {**PLACEHOLDERS, **own}


def require_known_placeholders(text: str, kind: str = "") -> None:
    """Raise UnknownPlaceholder when the text names one that a message of this kind has not."""
    possible = placeholders(kind)
    unknown = sorted(set(_PLACEHOLDER.findall(text)) - set(possible))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in possible)
        raise UnknownPlaceholder(f"{{{unknown[0]}}} is not a placeholder. These are: {known}.")
