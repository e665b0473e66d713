"""A query answered in full: the verdict with its words and its draft, as one JSON object."""

from __future__ import annotations

from typing import Any

from sincerely.protocol.decide import decide
from sincerely.protocol.drafts import draft
from sincerely.protocol.explain import explain, title
from sincerely.protocol.parse import Query
from sincerely.protocol.words import Translate, english


def answer(query: Query, _: Translate = english) -> dict[str, Any]:
    """The form of ``schemas/verdict.json``; every sentence in the reader's language."""
    verdict = decide(query.facts, query.rulebook, query.today)
    text = draft(verdict, query.facts, _)
    document = verdict.to_json()
    for reason in (*document["because"], *document["avoid"]):
        reason["because"] = _(reason["because"])
    return document | {
        "title": title(verdict, _),
        "explanation": explain(verdict, "applicant", _, query.today),
        "for_recruiter": explain(verdict, "recruiter", _, query.today),
        "draft": text and text.to_json(),
        "rulebook": query.rulebook.name,
        "today": query.today.isoformat(),
    }
