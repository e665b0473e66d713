"""Who interviews, when somebody leaves."""

from __future__ import annotations

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.members import remove
from sincerely.hiring.models import Application
from sincerely.outbox.models import Message
from tests.hiring.meetings import agreed, fresh, offered


def test_whoever_leaves_is_out_of_the_interview_and_the_successor_in(
    met: Application, rosa: Identity, ada: Identity, hugo: Identity, diner: Employer
) -> None:
    interview = agreed(met, hugo, by=rosa)
    remove(diner.memberships.get(identity=hugo), successor=rosa, by=ada)
    assert fresh(interview).members() == [rosa]
    told = Message.objects.filter(about_id=interview.pk).exclude(kind="interviewer_invited")
    assert [message.to_address for message in told] == [hugo.email]
    assert met.events().filter(kind="interviewer_left").exists()


def test_where_others_are_left_nobody_comes_in_their_place(
    met: Application, rosa: Identity, ada: Identity, hugo: Identity, diner: Employer
) -> None:
    interview = offered(met, hugo, ada, by=rosa)
    remove(diner.memberships.get(identity=hugo), successor=rosa, by=ada)
    assert fresh(interview).members() == [ada]
    assert not Message.objects.filter(about_id=interview.pk).exists()  # nobody was invited yet
