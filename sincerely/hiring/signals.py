"""What hiring tells the rooms above it."""

from __future__ import annotations

from django.dispatch import Signal

# sender=Failure, failure=<Failure>, how="arrived" (the application came after all) or "helped" (by
# the employer), by=<who>, note=<text>. Sent inside the transaction that writes it.
failure_over = Signal()
