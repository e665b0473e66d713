"""What to write or say, ready to use: short, friendly, two questions, thanks, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sincerely.protocol.facts import Facts
from sincerely.protocol.verdict import Verdict
from sincerely.protocol.words import Translate, day_in_words, english, gettext_noop

DraftKind = Literal["email", "speech"]
MOST_SPOKEN_WORDS = 55
"""About 20 seconds of calm speech."""
UNNAMED = gettext_noop("the person they named")
"""Someone whom only the applicant knows by name."""

SUBJECTS: dict[str, str] = {
    "told": gettext_noop("Thank you"),
    "incident-support": gettext_noop("Problem with an application{code}"),
    "not-received": gettext_noop("Did my application arrive?"),
}
OTHER_SUBJECT = gettext_noop("My application{job}")

EMAIL_BODIES: dict[str, str] = {
    "told": gettext_noop(
        "Thank you for telling me how my application{for_job} ended, and for the time you took."
    ),
    "incident-support": gettext_noop(
        "On {failed_on} my application{for_job}{at_employer} did not go through.{code_line}"
        "{error_line}\n\nThis is what I did, step by step:\n1. \n2. \n\n"
        "Could you tell me whether my application was saved?"
    ),
    "not-received": gettext_noop(
        "I applied{for_job}{on_day}, and I am not sure that my application or your receipt went"
        " through. I write another way to be safe.\n\nCould you tell me whether it arrived? You can"
        " reach me at this address."
    ),
    "vouched": gettext_noop(
        "{referrer} told me that I may write to you. I applied{for_job}{on_day}.\n\nMay I ask"
        " whether the position is still open, and whether my application arrived?"
    ),
    "promise-broken": gettext_noop(
        "I applied{for_job}{on_day} and was told to expect news by {due_on}. I may have missed"
        " it.\n\nMay I ask whether the position is still open, and by when you expect to know?"
    ),
}
OTHER_EMAIL = gettext_noop(
    "I applied{for_job}{on_day}.\n\nMay I ask two things: is the position still open, and did my"
    " application arrive?"
)

SPOKEN: dict[str, str] = {
    "incident-escalate": gettext_noop(
        "Hello, this is {applicant}. Your application system failed when I applied{for_job}, and"
        " support has not answered.{code_spoken} I noted the steps and the error. To whom may I"
        " send them? Thank you. Goodbye."
    ),
    "vouched": gettext_noop(
        "Hello, this is {applicant}. {referrer} told me that I may call. I applied{for_job}. Is the"
        " position still open, and did my application arrive? Thank you. Goodbye."
    ),
    "walk-in": gettext_noop(
        "Hello, I am {applicant}. I am here during your walk-in hours, about work{for_job}. May I"
        " leave my application with you? Thank you."
    ),
}
OTHER_SPOKEN = gettext_noop(
    "Hello, this is {applicant}. I applied{for_job}{on_day}. Is the position still open, and did my"
    " application arrive? Thank you. Goodbye."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """An e-mail with its subject, or a text to say aloud of at most 55 words."""

    kind: DraftKind
    subject: str
    body: str

    def to_json(self) -> dict[str, str]:
        """The form of the draft in ``schemas/verdict.json``."""
        return {"kind": self.kind, "subject": self.subject, "body": self.body}


def draft(verdict: Verdict, facts: Facts, _: Translate = english) -> Draft | None:
    """The text that fits the verdict; ``None`` where there is nothing to send or to say."""
    if verdict.action in ("call", "visit"):
        return Draft("speech", "", _speech(verdict, facts, _))
    if verdict.action in ("email", "ask_support") or verdict.rule == "told":
        return Draft("email", _subject(verdict, facts, _), _email(verdict, facts, _))
    return None


def _subject(verdict: Verdict, facts: Facts, _: Translate) -> str:
    pattern = _(SUBJECTS.get(verdict.rule, OTHER_SUBJECT))
    job, code = _clean(facts.job, 60), _code(facts)
    return pattern.format(
        job=_(": {job}").format(job=job) if job else "",
        code=_(", code {code}").format(code=code) if code else "",
    )


def _email(verdict: Verdict, facts: Facts, _: Translate) -> str:
    body = _(EMAIL_BODIES.get(verdict.rule, OTHER_EMAIL)).format(**_fields(facts, _, 120))
    # A thank-you that ends in another one sounds like a machine.
    closing = _("Kind regards") if verdict.rule == "told" else _("Thank you, and kind regards")
    parts = [_greeting(verdict, _), body, closing]
    signature = [_clean(facts.applicant, 120) or _("[your name]"), _reference(facts, _)]
    return "\n\n".join(parts) + "\n" + "\n".join(line for line in signature if line)


def _greeting(verdict: Verdict, _: Translate) -> str:
    name = _clean(verdict.to.name, 120) if verdict.to else ""
    name = _("[their name]") if name == UNNAMED else name
    return _("Hello {name},").format(name=name) if name else _("Hello,")


def _reference(facts: Facts, _: Translate) -> str:
    reference = _clean(facts.reference, 60)
    return _("Reference {reference}").format(reference=reference) if reference else ""


def _speech(verdict: Verdict, facts: Facts, _: Translate) -> str:
    """Say it with the names given; where long names break the 20 seconds, without the details."""
    pattern = _(SPOKEN.get(verdict.rule, OTHER_SPOKEN))
    spoken = pattern.format(**_fields(facts, _, 40))
    if len(spoken.split()) > MOST_SPOKEN_WORDS:
        spoken = pattern.format(**_fields(Facts(applicant=_clean(facts.applicant, 40)), _, 40))
    words = spoken.split()
    return spoken if len(words) <= MOST_SPOKEN_WORDS else " ".join(words[:MOST_SPOKEN_WORDS])


def _fields(facts: Facts, _: Translate, longest: int) -> dict[str, str]:
    job, employer = _clean(facts.job, longest), _clean(facts.employer, longest)
    vouch, incident = facts.vouch, facts.incident
    code, error = _code(facts), _clean(incident.error_text, 300) if incident else ""
    return {
        "applicant": _clean(facts.applicant, longest) or _("[your name]"),
        "for_job": _(" for the position of {job}").format(job=job) if job else "",
        "at_employer": _(" at {employer}").format(employer=employer) if employer else "",
        "on_day": _on(facts.applied_on, _),
        "failed_on": day_in_words(incident.failed_on, _) if incident else "",
        "due_on": _due_on(facts, _),
        "referrer": (vouch and _clean(vouch.referrer, longest)) or _("Someone you know"),
        "code_line": _(" The code was {code}.").format(code=code) if code else "",
        "error_line": _(" The error said: “{error}”.").format(error=error) if error else "",
        "code_spoken": _(" The code is {code}.").format(code=code) if code else "",
    }


def _due_on(facts: Facts, _: Translate) -> str:
    if not facts.promises:
        return _("now")
    latest = max(facts.promises, key=lambda promise: (promise.made_on, promise.due_on))
    return day_in_words(latest.due_on, _)


def _on(day: date | None, _: Translate) -> str:
    return _(" on {day}").format(day=day_in_words(day, _)) if day else ""


def _code(facts: Facts) -> str:
    return _clean(facts.incident.code, 40) if facts.incident else ""


def _clean(text: str, longest: int) -> str:
    """One line of visible text; what people type as a name must not break a subject line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
