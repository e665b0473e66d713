from __future__ import annotations

from collections.abc import Callable

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.lookup import look_up
from sincerely.hiring.models import Application, Job
from sincerely.kernel.ids import uuid7

Apply = Callable[..., Application]


@pytest.fixture
def people(cook: Job, apply: Apply) -> dict[str, Application]:
    names = ["Jo Smith", "Zoë O’Brien", "Karl Müller", "Anne-Marie Núñez", "Bjørn Mueller"]
    return {
        name: apply(cook, name=name, email=f"person{at}@example.org", phone=f"+1212555010{at}")
        for at, name in enumerate(names)
    }


@pytest.mark.parametrize(
    ("scrap", "name"),
    [
        ("jo smith", "Jo Smith"),
        ("Smith, Jo", "Jo Smith"),
        ("smit j", "Jo Smith"),
        ("SMITH", "Jo Smith"),
        ("mith", "Jo Smith"),
        ("zoe", "Zoë O’Brien"),
        ("o'brien", "Zoë O’Brien"),
        ("o brien", "Zoë O’Brien"),
        ("brien", "Zoë O’Brien"),
        ("Nunez, Anne Marie", "Anne-Marie Núñez"),
        ("marie nunez", "Anne-Marie Núñez"),
        ("karl muller", "Karl Müller"),
        ("karl mueller", "Karl Müller"),
        ("karl müller", "Karl Müller"),
        ("bjorn müller", "Bjørn Mueller"),
        ("obreen", "Zoë O’Brien"),
        ("karl fuller", "Karl Müller"),
        ("smtih", "Jo Smith"),
        ("bjorn muelelr", "Bjørn Mueller"),
        ("marie nunze", "Anne-Marie Núñez"),
        ("nunez mari", "Anne-Marie Núñez"),
        ("person1@exam", "Zoë O’Brien"),
        ("person3", "Anne-Marie Núñez"),
        ("5550102", "Karl Müller"),
        ("(212) 555-0102", "Karl Müller"),
        ("0102", "Karl Müller"),
    ],
)
def test_any_scrap_finds_the_person(
    people: dict[str, Application], at_diner: Employer, scrap: str, name: str
) -> None:
    assert [found.name for found in look_up(scrap)][:1] == [name]


def test_a_reference_is_found_spoken_or_typed(jo: Application, at_diner: Employer) -> None:
    number = jo.reference
    spoken = f"{number[:4]} {number[4:7]}-{number[7:]}"
    assert look_up(number) == look_up(spoken) != []
    assert look_up(number[:6])[0].reference == number


def test_the_number_given_to_a_second_application_leads_to_the_first(
    cook: Job, jo: Application, at_diner: Employer
) -> None:
    again = receive(cook, Submission(id=uuid7(), name="Joanna Miller", email=jo.email))
    assert look_up(again.reference)[0].application_id == jo.pk
    assert look_up("joanna miller")[0].application_id == jo.pk


def test_the_newest_come_first_and_at_most_eight(
    cook: Job, apply: Apply, at_diner: Employer
) -> None:
    sent = [apply(cook, name=f"Sam Cooper {n}", email=f"sam{n}@example.org") for n in range(10)]
    found = look_up("cooper")
    assert [row.application_id for row in found] == [row.pk for row in reversed(sent)][:8]


def test_a_hiring_manager_finds_applicants_of_their_own_jobs_only(
    cook: Job, jo: Application, at_diner: Employer
) -> None:
    assert look_up("smith", jobs=Job.objects.filter(pk=cook.pk))
    assert not look_up("smith", jobs=Job.objects.exclude(pk=cook.pk))
    assert not look_up(jo.email, jobs=Job.objects.exclude(pk=cook.pk))


def test_another_employers_applicants_are_never_found(jo: Application, hospital: Employer) -> None:
    with hospital.scope():
        assert not look_up("smith")
        assert not look_up(jo.reference)
        assert not look_up(jo.email)


@pytest.mark.parametrize(
    "scrap", ["", " ", "%", "_", "'", "\\", "\x00", "@", "a" * 5000, "(),;", "😀"]
)
def test_strange_scraps_find_nothing_and_break_nothing(
    jo: Application, at_diner: Employer, scrap: str
) -> None:
    assert look_up(scrap) == []


def test_the_match_is_marked_and_the_name_escaped(
    cook: Job, apply: Apply, at_diner: Employer
) -> None:
    apply(cook, name="<b>Núñez</b>")
    assert look_up("nunez")[0].name_marked == "<mark>&lt;b&gt;Núñez&lt;/b&gt;</mark>"


def test_a_name_that_was_only_heard_is_found_beside_the_one_typed(
    cook: Job, apply: Apply, at_diner: Employer
) -> None:
    for name in ("Anna Obermeier", "Anna Meyer", "Anna Meier", "Mary MacDonald"):
        apply(cook, name=name, email=f"{name.split()[1].lower()}@example.org")
    assert [row.name for row in look_up("Meier, Anna")] == ["Anna Meier", "Anna Meyer"]
    assert [row.name for row in look_up("mac donald")] == ["Mary MacDonald"]
