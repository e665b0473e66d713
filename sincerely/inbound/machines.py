"""Mail that no person wrote to us: never answered, and it uses nothing up (RFC 3834)."""

from __future__ import annotations

from sincerely.hiring.apply_addresses import Place
from sincerely.inbound.models import InboundMail, Kind
from sincerely.inbound.outcome import Sorted
from sincerely.outbox.token import Token
from sincerely.reading.letter import Letter


def take_automatic(
    mail: InboundMail, letter: Letter, token: Token | None, place: Place | None
) -> Sorted:
    """Note it. What a machine sends to an address for applications may be somebody's application,
    such as a job board's, and what has no readable headers may be anything: a person looks."""
    if letter.problem:
        return Sorted.about(Kind.OTHER, token, reason=f"It cannot be read: {letter.problem}.")
    if not letter.automatic and not letter.sender:
        return Sorted.about(Kind.OTHER, token, reason="It does not say who wrote it.")
    if token and mail.sender == "<>" and not letter.automatic:
        reason = "It looks like a delivery report, and we cannot read it."
        return Sorted.about(Kind.BOUNCE, token, reason=reason)
    if place and letter.files:
        return Sorted(
            Kind.APPLICATION,
            reason="A machine sent it, so nobody was answered. It may be an application.",
            employer_id=place.employer.pk,
            job_id=place.job.pk if place.job else None,
        )
    outcome = "written by a machine or to a list; nothing was used up"
    return Sorted.about(Kind.AUTO_REPLY, token, outcome=outcome)
