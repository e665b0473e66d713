"""What was heard about a message, and from whom."""

from __future__ import annotations

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import TenantForeignKey
from sincerely.kernel.models import TenantModel


class Delivery(TenantModel):
    """One thing heard about one message. Written once, never changed.

    `state` is the state it speaks for (that the message is `queued` is its own `created_at`; a row
    saying `queued` is an attempt that failed and will be repeated). `evidence` is what was said,
    word for word: the server's reply, or the status lines of a delivery report.
    """

    class Source(models.TextChoices):
        SMTP = "smtp reply", "the mail server's reply"
        DSN = "dsn", "a delivery report"
        WEBHOOK = "webhook", "the mail provider’s report"
        WORKER = "worker", "sincerely"
        USER = "user", "a person"

    message = TenantForeignKey("outbox.Message", related_name="deliveries", on_delete_cascade=True)
    state = models.CharField(max_length=10)
    at = models.DateTimeField(default=clock.now)
    source = models.CharField(max_length=10, choices=Source)
    evidence = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["employer", "message", "at"], name="delivery_message")]

    def __str__(self) -> str:
        return f"{self.state} ({self.source})"
