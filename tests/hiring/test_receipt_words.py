"""What the applicant's own page says of the receipt, for every state it can be in."""

from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application
from sincerely.hiring.receipt_words import receipt_of
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message

State = Message.State
AT_TWO = dt.datetime(2026, 12, 3, 19, 2, tzinfo=dt.UTC)  # 14:02 at the diner
ON = "on Thursday, 3 December, at 14:02"


@pytest.mark.parametrize(
    ("state", "sentence", "unreached"),
    [
        (State.SENT, f"Sent to j•••@example.org {ON}. Your mail provider has not confirmed", False),
        (State.RELAYED, f"Delivered to your mail provider {ON}, for j•••@example.org.", False),
        (State.DELIVERED, f"Delivered to your mail provider {ON}, for j•••@example.org.", False),
        (State.DELAYED, "Sent to j•••@example.org, and held up on the way.", False),
        (State.BOUNCED, f"It came back from j•••@example.org {ON}", True),
        (State.FAILED, "It could not be delivered to j•••@example.org. We tried for days.", True),
    ],
)
def test_each_state_has_plain_words(
    at_diner: Employer, jo: Application, state: State, sentence: str, unreached: bool
) -> None:
    assert jo.receipt
    with clock_at(AT_TWO):
        jo.receipt.settle(state, source="dsn")
        words = receipt_of(jo)
    assert words
    assert words.sentence.startswith(sentence)
    assert words.unreached is unreached


def test_what_is_on_its_way_or_was_not_sent(at_diner: Employer, jo: Application) -> None:
    words = receipt_of(jo)
    assert words
    assert words.sentence.startswith("It is on its way to j•••@example.org.")
    assert jo.receipt
    jo.receipt.skip("Asked us to stop", source="worker")
    words = receipt_of(jo)
    assert words
    assert (words.sentence, words.unreached) == ("It was not sent to j•••@example.org.", True)
