"""The scraps of a person that callers give, as `bench lookup` types them. Pure."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sincerely.kernel.folding import fold


@dataclass(frozen=True, slots=True)
class Person:
    """One applicant as stored. `phone` is E.164."""

    name: str
    email: str
    phone: str
    reference: str

    @property
    def first(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def surname(self) -> str:
        return self.name.split(" ", 1)[-1]


Scrap = Callable[[Person, random.Random], str]


def slip(word: str, chance: random.Random) -> str:
    """The word with one slip of the keyboard: a letter left out, doubled, wrong, or two swapped.

    The first letter stays, as it mostly does; the result always differs from the word.
    """
    while True:
        at = chance.randrange(1, len(word) - 1)
        slipped = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
        if slipped != word:
            return slipped


def _accents_dropped(person: Person, chance: random.Random) -> str:
    plain = fold(person.name)
    return plain if plain != person.name.lower() else ""


def _beginning(person: Person, chance: random.Random) -> str:
    letters = fold(person.surname).replace(" ", "")[:4]
    return f"{letters} {fold(person.first)[0]}" if len(letters) == 4 else ""


def _mistyped(person: Person, chance: random.Random) -> str:
    surname = fold(person.surname)
    if len(surname) < 6 or " " in surname:
        return ""
    return f"{fold(person.first)} {slip(surname, chance)}"


# Each gives an empty string for a person whom it does not fit.
KINDS: Mapping[str, Scrap] = {
    "full name": lambda person, chance: person.name.lower(),
    "last, first": lambda person, chance: f"{person.surname}, {person.first}",
    "accents dropped": _accents_dropped,
    "4 letters and an initial": _beginning,
    "surname mistyped": _mistyped,
    "last 7 digits": lambda person, chance: f"{person.phone[-7:-4]}-{person.phone[-4:]}",
    "e-mail": lambda person, chance: person.email,
    "reference": lambda person, chance: (
        f"{person.reference[:4]} {person.reference[4:7]} {person.reference[7:]}"
    ),
}
