from __future__ import annotations

import pytest

from sincerely.protocol.tone import LONGEST_READ, RULES, tone

BLAMELESS = """Hello,

I applied for the position of Nurse on Sunday, 1 November. May I ask whether the position is still
open, and whether my application arrived? I would be glad of a short answer when you have a moment.

Thank you, and kind regards
Jo"""


def kinds(text: str) -> list[str]:
    return [flag.kind for flag in tone(text)]


@pytest.mark.parametrize(
    "text",
    [
        BLAMELESS,
        "",
        "Thank you for telling me.",
        "I was told to expect news by Friday. By when do you expect to know?",
        "I will call you back if you leave a number.",
        "My application did not go through; the code was K7-42.",
        "I applied last week and look forward to hearing from you.",
        "Is there any news about the position of sales manager?",
        "The report is due. I am a complaisant court reporter named Sue.",
    ],
)
def test_a_plain_question_is_left_alone(text: str) -> None:
    assert tone(text) == []


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("selling", "I am the perfect  fit for this role.", "perfect  fit"),
        ("selling", "I am the best\nperson for it", "best\nperson for"),
        ("selling", "I would be an asset to your team", "asset to your"),
        ("selling", "I have over ten years in sales", "I have over ten years"),
        ("selling", "with a proven track record", "proven track record"),
        ("pushing", "When can we meet?", "When can we meet"),
        ("pushing", "Let us schedule an interview", "schedule an interview"),
        ("pushing", "Please reply by tomorrow", "reply by tomorrow"),
        ("pushing", "I’ll call you on Monday", "I’ll call"),
        ("pushing", "What are the next steps?", "next steps"),
        ("pushing", "I could stop by your office", "stop by"),
        ("guilt", "You never answered", "You never"),
        ("guilt", "I am very disappointed", "disappointed"),
        ("guilt", "I really need this job", "I really need this job"),
        ("guilt", "My family depends on it", "My family depends"),
        ("threat", "or I will talk to my lawyer", "lawyer"),
        ("threat", "I will contact your boss", "contact your boss"),
        ("threat", "unless you answer", "unless you"),
        ("second_ask", "I am following up again", "following up again"),
        ("second_ask", "This is my third e-mail", "third e-mail"),
        ("second_ask", "I have already written twice", "written twice"),
        ("second_ask", "As I said in my last message", "As I said"),
        ("second_ask", "A gentle reminder", "gentle reminder"),
    ],
)
def test_words_that_may_be_taken_amiss_are_shown_with_their_rule(
    kind: str, text: str, words: str
) -> None:
    flag = next(flag for flag in tone(text) if flag.kind == kind)
    assert flag.words == words
    assert text[flag.start : flag.end] == words
    assert flag.rule is RULES[flag.kind]


def test_all_flags_come_in_the_order_of_the_text() -> None:
    text = "I wrote already. You never answered. When can we meet? I am the ideal candidate."
    assert kinds(text) == ["second_ask", "guilt", "pushing", "selling"]


def test_length_is_counted_in_words_and_a_call_is_shorter_than_a_mail() -> None:
    spoken = " ".join(["word"] * 56)
    assert tone(spoken) == []
    assert [flag.kind for flag in tone(spoken, spoken=True)] == ["too_long"]
    assert kinds("word " * 120) == []
    assert kinds("word " * 121) == ["too_long"]


def test_another_language_is_only_measured() -> None:
    assert tone("perfect fit", language="de") == []
    assert [flag.kind for flag in tone("wort " * 200, language="de-CH")] == ["too_long"]


def test_phrases_are_looked_for_in_a_bounded_part_only() -> None:
    assert kinds(" " * LONGEST_READ + "perfect fit") == []


def test_every_kind_has_its_rule_and_a_source() -> None:
    assert len({rule.id for rule in RULES.values()}) == len(RULES)
    assert all(rule.source for rule in RULES.values())
    flag = tone("perfect fit")[0].to_json()
    assert (flag["kind"], flag["rule"], flag["start"]) == ("selling", "never-sell", 0)
