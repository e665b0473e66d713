"""The default messages about phone screens and interviews; read with the others in wording.py."""

from __future__ import annotations

from collections.abc import Mapping

_ONE = {
    "interview": "what it is: phone screen, or interview",
    "people": "who they will meet, in a sentence",
    "where": "how and where it takes place, in a sentence",
    "minutes": "how many minutes it takes",
}
_WHEN = {"when": "day and time, with the time zone"}
_LINE = {"personal_line": "what you write to this one person, if anything"}
PLACEHOLDERS: Mapping[str, Mapping[str, str]] = {
    "interview_proposed": {
        **_ONE,
        "slots": "the times to pick from, one in each line",
        "pick_by": "the day by which they pick one",
        **_LINE,
    },
    "interview_scheduled": {**_ONE, **_WHEN, **_LINE},
    "interview_picked": {**_ONE, **_WHEN},
    "interview_moved": {
        **_ONE,
        **_WHEN,
        "earlier_when": "day and time that do not hold any more",
        **_LINE,
    },
    "interview_cancelled": {**_ONE, **_WHEN, **_LINE},
    "interview_asked": {**_ONE, "asked": "what they asked for, in their own words"},
    "interview_reminder": {**_ONE, **_WHEN},
    "interview_late": {**_ONE, **_WHEN, "late": "how many minutes late you are"},
}
LABELS: Mapping[str, str] = {
    "interview_proposed": "Interview: times to pick from",
    "interview_scheduled": "Interview: a date was agreed",
    "interview_picked": "Interview: they picked a time",
    "interview_moved": "Interview: another date",
    "interview_cancelled": "Interview: cancelled",
    "interview_asked": "Interview: they asked for another time",
    "interview_reminder": "Interview: reminder the day before",
    "interview_late": "Interview: you are running late",
}
DEFAULTS: Mapping[str, tuple[str, str]] = {
    "interview_proposed": (
        "Pick a time for your {interview}: {job}",
        """Hello {name},

we would like to talk with you about {job}. These times are open for your {interview}, which takes {minutes} minutes:

{slots}

{where} {people}

Pick the one that suits you here, by {pick_by}:
{status_link}

If none of them suits you, say so on the same page. It counts for nothing against you.

You will hear from us by {date}.

{recruiter}
{employer}""",
    ),
    "interview_scheduled": (
        "Your {interview} for {job}: {when}",
        """Hello {name},

your {interview} for {job} is on {when}. It takes {minutes} minutes.

{where} {people}

If something comes up, you can ask for another time here, or say that you are running late:
{status_link}

After it, you will hear from us by {date}.

{recruiter}
{employer}""",
    ),
    "interview_picked": (
        "Your {interview} for {job}: {when}",
        """Hello {name},

thank you, the time is yours. Your {interview} for {job} is on {when}. It takes {minutes} minutes.

{where} {people}

If something comes up, you can ask for another time here, or say that you are running late:
{status_link}

After it, you will hear from us by {date}.

{employer}""",
    ),
    "interview_moved": (
        "Another date for your {interview}: {when}",
        """Hello {name},

your {interview} for {job} has changed. It is now on {when}, and takes {minutes} minutes. The earlier date, {earlier_when}, does not hold any more.

{where} {people}

If the new date does not suit you, say so here:
{status_link}

After it, you will hear from us by {date}.

{recruiter}
{employer}""",
    ),
    "interview_cancelled": (
        "Your {interview} for {job} is cancelled",
        """Hello {name},

we have to cancel your {interview} for {job} on {when}. You do not need to do anything.

Your application goes on. You will hear from us by {date}.

{recruiter}
{employer}""",
    ),
    "interview_asked": (
        "You asked for another time: {job}",
        """Hello {name},

we have what you wrote about your {interview}:

{asked}

A person reads it. You will hear from us by {date}. This is where things stand:
{status_link}

{employer}""",
    ),
    "interview_reminder": (
        "Your {interview} for {job}: {when}",
        """Hello {name},

your {interview} for {job} is on {when}.

{where} {people}

If you cannot come, or if you are running late, one click is enough:
{status_link}

We look forward to it.

{employer}""",
    ),
    "interview_late": (
        "We are running late: your {interview}",
        """Hello {name},

we are running about {late} minutes late for your {interview} on {when}. We are sorry to keep you waiting; it still takes place.

{recruiter}
{employer}""",
    ),
}
