"""What came of each step of a call, so that a request that comes twice does nothing twice."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from django.db import connection, models, transaction

from sincerely.kernel import clock

KEPT_FOR = dt.timedelta(days=1)


class VoiceStep(models.Model):
    """One step of one call. A global table: whose call it was follows from what was pressed.

    `outcome` is a word for what came of it, and never what was pressed or said.
    """

    key = models.CharField(max_length=64, primary_key=True)
    outcome = models.CharField(max_length=80)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "inbound"
        indexes = [models.Index(fields=["at"], name="voice_step_at")]

    def __str__(self) -> str:
        return self.outcome


def once(call: str, turn: int, what: str, decide: Callable[[], str]) -> str:
    """What `decide` says; the second time what it said before, without asking it again.

    Two at once are one after the other, and what fails leaves nothing.
    """
    key = hashlib.sha256(f"{call}\n{turn}\n{what}".encode()).hexdigest()
    with transaction.atomic():
        if not _is_first(key):
            return str(VoiceStep.objects.values_list("outcome", flat=True).get(pk=key))
        outcome = decide()
        VoiceStep.objects.filter(pk=key).update(outcome=outcome)
    return outcome


def forget_old_steps() -> int:
    """Delete what no call can come back to; returns how many."""
    return VoiceStep.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]


def _is_first(key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inbound_voicestep (key, outcome, at) VALUES (%s, '', %s)"
            " ON CONFLICT DO NOTHING",
            [key, clock.now()],
        )
        return bool(cursor.rowcount)
