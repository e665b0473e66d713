"""What the kernel tells the rooms above it."""

from __future__ import annotations

from django.dispatch import Signal

# sender=None, failed=<kernel.failures.Failed>. Sent while the error page is made: a receiver that
# raises is noted in the log and keeps nobody from the page.
request_failed = Signal()
