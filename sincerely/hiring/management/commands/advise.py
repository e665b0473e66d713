"""`sincerely advise [FILE]`: what the follow-up protocol advises, from JSON or from questions."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from sincerely.kernel import clock
from sincerely.protocol.answer import answer
from sincerely.protocol.answers import problems, query_from_answers
from sincerely.protocol.parse import FactsError, Query, query_from_json
from sincerely.protocol.questions import Question, next_question

LARGEST_INPUT = 5 * 1024 * 1024
"""Bytes; facts are some hundred."""


class Command(BaseCommand):
    help = "Read facts as JSON (a file or standard input), print the verdict as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", metavar="FILE", help="“-” or nothing: standard input"
        )
        parser.add_argument("--ask", action="store_true", help="ask the questions in the terminal")
        parser.add_argument("--today", type=_day, help="decide for this day, such as 2026-12-03")
        parser.add_argument("--rules", choices=("A", "B"), help="where no policy is known")

    def handle(self, *args: Any, **options: Any) -> None:
        today = options["today"] or clock.now().date()
        try:
            if options["ask"]:
                self._show(answer(self._ask(today), gettext))
            else:
                document = _with_options(_read(options["file"]), options)
                found = answer(query_from_json(document, today), gettext)
                self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        except FactsError as error:
            raise CommandError(str(error)) from None

    def _ask(self, today: date) -> Query:
        answers: dict[str, str] = {}
        while (question := next_question(answers)) is not None:
            self.stdout.write(f"\n{gettext(question.text)}")
            if question.hint:
                self.stdout.write(f"  {gettext(question.hint)}")
            answers[question.id] = self._answer(question, answers, today)
        return query_from_answers(answers, today)

    def _answer(self, question: Question, answers: dict[str, str], today: date) -> str:
        for number, choice in enumerate(question.choices, 1):
            self.stdout.write(f"  {number}  {gettext(choice.label)}")
        while True:
            self.stdout.write("> ", ending="")
            self.stdout.flush()
            line = sys.stdin.readline()
            if not line:
                raise CommandError(gettext("No answer; nothing was decided."))
            value = _picked(question, line.strip())
            wrong = problems({**answers, question.id: value}, today, _=gettext)
            if question.id not in wrong:
                return value
            self.stdout.write(f"  {wrong[question.id]}")

    def _show(self, found: dict[str, Any]) -> None:
        self.stdout.write(f"\n{found['title']}")
        self.stdout.write("\n".join(f"  {sentence}" for sentence in found["explanation"]))
        sources = (f"  {reason['rule']}: {reason['source']}" for reason in found["because"])
        self.stdout.write("\n".join(["", gettext("Why"), *sources]))
        avoided = (f"  {reason['because']}" for reason in found["avoid"])
        self.stdout.write("\n".join(["", gettext("Avoid"), *avoided]))
        if found["draft"]:
            self.stdout.write("\n".join(["", gettext("Draft"), *_lines(found["draft"])]))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _read(file: str | None) -> object:
    try:
        if file in (None, "-"):
            raw = sys.stdin.read(LARGEST_INPUT + 1)
        else:
            with Path(str(file)).open(encoding="utf-8-sig") as opened:
                raw = opened.read(LARGEST_INPUT + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file or 'standard input'}: cannot be read: {error}") from None
    if len(raw) > LARGEST_INPUT:
        raise FactsError("facts", f"must have at most {LARGEST_INPUT} characters")
    try:
        return json.loads(raw)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FactsError("facts", f"is not JSON: {error.msg} at {where}") from None
    except (RecursionError, ValueError):
        raise FactsError("facts", "is nested too deeply or holds too long a number") from None


def _with_options(document: object, options: dict[str, Any]) -> object:
    """The command line wins over the file."""
    if isinstance(document, dict):
        if options["today"]:
            document["today"] = options["today"].isoformat()
        if options["rules"]:
            document["rules"] = options["rules"]
    return document


def _picked(question: Question, typed: str) -> str:
    """A number picks a choice; everything else is taken as it was typed."""
    if question.choices and typed.isdecimal() and 1 <= int(typed) <= len(question.choices):
        return question.choices[int(typed) - 1].value
    return typed


def _lines(text: dict[str, str]) -> list[str]:
    subject = [f"  {gettext('Subject')}: {text['subject']}", ""] if text["subject"] else []
    return [*subject, *(f"  {line}" for line in text["body"].splitlines())]
