"""The six digits that, beside a reference number, open a status page: for paper and the phone.

Only a keyed hash is stored (docs/decisions/0023-walk-in.md says why not a slow one): without
SECRET_KEY a copy of the database says nothing about any PIN.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

from sincerely.kernel import clock
from sincerely.kernel.fields import TenantForeignKey
from sincerely.kernel.models import TenantModel

DIGITS = 6


class Pin(TenantModel):
    """The PIN of one application that is valid now; a newer one takes its place (pins.py)."""

    application = TenantForeignKey("hiring.Application", on_delete_cascade=True, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["employer", "application"], name="pin_once")]

    def __str__(self) -> str:
        return f"PIN of {self.made_at:%Y-%m-%d %H:%M}"

    def fits(self, pin: str) -> bool:
        """Whether these are its digits; takes as long for wrong ones as for right ones."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        made = [digest_of(self.application_id, pin, secret=key) for key in keys]  # type: ignore[attr-defined]
        # Counted, not looked for: the first that fits must not end it earlier.
        return sum(constant_time_compare(self.digest, each) for each in made) > 0


def digest_of(application_id: UUID, pin: str, *, secret: str | bytes | None = None) -> str:
    """What is stored of a PIN: for another application the same digits leave another trace."""
    return _hmac("sincerely.pin", f"{application_id.hex}{pin}", secret)


def digits_for(application_id: UUID, key: UUID) -> str:
    """The PIN that this key makes for this application, and that nobody else can work out."""
    number = int(_hmac("sincerely.new-pin", f"{application_id.hex}{key.hex}"), 16)
    return f"{number % 10**DIGITS:0{DIGITS}}"


def _hmac(salt: str, value: str, secret: str | bytes | None = None) -> str:
    return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()
