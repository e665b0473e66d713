from __future__ import annotations

from typing import Any

import pytest

from sincerely.accounts.models import Identity
from sincerely.desk.event_words import line
from sincerely.hiring.models import Reason, Review
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import Event


def event(kind: str, by: str = "Rosa", /, **data: Any) -> Event:
    actor = None if by == "the applicant" else uuid7()
    return Event(employer_id=uuid7(), kind=kind, by=by, actor_id=actor, data=data)


def words(kind: str, by: str = "Rosa", /, **data: Any) -> str:
    return line(event(kind, by, **data)).text


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        ("applied", {"source": ""}, "Applied"),
        ("applied", {"source": "walk-in {x}"}, "Applied (walk-in {x})"),
        ("moved", {"stage": "Offer", "told": True}, "Rosa moved it to Offer"),
        ("moved", {"stage": "Offer", "told": False}, "Rosa moved it to Offer, and told nobody"),
        ("closed", {"reason": Reason.DECLINED}, "Rosa declined"),
        ("closed", {"reason": Reason.WITHDRAWN}, "The applicant withdrew, as Rosa was told"),
        ("call", {"note": "Hm", "told": False}, "Rosa spoke with the applicant"),
        ("call", {"counts": True}, "Rosa spoke with the applicant, as their follow-up"),
        ("call", {"by_us": True}, "Rosa called the applicant"),
        ("voicemail", {}, "The applicant left a voicemail (logged by Rosa)"),
        ("voicemail", {"by_us": True}, "Rosa left the applicant a voicemail"),
        ("visit", {"counts": True}, "The applicant came by and met Rosa, as their follow-up"),
        ("call_undone", {"kind": "voicemail"}, "Rosa took the logged voicemail back"),
        ("link_sent", {}, "Rosa sent the link to the status page, as a caller wished"),
        ("reviewed", {"outcome": Review.Outcome.DISCUSS}, "Rosa wants to discuss"),
        ("not_reached", {"kind": "receipt"}, "A message did not arrive: receipt"),
        ("replied", {"text": "Yes"}, "Rosa replied"),
        (
            "replied",
            {"text": "Later", "rest_by": "2026-12-03"},
            "Rosa replied; the whole answer follows by Thursday, 3 December",
        ),
        ("reply_undone", {"sent": True}, "Rosa took the reply back; nothing was sent"),
        ("reply_undone", {"sent": False}, "Rosa took back that the follow-up was settled"),
        ("something_new", {}, "Rosa changed it"),
    ],
)
def test_an_event_is_told_in_plain_words(kind: str, data: dict[str, Any], text: str) -> None:
    assert words(kind, **data) == text


def test_the_applicants_own_withdrawal_is_theirs() -> None:
    assert words("closed", "the applicant", reason=Reason.WITHDRAWN) == "The applicant withdrew"


def test_what_somebody_wrote_is_kept_word_for_word() -> None:
    assert line(event("note", text="Asked for {by} the pay")).detail == "Asked for {by} the pay"


def test_a_name_in_braces_is_a_name_and_nothing_else() -> None:
    assert words("note", str(Identity(name="{by}", email="x@example.org"))) == "{by} noted"
