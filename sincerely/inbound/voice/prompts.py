"""What a caller hears, word for word. The settings page shows the same texts."""

from __future__ import annotations

import datetime as dt

from sincerely.accounts.models import Employer
from sincerely.hiring.asking import ANSWER_WITHIN, rights_are_open
from sincerely.hiring.contact_advice import ContactAdvice
from sincerely.hiring.dates import date_to_promise, in_words
from sincerely.hiring.models import PhoneLine

LONGEST_SECONDS = 120

ASK_REFERENCE = "Enter the ten digits of your reference."
ASK_PIN = "Now the six digits of your PIN."
NOTHING_PRESSED = "We have heard nothing."
NOT_TEN = "That was not ten digits."
NOT_SIX = "That was not six digits."
# Alike for a reference that does not exist, for another employer's, and for a wrong PIN.
WRONG = "These two numbers do not belong together."
WRONG_LAST = (
    "These two numbers do not belong together, and three tries are all that one call has. Your "
    "application is safe. The link in your receipt shows where it stands, and gives you a new PIN. "
    "Goodbye."
)
LOCKED = (
    "Too many numbers were wrong. So that nobody can try a PIN out, even the right one opens "
    "nothing for a while. Your application is safe. The link in your receipt shows where it "
    "stands, and gives you a new PIN. Goodbye."
)
RIGHTS = (
    "If you need something so that you can take part, press 3. If something is wrong with your "
    "application, press 4. Both are open at any time, and use up nothing."
)
HEAR_AGAIN = "To hear it again, press 1."
NO_SUCH_KEY = "That key does nothing here."
NOTHING_RECORDED = "We have heard nothing, so it does not count."
ENOUGH = (
    "You have left many messages today, and we have them. Where it stands you can hear at any "
    "hour. Goodbye."
)
TOO_LONG = "This call has lasted too long. Call again, and begin with your reference. Goodbye."
GOODBYE = "Thank you for calling. Goodbye."
NOBODYS = "This number belongs to no employer here. Goodbye."
OFF = (
    "This line is switched off. The link in your receipt shows where your application stands, at "
    "any hour. Goodbye."
)
BUSY = (
    "There were many calls from your number within an hour. Call again later. The link in your "
    "receipt shows where your application stands, at any hour. Goodbye."
)


def greeting(employer: Employer, line: PhoneLine) -> str:
    """In the employer's words, or in ours."""
    return line.greeting or (
        f"Hello. This is {employer.name}. Here you hear where your application stands, at any hour."
    )


def offer(employer: Employer, advice: ContactAdvice) -> list[str]:
    """What follows the status: the one message while it is open, else why not and until when."""
    ask = offer_message(employer) if advice.may_ask else " ".join(advice.asking_now)
    return [ask, *([RIGHTS] if rights_are_open(advice) else []), HEAR_AGAIN]


def offer_message(employer: Employer) -> str:
    day = in_words(date_to_promise(employer, ANSWER_WITHIN))
    return f"You may ask now. To leave one message for a person, who answers it by {day}, press 2."


def after_the_tone(employer: Employer) -> str:
    return (
        f"Speak after the tone, for up to {LONGEST_SECONDS // 60} minutes. When you are done, "
        f"press the {hash_key(employer)} key, or hang up."
    )


def thanks(answer_by: dt.date | None) -> str:
    """`answer_by`: until when a person answers; None for what came when none was open."""
    if answer_by:
        day = in_words(answer_by)
        return f"Thank you. Your message is here. A person answers it by {day}. Goodbye."
    return "Thank you. Your message is kept with your application. Goodbye."


def fault(code: str) -> str:
    spelled = ", ".join(code.replace("-", ""))
    return (
        "Something is wrong on our side. Your application is safe. Call again in a few minutes. "
        f"Support finds out what it was by this code: {spelled}. Goodbye."
    )


def hash_key(employer: Employer) -> str:
    """What they call the key with #."""
    return "pound" if employer.country in ("US", "CA") else "hash"


def language_of(employer: Employer | None) -> str:
    """The accent in which our English is read aloud, of those that every provider has."""
    if employer is None or employer.country in ("US", "CA"):
        return "en-US"
    return {"AU": "en-AU", "NZ": "en-AU", "IN": "en-IN"}.get(employer.country, "en-GB")
