"""What a call carries from one step to the next: signed, in the address that the provider calls.

No session and no row: who hangs up leaves nothing behind.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace

from django.core.signing import BadSignature, Signer

from sincerely.kernel import clock

LONGEST_CALL = dt.timedelta(hours=1)
_signer = Signer(salt="sincerely.voice")


class NotCarried(ValueError):
    """It was not made by us, or for another call, or too long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """`call` is the provider's name of the call, in which `number` was called; `began` is the
    second in which that was, `turn` how many answers came before. `reference` is what was keyed in;
    `application` the key of the one that the PIN opened, `topic` what they want to speak about.
    `silent` and `wrong` count what was not pressed, or pressed wrongly."""

    call: str
    number: str
    began: int
    turn: int = 0
    silent: int = 0
    wrong: int = 0
    reference: str = ""
    application: str = ""
    topic: str = ""

    def on(self, **changes: object) -> Carried:
        """For the next step."""
        return replace(self, turn=self.turn + 1, **changes)  # type: ignore[arg-type]

    def signed(self) -> str:
        """The same for the same content: a request that comes twice is answered alike."""
        return _signer.sign(json.dumps(list(asdict(self).values())))


def read_carried(text: str, call: str) -> Carried:
    """Raises NotCarried."""
    try:
        carried = Carried(**dict(zip(Carried.__slots__, json.loads(_unsigned(text)), strict=True)))
    except (BadSignature, ValueError, TypeError) as error:
        raise NotCarried from error
    age = clock.now().timestamp() - carried.began
    if carried.call != call or age > LONGEST_CALL.total_seconds():
        raise NotCarried
    return carried


def _unsigned(text: str) -> str:
    return str(_signer.unsign(text))
