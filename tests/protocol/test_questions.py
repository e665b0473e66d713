from __future__ import annotations

from itertools import product

from sincerely.protocol.questions import MOST_QUESTIONS, QUESTIONS, next_question, path_of

SENT = {
    "sent": "sent",
    "day": "2026-11-10",
    "news": "nothing",
    "promised": "",
    "asked": "",
    "vouch": "no",
    "says": "nothing",
}


def test_whoever_sent_nothing_is_asked_nothing_more() -> None:
    assert next_question({"sent": "not_yet"}) is None


def test_at_most_seven_questions_are_asked_whatever_the_answers() -> None:
    choices = [[c.value for c in q.choices] or ["", "2026-12-01"] for q in QUESTIONS]
    for given in product(*choices):
        answers = {question.id: value for question, value in zip(QUESTIONS, given, strict=True)}
        assert len(path_of(answers)) <= MOST_QUESTIONS


def test_questions_come_one_by_one_until_all_is_said() -> None:
    answers: dict[str, str] = {}
    asked = []
    while (question := next_question(answers)) is not None:
        asked.append(question.id)
        answers[question.id] = SENT[question.id]
    assert asked == list(SENT)


def test_a_published_policy_is_not_asked_for() -> None:
    assert "says" not in [question.id for question in path_of(SENT, policy_known=True)]
