"""What a vouch is worth, in a sentence that every page gives alike."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sincerely.hiring.dates import in_words, local_day
from sincerely.kernel.phone_number import readable

if TYPE_CHECKING:
    from sincerely.hiring.models.vouch import Vouch

_WORDS = {
    "waiting": "{person} was asked on {asked} and has not answered yet. Nobody is told the name.",
    "standing": "{person} may be {contacted} until {until}: confirmed on {confirmed}.",
    "unanswered": "{person} was asked on {asked} and did not answer in time. That is a no.",
    "declined": "{person} was asked and would rather not be contacted.",
    "revoked": "{person} may not be contacted any more: {by} took it back on {revoked}.",
    "ended": "{person} could be {contacted} until {until}. That has ended.",
}


def vouch_words(vouch: Vouch, today: dt.date) -> str:
    """For colleagues: never shown to the applicant, who must not learn of a question or a no."""

    def day(instant: dt.datetime | None) -> str:
        return in_words(local_day(instant, vouch.employer)) if instant else ""

    return _WORDS[vouch.state(today)].format(
        person=vouch.person,
        contacted="called" if vouch.channel == "call" else "written to",
        until=in_words(vouch.until),
        asked=day(vouch.asked_at),
        confirmed=day(vouch.confirmed_at),
        revoked=day(vouch.revoked_at),
        by="they" if vouch.revoked_by == vouch.person else vouch.revoked_by,
    )


def contact_way(vouch: Vouch) -> str:
    """`by phone at +1 212-555-0142` or `by e-mail at kim@example.org`."""
    if vouch.channel == "call":
        return f"by phone at {readable(vouch.number)}"
    return f"by e-mail at {vouch.email}"
