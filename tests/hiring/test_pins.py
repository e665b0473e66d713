from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.models import Application, Job, Pin
from sincerely.hiring.models.pin import digest_of
from sincerely.hiring.pins import WrongPin, check_pin, issue_pin, pin_in, pin_is_valid, spoken_pin
from sincerely.kernel.ids import uuid7
from sincerely.kernel.limits import TooMany
from sincerely.kernel.models import Counter


@pytest.fixture
def pin(jo: Application, rosa: Identity) -> str:
    with jo.employer.scope():
        return issue_pin(jo, key=uuid7(), by=rosa)


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06}"


def test_reference_and_pin_lead_to_the_application(jo: Application, pin: str) -> None:
    assert check_pin(jo.reference, pin, caller="192.0.2.1") == jo
    assert len(pin) == 6
    assert spoken_pin("042917") == "042 917"


def test_the_digits_are_nowhere_in_the_database(jo: Application, pin: str) -> None:
    with jo.employer.scope():
        kept = Pin.objects.get()
        assert pin not in str(vars(kept))
        assert pin not in str([event.data for event in jo.events()])


def test_the_same_digits_leave_another_trace_with_another_application(jo: Application) -> None:
    assert digest_of(jo.pk, "042917") != digest_of(uuid7(), "042917")


def test_one_form_gives_one_pin_and_a_new_form_kills_it(jo: Application, rosa: Identity) -> None:
    key = uuid7()
    with jo.employer.scope():
        first = {issue_pin(jo, key=key, by=rosa) for _ in range(5)}
        assert len(first) == 1
        assert jo.events().filter(kind="pin_made").count() == 1
        newer = issue_pin(jo, key=uuid7(), by=rosa)
        assert pin_is_valid(jo, newer)
        assert not pin_is_valid(jo, *first)
        assert Pin.objects.count() == 1
    with pytest.raises(WrongPin):
        check_pin(jo.reference, *first, caller="192.0.2.1")


def test_an_earlier_pin_can_be_left_alone(jo: Application, pin: str, rosa: Identity) -> None:
    with jo.employer.scope():
        assert issue_pin(jo, key=uuid7(), by=rosa, again=False) == ""
        assert pin_is_valid(jo, pin)


def test_a_pin_lives_through_a_change_of_the_secret_key(
    jo: Application, pin: str, settings: LazySettings
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, of fifty letters or so, made just now"
    assert check_pin(jo.reference, pin, caller="192.0.2.1") == jo


def test_a_wrong_number_and_a_wrong_pin_cost_the_same(jo: Application, pin: str) -> None:
    statements = []
    for reference, guess in ((jo.reference, wrong(pin)), ("1234567890", pin)):
        with CaptureQueriesContext(connection) as seen, pytest.raises(WrongPin):
            check_pin(reference, guess, caller="192.0.2.1")
        statements.append([query["sql"].split("(")[0].partition("WHERE")[0] for query in seen])
    assert statements[0] == statements[1]


def test_who_has_no_pin_is_answered_like_who_mistypes_it(jo: Application) -> None:
    with pytest.raises(WrongPin):
        check_pin(jo.reference, "000000", caller="192.0.2.1")


def test_after_five_wrong_guesses_even_the_right_pin_waits(jo: Application, pin: str) -> None:
    for number in range(5):
        with pytest.raises(WrongPin):
            check_pin(jo.reference, wrong(pin), caller=f"192.0.2.{number}")
    with pytest.raises(TooMany) as refused:
        check_pin(jo.reference, pin, caller="192.0.2.9")
    assert refused.value.limit.name == "pin-guesses"
    wait(dt.timedelta(minutes=16))
    assert check_pin(jo.reference, pin, caller="192.0.2.9") == jo


def test_twenty_wrong_guesses_are_enough_for_a_day(jo: Application, pin: str) -> None:
    for _ in range(20):
        wait(dt.timedelta(minutes=16))
        with pytest.raises(WrongPin):
            check_pin(jo.reference, wrong(pin), caller="192.0.2.1")
    wait(dt.timedelta(minutes=16))
    with pytest.raises(TooMany) as refused:
        check_pin(jo.reference, pin, caller="192.0.2.1")
    assert refused.value.limit.name == "pin-guesses-day"


def test_the_right_pin_forgives_the_wrong_ones(jo: Application, pin: str) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPin):
                check_pin(jo.reference, wrong(pin), caller="192.0.2.1")
        assert check_pin(jo.reference, pin, caller="192.0.2.1") == jo


