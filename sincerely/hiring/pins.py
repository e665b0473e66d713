"""Reference number and PIN → the application: for the status page, and for whoever calls.

A wrong number and a wrong PIN are answered alike, in words, in statements and in time, and guesses
are limited for the application, for the caller and within a call.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

from django.db import transaction

from sincerely.hiring.models import Application, Pin, Reference
from sincerely.hiring.models.pin import DIGITS, digest_of, digits_for
from sincerely.kernel.limits import Limit, count_use, forgive
from sincerely.kernel.tenancy import employer_scope
from sincerely.kernel.text import plain_digits

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# Of a million PINs, somebody who knows a reference may try 7,300 in a year.
GUESSES = Limit("pin-guesses", most=5, per=dt.timedelta(minutes=15))
GUESSES_A_DAY = Limit("pin-guesses-day", most=20, per=DAY)
# A library or a shelter may stand behind one address, and a whole company behind one number.
GUESSES_FROM_ONE = Limit("pin-from", most=120, per=HOUR)
GUESSES_IN_A_CALL = Limit("pin-call", most=3, per=HOUR)
# On all phone lines together, because nobody can limit from how many numbers somebody calls.
GUESSES_BY_PHONE = Limit("pin-phone", most=600, per=HOUR)
_NOBODY = UUID(int=0)


class WrongPin(ValueError):
    """The two do not belong together, or there is no such number: nobody is told which."""


def check_pin(
    reference: str, pin: str, *, caller: str, call: str = "", employer_key: UUID | None = None
) -> Application:
    """The application, as `for_page()` reads it. `reference` has ten digits, `pin` six.

    `caller` is the network address or phone number that asks, `call` names one phone call.
    `employer_key` is whose line was called: a number of another employer's is none there. Raises
    WrongPin, and TooMany (also for the right PIN) once it was guessed too often.
    """
    found = Reference.objects.filter(number=reference).first()
    if found and employer_key not in (None, found.employer_key):
        found = None
    found = found or Reference(employer_key=_NOBODY, application_key=_NOBODY)
    # By the application: it may have several numbers, and a stranger can give it more.
    about = reference if found.application_key == _NOBODY else found.application_key.hex
    uses = {GUESSES: about, GUESSES_A_DAY: about, GUESSES_FROM_ONE: caller}
    count_use(uses | ({GUESSES_IN_A_CALL: call, GUESSES_BY_PHONE: "all"} if call else {}))
    with employer_scope(found.employer_key):
        held = Pin.objects.filter(application=found.application_key).first()
        # What no digits fit: to compare with it takes as long.
        held = held or Pin(application_id=_NOBODY, digest="-" * 64)
        if not held.fits(pin):
            raise WrongPin
        _forgive_guesses(found.application_key)
        application: Application = Application.objects.for_page().get(pk=found.application_key)
    return application


def issue_pin(application: Application, *, key: UUID, by: Any, again: bool = True) -> str:
    """Give the application a PIN and return it, the one time it can be read.

    `key` is made by the form that asks, and the same key gives the same PIN: a form sent fifty
    times shows one. The PIN before it is dead from now on; with `again=False` an earlier one lives
    on, and the answer is empty.
    """
    pin = digits_for(application.pk, key)
    with transaction.atomic():
        application.lock()
        current = Pin.objects.filter(application=application).first()
        if current and current.fits(pin):
            return pin
        if current and not again:
            return ""
        Pin.objects.filter(application=application).delete()
        Pin.objects.create(application=application, digest=digest_of(application.pk, pin))
        application.record("pin_made", by=by)
        _forgive_guesses(application.pk)
    return pin


def pin_is_valid(application: Application, pin: str) -> bool:
    """Whether these digits, made just now, still are its PIN."""
    current = Pin.objects.filter(application=application).first()
    return current is not None and current.fits(pin)


def pin_in(text: str) -> str:
    """The six digits of a PIN, however they are grouped; empty when it is none."""
    digits = re.sub(r"[\s.\-]", "", plain_digits(text))
    return digits if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else ""


def spoken_pin(pin: str) -> str:
    """`042917` as `042 917`, the way it is printed and read out."""
    return f"{pin[:3]} {pin[3:]}"


def _forgive_guesses(application_id: UUID) -> None:
    """Forget the wrong tries: the right PIN was given, or a new one made."""
    forgive({GUESSES: application_id.hex, GUESSES_A_DAY: application_id.hex})
