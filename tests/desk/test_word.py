"""A hiring manager says a word by the link in a mail, without signing in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.documents.models import Document
from sincerely.hiring.links import sign, status_token
from sincerely.hiring.models import Application, Call, HiringTeamMember, Job, Review
from sincerely.hiring.word_links import WordKey, word_link
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.models import Event
from sincerely.outbox.models import Message
from tests.desk.conftest import text_of

Outcome = Review.Outcome


@pytest.fixture
def waiting(hugos_job: Job, jo: Application, resume: Document) -> Application:
    """Jo's application, which waits for Hugo's word."""
    with jo.employer.scope():
        review = jo.employer.stages.get(position=2)
        an_hour_ago = clock.now() - dt.timedelta(hours=1)
        Application.objects.filter(pk=jo.pk).update(
            stage=review,
            stage_since=an_hour_ago,
            answers=[{"question": "Can you start at five?", "answer": "Yes, <b>always</b>."}],
        )
        jo.messages().unsent().update(state=Message.State.DELIVERED)
        jo.stage_entries.update(at=an_hour_ago - dt.timedelta(days=1))
        entry = {"stage": review, "at": an_hour_ago, "shown_at": an_hour_ago, "by": "Rosa"}
        jo.stage_entries.create(**entry)
        return Application.objects.for_page().get(pk=jo.pk)


def link_to(application: Application, identity: Identity) -> str:
    with application.employer.scope():
        address = word_link(application, identity)
    return "/desk/word/" + address.partition("/desk/word/")[2]


@pytest.fixture
def link(waiting: Application, hugo: Identity) -> str:
    return link_to(waiting, hugo)


def say(link: str, outcome: str = "decline", reason: str = "Too little practice.") -> Any:
    return Client().post(link, {"outcome": outcome, "reason": reason})


def rows() -> dict[str, int]:
    """How many there are of what a click could have made."""
    kinds: list[Any] = [Application, Review, Event, Message, Call]
    return {kind.__name__: kind.objects.count() for kind in kinds}


def again(application: Application) -> Application:
    with application.employer.scope():
        return Application.objects.for_page().get(pk=application.pk)


def test_get_shows_the_resume_and_changes_nothing(waiting: Application, link: str) -> None:
    with waiting.employer.scope():
        before = rows()
    page = Client().get(link)
    Client().head(link)
    assert page.status_code == 200
    text = text_of(page)
    assert "Line cook at The Griddle" in text
    assert "Yes, &lt;b&gt;always&lt;/b&gt;." in text
    assert "Advance to Interview" in text
    with waiting.employer.scope():
        assert rows() == before
    assert not page.cookies


def test_the_page_is_kept_from_caches_indexes_and_referrers(link: str) -> None:
    page = Client().get(link)
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]


def test_nothing_is_shown_that_the_hiring_manager_may_not_see(
    waiting: Application, link: str, rosa: Identity, page_of: Any
) -> None:
    with waiting.employer.scope():
        waiting.log_call(Call.Kind.CALL, by=rosa, note="called twice this week")
        waiting.add_note("a note for the team", by=rosa)
    text = text_of(Client().get(link))
    assert "called twice" not in text
    assert "a note for the team" not in text
    assert waiting.email not in text
    assert status_token(waiting) not in text
    assert page_of(waiting, "document", document_id=waiting.document_id) not in text


@pytest.mark.parametrize("outcome", ["advance", "decline", "discuss"])
def test_a_word_is_the_same_verb_as_at_the_desk(
    waiting: Application, link: str, hugo: Identity, outcome: str
) -> None:
    answer = say(link, outcome)
    assert answer.status_code == 303
    with waiting.employer.scope():
        review = waiting.reviews.get()
        assert (review.outcome, review.identity) == (outcome, hugo)
        assert review.reason == "Too little practice."
        held = waiting.messages().unsent()
        assert [message.kind for message in held] == {
            "advance": ["moved"],
            "decline": ["declined"],
            "discuss": [],
        }[outcome]
        assert all(message.is_held(clock.now()) for message in held)
        assert waiting.events().filter(kind="reviewed", actor_id=hugo.pk).count() == 1
    page = Client().get(answer["Location"])
    assert page.status_code == 200
    assert ("Until then you can take it back" in text_of(page)) == (outcome != "discuss")


@pytest.mark.parametrize("outcome", ["advance", "decline", "discuss"])
def test_a_forwarded_link_dies_with_the_decision(link: str, outcome: str) -> None:
    say(link, outcome)
    for answer in (Client().get(link), say(link, outcome, "From somebody else.")):
        assert answer.status_code == 410
        assert "This link has ended." in text_of(answer)
        assert "Jo Smith" not in text_of(answer)


def test_a_second_click_advances_nobody_twice(waiting: Application, link: str) -> None:
    first, second = say(link, "advance"), say(link, "advance")
    assert second.status_code == 303
    assert first["Location"] == second["Location"]
    with waiting.employer.scope():
        assert waiting.reviews.count() == 1
    assert again(waiting).stage.name == "Interview"


@pytest.mark.parametrize(("outcome", "kind"), [("decline", "declined"), ("advance", "moved")])
def test_undo_takes_it_back_and_the_link_opens_again(
    waiting: Application, link: str, outcome: str, kind: str
) -> None:
    said = say(link, outcome)["Location"]
    before = again(waiting)
    assert Client().get(said).status_code == 200
    assert again(waiting).stage_since == before.stage_since  # GET took nothing back
    answer = Client().post(said)
    assert answer.status_code == 303
    page = text_of(Client().get(answer["Location"]))
    assert "Nothing was sent" in page
    assert (again(waiting).is_open, again(waiting).stage) == (True, waiting.stage)
    with waiting.employer.scope():
        assert waiting.messages().get(kind=kind).state == Message.State.SKIPPED
    assert Client().get(link).status_code == 200
    [another] = re.findall(r'href="(/desk/word/[^"]+)"', page)
    assert Client().get(another).status_code == 200
    with clock_at(clock.now() + dt.timedelta(days=1)):  # it makes no link last longer
        assert Client().get(another).status_code == 410


def test_after_the_undo_window_nothing_can_be_taken_back(waiting: Application, link: str) -> None:
    said = say(link, "decline")["Location"]
    with clock_at(clock.now() + waiting.employer.undo_window + dt.timedelta(seconds=1)):
        assert Client().get(said).status_code == 410
        assert Client().post(said).status_code == 410
    assert not again(waiting).is_open


def test_only_the_own_word_is_taken_back(waiting: Application, link: str, rosa: Identity) -> None:
    said = say(link, "advance")["Location"]
    with waiting.employer.scope():
        again(waiting).decline(by=rosa)
    answer = Client().post(said)
    assert answer.status_code == 409
    assert "too late" in text_of(answer)
    assert not again(waiting).is_open


def decided_by_rosa(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    waiting.decline(by=rosa)


def moved_by_rosa(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    waiting.move(waiting.employer.stages.get(position=3), by=rosa)


def moved_away_and_back(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    stages = waiting.employer.stages
    waiting.move(stages.get(position=3), by=rosa)
    waiting.move(stages.get(position=2), by=rosa)


def withdrawn(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    waiting.withdraw()


def off_the_team(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    HiringTeamMember.objects.filter(identity=hugo).delete()


def removed(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    Membership.objects.filter(identity=hugo).delete()


def switched_off(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    Identity.objects.filter(pk=hugo.pk).update(is_active=False)


def recruiter_now(waiting: Application, rosa: Identity, hugo: Identity) -> None:
    Membership.objects.filter(identity=hugo).update(role=Role.RECRUITER)


@pytest.mark.parametrize(
    "happens",
    [
        decided_by_rosa,
        moved_by_rosa,
        moved_away_and_back,
        withdrawn,
        off_the_team,
        removed,
        switched_off,
        recruiter_now,
    ],
)
def test_the_link_ends_with_what_it_was_for(
    waiting: Application, link: str, rosa: Identity, hugo: Identity, happens: Callable[..., None]
) -> None:
    with waiting.employer.scope():
        happens(waiting, rosa, hugo)
        before = rows()
    assert Client().get(link).status_code == 410
    assert say(link).status_code == 410
    with waiting.employer.scope():
        assert rows() == before


def test_the_link_ends_a_week_after_the_date(waiting: Application, link: str) -> None:
    due = again(waiting).due_on
    assert due is not None
    noon = dt.datetime.combine(due, dt.time(17), dt.UTC)
    for days, status in ((7, 200), (8, 410)):
        with clock_at(noon + dt.timedelta(days=days)):
            assert Client().get(link).status_code == status


def test_where_staff_need_two_steps_the_link_leads_to_the_desk(link: str, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = True
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "/desk/blue-spoon/" in text_of(answer)


def test_a_damaged_or_foreign_token_opens_nothing(
    waiting: Application, link: str, hugo: Identity, mallory: Identity, hospital: Employer
) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    key = WordKey.read(token)
    body, _, mark = token.partition(".")
    forged = [
        f"{body[:-4]}AAAA.{mark}",
        f"{body}.{mark[:-1]}",
        status_token(waiting),  # another purpose
        sign("sincerely.word", b"short"),
        WordKey(hospital.pk, key.application_id, mallory.pk, key.since, key.last_day).token,
        WordKey(waiting.employer.pk, key.application_id, mallory.pk, key.since, key.last_day).token,
    ]
    for each in forged:
        for path in (f"/desk/word/{each}/", f"/desk/word/said/{each}/"):
            for answer in (Client().get(path), Client().post(path, {"outcome": "decline"})):
                assert answer.status_code in {404, 410}
                assert "Jo Smith" not in text_of(answer)
    assert again(waiting).is_open


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"outcome": "decline", "reason": "   "}, "Say why"),
        ({"outcome": "decline"}, "Say why"),
        ({"reason": "A strong cook"}, "Choose Advance, Discuss or Decline."),
        ({"outcome": "hire", "reason": "A strong cook"}, "Select a valid choice"),
        ({"outcome": "decline", "reason": "a\0b"}, "Null characters"),
        ({"outcome": "decline", "reason": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    waiting: Application, link: str, sent: dict[str, str], said: str
) -> None:
    answer = Client().post(link, sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert sent.get("reason", "").strip().replace("\0", "") in text_of(answer).replace("\0", "")
    with waiting.employer.scope():
        assert not waiting.reviews.exists()


def test_a_hostile_reason_stays_text(waiting: Application, link: str) -> None:
    reason = '<script>alert(1)</script> {{ x }} {name} "quoted"'
    page = text_of(Client().get(say(link, "decline", reason)["Location"]))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }} {name}" in page
    with waiting.employer.scope():
        assert "alert" not in waiting.messages().get(kind="declined").text


def test_in_the_last_stage_nobody_is_advanced(
    waiting: Application, hugo: Identity, link: str
) -> None:
    with waiting.employer.scope():
        last = waiting.employer.stages.order_by("position").last()
        Application.objects.filter(pk=waiting.pk).update(stage=last)
    assert "Advance to" not in text_of(Client().get(link))
    answer = say(link, "advance")
    assert answer.status_code == 422
    assert "last stage" in text_of(answer)


def test_without_an_address_the_page_says_that_somebody_calls(
    waiting: Application, link: str
) -> None:
    with waiting.employer.scope():
        Application.objects.filter(pk=waiting.pk).update(email="")
    assert "gave no e-mail address" in text_of(Client().get(link))
    said = say(link, "decline")["Location"]
    assert "so somebody calls" in text_of(Client().get(said))
    assert Client().post(said).status_code == 303
    assert again(waiting).is_open


def test_an_employer_called_word_keeps_its_desk(
    waiting: Application, hugo: Identity, rosa: Identity
) -> None:
    Employer.objects.filter(pk=waiting.employer.pk).update(slug="word")
    client = Client()
    client.force_login(rosa)
    for path in ("", "lookup/", "jobs/", f"applications/{waiting.reference}/"):
        assert client.get(f"/desk/word/{path}").status_code == 200
    assert Client().get(link_to(again(waiting), hugo)).status_code == 200
