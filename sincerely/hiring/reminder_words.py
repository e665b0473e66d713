"""What a reminder says. Not an employer's to change: it tells colleagues what a click does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.dates import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One debt to one person, with the one link that pays it."""

    name: str
    job: str
    about: str
    day: dt.date
    day_is: str
    action: str
    address: str

    @property
    def day_in_words(self) -> str:
        return f"{self.day_is} {in_words(self.day)}"


NOTE_ON_LINKS = (
    "Each link opens without signing in, until it is decided. "
    "Whoever has it can decide in your name, so keep it to yourself."
)
WHY = (
    "You get this on mornings on which somebody waits, at most once a day. "
    "You can switch it off under “Your sign-in”:"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one person owes: `count` debts, of which `rows` are the first.

    `desk` is the address of Today, `switch_off` of the page with the switch; `opens_alone`: the
    rows' links need no sign-in.
    """

    identity: Identity
    employer: Employer
    count: int
    rows: list[Owed]
    desk: str
    switch_off: str
    opens_alone: bool

    @property
    def subject(self) -> str:
        if self.count == 1:
            return f"{self.rows[0].name} waits for a word from you"
        return f"{self.count} people wait for a word from you"

    @property
    def lead(self) -> str:
        if self.count == 1:
            return "somebody waits for a word from you, and has a date by which they hear."
        return (
            f"{self.count} people wait for a word from you. Each has a date by which they hear; "
            "what is due first is on top."
        )

    @property
    def more(self) -> int:
        return max(self.count - len(self.rows), 0)

    @property
    def text(self) -> str:
        parts = [f"Good morning {self.identity},", self.lead]
        parts += [
            f"{row.name} · {row.job}\n{row.about} · {row.day_in_words}\n{row.action}: {row.address}"
            for row in self.rows
        ]
        if self.more:
            parts.append(f"And {self.more} more, at your desk:\n{self.desk}")
        if self.opens_alone:
            parts.append(NOTE_ON_LINKS)
        parts += [f"{WHY}\n{self.switch_off}", self.employer.name]
        return "\n\n".join(parts)

    @property
    def html(self) -> str:
        """The same as a fragment for the HTML part."""
        words = {"digest": self, "note_on_links": NOTE_ON_LINKS, "why": WHY}
        return render_to_string("hiring/reminder.html", words)
