"""What an answer wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sincerely.reading.intents import intent_of


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("STATUS", "status"),
        ("status?", "status"),
        ("STATUS, please", "status"),
        ("Please, status. Thank you", "status"),
        ("Withdraw please", "withdraw"),
        ("Hello,\nwhere does my application stand?\nJo", "status"),
        ("Is the position still open?", "status"),
        ("Did you receive my resume? Has it arrived?", "status"),
        ("Just checking in on my application. Any news?", "status"),
        ("I wanted to follow up on my application.", "status"),
        ("When can I expect to hear from you?", "status"),
        ("Gibt es schon Neuigkeiten?", "status"),
        ("I would like to withdraw my application.", "withdraw"),
        ("Please remove me from consideration, I have accepted another job.", "withdraw"),
        ("Ich ziehe meine Bewerbung zurück.", "withdraw"),
        ("I do not want to withdraw my application!", "other"),
        ("Can I withdraw my application later?", "question"),
        ("Is there a rack for bicycles?", "question"),
        ("Thanks! One thing: what should I bring?", "question"),
        ("Any news? And is there a canteen?", "question"),
        ("I have a question about the shifts", "question"),
        ("Thank you very much!\n\nJo Smith", "thanks"),
        ("Thanks, looking forward to it.", "thanks"),
        ("Danke!", "thanks"),
        ("I use a wheelchair and need step-free access.", "other"),
        ("Thank you. My phone number has changed to 0151 2345678, use that from now on.", "other"),
        ("請問這個職位還有空缺嗎？", "question"),
        ("", "other"),
        ("   \n ", "other"),
    ],
)
def test_an_intent(text: str, intent: str) -> None:
    assert intent_of(text) == intent


@given(st.text(max_size=3_000))
def test_any_text_has_one(text: str) -> None:
    assert intent_of(text) in {"status", "withdraw", "question", "thanks", "other"}
