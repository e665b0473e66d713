"""What hiring is told of an incident: the dates that verdicts rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sincerely.hiring import failing

if TYPE_CHECKING:
    from sincerely.support.models.incident import Incident

_SAME = (
    "job_id",
    "application_key",
    "name",
    "email",
    "code",
    "was_try",
    "failed_at",
    "asked_at",
    "reply_by",
    "replied_at",
    "solved_at",
    "escalated_at",
)


def tell_hiring(incident: Incident) -> None:
    """Nothing, while it is somebody's word alone: a claim must not give a follow-up back. Our
    silence makes it ours, too; what the person wrote is handed over then, and not before. A page
    that failed once, and that nobody asked about, is no matter of the application's."""
    hurts = incident.is_ours and (incident.was_try or incident.asked_at)
    if incident.employer is None or not (hurts or incident.escalated_at):
        return
    known = {name: getattr(incident, name.replace("job_id", "job_key")) for name in _SAME}
    if incident.escalated_at:
        known["notes"] = incident.reporters_words()
    with incident.employer.scope():
        failing.tell(incident.pk, **known)


def forget(incident: Incident) -> None:
    """Nobody asked about it, and nothing came of it."""
    if incident.employer:
        with incident.employer.scope():
            failing.forget(incident.pk)