def test_a_new_pin_from_the_desk_opens_at_once(jo: Application, pin: str, rosa: Identity) -> None:
    for _ in range(6):
        with pytest.raises((WrongPin, TooMany)):
            check_pin(jo.reference, wrong(pin), caller="192.0.2.1")
    with jo.employer.scope():
        fresh = issue_pin(jo, key=uuid7(), by=rosa)
    assert check_pin(jo.reference, fresh, caller="192.0.2.1") == jo


def test_more_numbers_for_one_application_give_no_more_guesses(
    cook: Job, jo: Application, pin: str
) -> None:
    """Who applies with somebody's address is given a number that leads to their application."""
    numbers = [jo.reference]
    with cook.employer.scope():
        for _ in range(3):
            form = Submission(id=uuid7(), name="Mallory", email=jo.email)
            numbers.append(receive(cook, form).reference)
    assert check_pin(numbers[-1], pin, caller="192.0.2.1") == jo
    for number in range(5):
        with pytest.raises(WrongPin):
            check_pin(numbers[number % 4], wrong(pin), caller="192.0.2.1")
    for number in numbers:
        with pytest.raises(TooMany):
            check_pin(number, pin, caller="192.0.2.1")


def test_one_caller_cannot_try_many_numbers(db: None) -> None:
    for number in range(120):
        with pytest.raises(WrongPin):
            check_pin(f"1{number:09}", "123456", caller="192.0.2.1")
    with pytest.raises(TooMany):
        check_pin("2000000000", "123456", caller="192.0.2.1")
    with pytest.raises(WrongPin):
        check_pin("2000000000", "123456", caller="192.0.2.2")


def test_one_call_has_three_guesses(db: None) -> None:
    for number in range(3):
        with pytest.raises(WrongPin):
            check_pin(f"1{number:09}", "123456", caller="+12125550142", call="CA1")
    with pytest.raises(TooMany):
        check_pin("2000000000", "123456", caller="+12125550142", call="CA1")
    with pytest.raises(WrongPin):
        check_pin("2000000000", "123456", caller="+12125550142", call="CA2")


def test_two_employers_do_not_get_into_each_others_way(
    jo: Application, pin: str, hospital: Employer
) -> None:
    with hospital.scope():
        assert not Pin.objects.exists()
        assert check_pin(jo.reference, pin, caller="192.0.2.1").employer != hospital


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("042917", "042917"),
        (" 042 917 ", "042917"),
        ("٠٤٢-٩١٧", "042917"),
        ("０４２９１７", "042917"),
    ],
)
def test_a_pin_is_read_however_it_is_grouped(typed: str, read: str) -> None:
    assert pin_in(typed) == read


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "½²³⁴⁵⁶", "12345\x00"])
def test_what_is_no_pin_is_none(typed: str) -> None:
    assert pin_in(typed) == ""


@pytest.mark.django_db(transaction=True)
def test_a_thousand_guesses_at_once_are_five_guesses(jo: Application, pin: str) -> None:
    def guess(number: int) -> str:
        try:
            check_pin(jo.reference, f"{number:06}", caller=f"192.0.2.{number}")
        except (WrongPin, TooMany) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, [n for n in range(200) if f"{n:06}" != pin]))
    assert answers.count("WrongPin") == 5
    assert "in" not in answers


def wait(long: dt.timedelta) -> None:
    for counter in Counter.objects.all():
        Counter.objects.filter(pk=counter.pk).update(since=counter.since - long)
