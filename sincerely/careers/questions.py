"""A job's own questions: as fields of the form, and the answers in the words that were asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sincerely.hiring.models import Question
from sincerely.kernel.form_fields import LineField, LinesField

Kind = Question.Kind
Asked = Mapping[str, Any]
"""`id`, `text`, `kind`, `choices` and `required` of a Question, as `published_job` reads them."""

LONGEST_SHORT = 300
LONGEST_LONG = 5_000
# More than this and a list to open is easier to survey than radio buttons.
_MOST_RADIOS = 7


def field_name(question: Asked) -> str:
    return f"question-{question['id']}"


def field_of(question: Asked) -> forms.Field:
    """The form field that asks a question."""
    given: dict[str, Any] = {
        "label": question["text"],
        "required": question["required"],
        "error_messages": {"required": "Please answer this question."},
    }
    if question["kind"] == Kind.LONG:
        return LinesField(longest=LONGEST_LONG, **given)
    if question["kind"] == Kind.YES_NO:
        return _choice(["Yes", "No"], **given)
    if question["kind"] == Kind.CHOICE:
        return _choice([str(choice) for choice in question["choices"]], **given)
    return LineField(longest=LONGEST_SHORT, **given)


def answers(questions: Iterable[Asked], given: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was answered, beside the words of the question; unanswered ones are left out."""
    return [
        {"question": question["text"], "answer": given[field_name(question)]}
        for question in questions
        if given.get(field_name(question))
    ]


def _choice(choices: list[str], **given: Any) -> forms.Field:
    given["error_messages"] |= {"invalid_choice": "Please choose one of these."}
    options = [(choice, choice) for choice in choices]
    if len(options) <= _MOST_RADIOS:
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **given)
    return forms.ChoiceField(choices=[("", "Please choose"), *options], **given)
