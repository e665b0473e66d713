from __future__ import annotations

from sincerely.accounts.models import Employer
from sincerely.outbox.models import Suppression


def test_suppressing_twice_keeps_the_first_reason(at_diner: Employer) -> None:
    Suppression.objects.suppress("jo@example.org", "first")
    again = Suppression.objects.suppress(" Jo@Example.org ", "second")
    assert again.reason == "first"
    assert Suppression.objects.count() == 1


def test_one_employer_s_list_is_not_another_s(at_diner: Employer, hospital: Employer) -> None:
    Suppression.objects.suppress("jo@example.org", "asked us to stop")
    with hospital.scope():
        assert Suppression.objects.stopping("jo@example.org") is None


def test_a_lifted_suppression_can_come_back(at_diner: Employer) -> None:
    Suppression.objects.suppress("jo@example.org", "first").lift(by="Rosa", why="new mailbox")
    assert Suppression.objects.stopping("jo@example.org") is None
    Suppression.objects.suppress("jo@example.org", "again")
    assert Suppression.objects.stopping("jo@example.org").reason == "again"
