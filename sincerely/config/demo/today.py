"""What the demo's Today shows besides dates: a decision on hold, and a reminder that came back."""

from __future__ import annotations

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application
from sincerely.outbox.models import Delivery, Message


def load_today(employer: Employer, recruiter: Identity, manager: Identity) -> None:
    """A decision that goes out when the undo window is over; at the hospital, whose hiring manager
    is slow, their reminders come back."""
    waiting = Application.objects.for_page().open()
    if application := waiting.exclude(name="Jo Smith").order_by("-stage_since").first():
        application.decline(by=recruiter, note="Lives too far away for the early shift.")
    if employer.slug == "st-brigid":
        for reminder in Message.objects.filter(kind="reminder", to_address=manager.email):
            reminder.settle(
                Message.State.BOUNCED,
                source=Delivery.Source.DSN,
                evidence="550 5.1.1 Written by the demo: there is no such mailbox.",
            )
