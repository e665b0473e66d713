"""Every assumption has a source and stands in the documentation as it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.config.simulation import parameters
from sincerely.config.simulation.comparison import LEVELS, contacts_without
from sincerely.config.simulation.people import applicant

TABLE = parameters.table()
DOCUMENT = Path(__file__).parents[3] / "docs" / "promises.md"


@pytest.mark.parametrize("name", TABLE)
def test_the_documentation_has_each_with_its_value_and_source(name: str) -> None:
    rate = TABLE[name]
    (row,) = (line for line in DOCUMENT.read_text().splitlines() if line.startswith(f"| {name} |"))
    for key in ("low", "value", "high"):
        assert f"{rate.get(key, rate['value']):g}" in row
    assert rate["source"]
    assert rate["source"] in row


def test_who_interrupts_at_one_level_does_so_at_every_higher_one() -> None:
    people = [applicant(1, 1, number) for number in range(300)]
    for person in people:
        least, middle, most = (person.turns_to_us(level) for level in LEVELS)
        assert least <= middle <= most
    sums = [sum(contacts_without(person, level) for person in people) for level in LEVELS]
    assert sums == sorted(set(sums))


def test_a_person_is_the_same_whenever_they_are_asked_for() -> None:
    assert applicant(1, 2, 3) == applicant(1, 2, 3)
    assert applicant(1, 2, 3) != applicant(2, 2, 3)
