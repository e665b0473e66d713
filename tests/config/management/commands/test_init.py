from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sincerely.accounts.models import Employer, Identity, Membership, Role

pytestmark = pytest.mark.django_db


def init(*arguments: str) -> str:
    out = StringIO()
    call_command("init", *arguments, stdout=out)
    return out.getvalue()


def password_in(output: str) -> str:
    (line,) = (line for line in output.splitlines() if line.startswith("Password: "))
    return line.removeprefix("Password: ")


def test_the_first_operator_gets_a_login_that_works() -> None:
    output = init("--email", "ada@host.example")
    operator = Identity.objects.get()
    assert operator.is_operator
    assert operator.check_password(password_in(output))


def test_a_second_run_changes_nothing_and_shows_no_password() -> None:
    first = init("--email", "ada@host.example")
    second = init()
    assert "Password" not in second
    assert Identity.objects.get().check_password(password_in(first))


def test_an_employer_can_be_founded_once_with_the_operator_as_its_admin() -> None:
    for _ in range(2):
        init("--email", "ada@host.example", "--employer", "Blue Spoon Diner")
    employer = Employer.objects.get()
    assert employer.slug == "blue-spoon-diner"
    membership = Membership.objects.get(employer=employer)
    assert (membership.identity.email, membership.role) == ("ada@host.example", Role.ADMIN)


def test_somebody_who_has_a_login_becomes_operator_with_the_password_they_know() -> None:
    rosa = Identity.objects.create_user("rosa@host.example", "a long pass phrase", name="Rosa")
    assert "Password" not in init("--email", "Rosa@host.example")
    rosa.refresh_from_db()
    assert rosa.is_operator
    assert rosa.check_password("a long pass phrase")


@pytest.mark.parametrize("arguments", [[], ["--email", "not an address"]])
def test_without_a_usable_address_nothing_is_made(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"address|--email"):
        init(*arguments)
    assert not Identity.objects.exists()
