from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.desk.scorecards import field_name
from sincerely.hiring.links import status_link
from sincerely.hiring.models import Application, Scorecard, ScorecardRequest
from sincerely.hiring.scoring import hand_in
from sincerely.kernel import clock
from tests.desk.conftest import signed_in, text_of

SECRET = "Burns the eggs, and laughs about it."


@pytest.fixture
def in_review(hugos_job: Any, jo: Application, rosa: Identity) -> Application:
    """Jo is in Review since an hour, and Hugo is on the team."""
    with clock.clock_at(clock.now() - dt.timedelta(hours=1)), jo.employer.scope():
        jo.stage_entries.update(at=clock.now())
        jo.move(jo.next_stage(), by=rosa)
        return Application.objects.for_page().get(pk=jo.pk)


def filled(application: Application, **given: Any) -> dict[str, Any]:
    scores = {field_name(name): "3" for name in application.stage.criteria}
    known = {"stage": application.stage_id, "recommendation": "2", "reason": SECRET}
    return scores | known | given


def score(application: Application, identity: Identity, **given: Any) -> Scorecard:
    with application.employer.scope():
        application = Application.objects.for_page().get(pk=application.pk)
        scores = dict.fromkeys(application.stage.criteria, 1)
        known = {"scores": scores, "recommendation": 1, "reason": SECRET}
        return hand_in(application, by=identity, stage_id=application.stage_id, **known | given)


def test_a_card_is_handed_in_and_then_the_others_are_read(
    at_rosas_desk: Client, in_review: Application, hugo: Identity, page_of: Any
) -> None:
    score(in_review, hugo, reason="Fast hands.")
    address = page_of(in_review, "scorecard")
    before = text_of(at_rosas_desk.get(address))
    assert "Fast hands" not in before
    assert "you read when yours is in" in before
    answer = at_rosas_desk.post(address, filled(in_review), follow=True)
    assert "It is in. Thank you." in text_of(answer)
    assert "Fast hands." in text_of(answer)
    assert "1 no, 1 strong no" in text_of(answer)
    with in_review.employer.scope():
        card = Scorecard.objects.get(identity__name="Rosa")
    assert (card.recommendation, card.reason) == (2, SECRET)
    assert card.scores == [[name, 3] for name in in_review.stage.criteria]


@pytest.mark.parametrize("name", ["application", "scorecard"])
def test_before_ones_own_is_in_not_a_byte_tells_that_others_have_scored(
    name: str, at_rosas_desk: Client, in_review: Application, hugo: Identity, page_of: Any
) -> None:
    def seen() -> tuple[bytes, int]:
        with CaptureQueriesContext(connection) as statements:
            answer = at_rosas_desk.get(page_of(in_review, name))
        token = str(answer.context["csrf_token"])
        return answer.content.replace(token.encode(), b"token"), len(statements)

    at_rosas_desk.get(page_of(in_review, name))
    with clock.clock_at(clock.now()):
        before = seen()
        score(in_review, hugo)
        after = seen()
    assert len(before[0]) == len(after[0])
    assert before[1] == after[1]
    assert SECRET.encode() not in after[0]


def test_nothing_of_a_scorecard_is_in_any_answer_but_these_two_pages(
    at_rosas_desk: Client, in_review: Application, rosa: Identity, ada: Identity, page_of: Any
) -> None:
    at_adas_desk = signed_in(ada)
    with in_review.employer.scope():
        addresses = [
            *(page_of(in_review, each) for each in ("call_card", "move", "closure", "review")),
            *(page_of(in_review, f"ledger_{kind}") for kind in ("csv", "json")),
            "/desk/blue-spoon/ledger.csv",
            "/desk/blue-spoon/ledger.json",
            "/desk/blue-spoon/",
            f"/desk/blue-spoon/jobs/{in_review.job.slug}/",
        ]

    def answers() -> list[bytes]:
        found = [at_adas_desk.get(address) for address in addresses]
        assert {answer.status_code for answer in found} == {200}
        return [b"".join(answer) for answer in found]

    with clock.clock_at(clock.now()):
        before = answers()
        score(in_review, rosa)
        after = answers()
    assert [len(body) for body in before] == [len(body) for body in after]
    assert not any(SECRET.encode() in body for body in after)


def test_the_applicants_page_is_the_same_to_the_byte(
    client: Client, in_review: Application, rosa: Identity, hugo: Identity
) -> None:
    with in_review.employer.scope():
        path = "/" + status_link(in_review).split("/", 3)[3]
    with clock.clock_at(clock.now()):
        before = client.get(path)
        score(in_review, rosa)
        with in_review.employer.scope():
            ScorecardRequest.objects.create(
                application=in_review, stage=in_review.stage, identity=hugo,
                due_on=clock.today("UTC"), asked_by="Rosa",
            )  # fmt: skip
        after = client.get(path)
    assert before.status_code == after.status_code == 200
    assert len(before.content) == len(after.content)
    assert b"scor" not in after.content.lower()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "Say why, in a sentence or two."),
        ({"reason": "x" * 5_001}, "at most 5000"),
        ({"recommendation": "5"}, "Say how you would decide, from 1 to 4."),
        ({field_name("Working with others"): "0"}, "Score it from 1 to 4."),
        ({field_name("Working with others"): ""}, "Score it from 1 to 4."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    at_rosas_desk: Client, in_review: Application, page_of: Any, change: Any, said: str
) -> None:
    answer = at_rosas_desk.post(page_of(in_review, "scorecard"), filled(in_review, **change))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "reason" in change or SECRET in text_of(answer)
    with in_review.employer.scope():
        assert not Scorecard.objects.exists()


def test_who_wrote_while_it_was_decided_keeps_what_they_wrote(
    at_hugos_desk: Client, in_review: Application, rosa: Identity, page_of: Any
) -> None:
    written = filled(in_review)
    with in_review.employer.scope():
        in_review.move(in_review.next_stage(), by=rosa)
    answer = at_hugos_desk.post(page_of(in_review, "scorecard"), written)
    assert "is in Interview by now" in text_of(answer)
    assert SECRET in text_of(answer)
    with in_review.employer.scope():
        assert not Scorecard.objects.exists()


def test_who_wrote_while_it_ended_keeps_what_they_wrote(
    at_hugos_desk: Client, in_review: Application, rosa: Identity, page_of: Any
) -> None:
    written = filled(in_review)
    with in_review.employer.scope():
        in_review.decline(by=rosa)
    answer = at_hugos_desk.post(page_of(in_review, "scorecard"), written)
    assert "has ended already" in text_of(answer)
    assert SECRET in text_of(answer)


def test_rosa_reads_without_scoring(
    at_rosas_desk: Client, in_review: Application, hugo: Identity, page_of: Any
) -> None:
    score(in_review, hugo)
    aside = page_of(in_review, "scorecard_aside")
    page = text_of(at_rosas_desk.post(aside, {"stage": in_review.stage_id}, follow=True))
    assert SECRET in page
    assert "You read without scoring" in page
    late = at_rosas_desk.post(page_of(in_review, "scorecard"), filled(in_review))
    assert "You have read the scorecards without scoring" in text_of(late)


def test_hugo_must_score_to_read(
    at_hugos_desk: Client, in_review: Application, rosa: Identity, page_of: Any
) -> None:
    score(in_review, rosa)
    assert "Read without scoring" not in text_of(at_hugos_desk.get(page_of(in_review, "scorecard")))
    aside = page_of(in_review, "scorecard_aside")
    page = at_hugos_desk.post(aside, {"stage": in_review.stage_id}, follow=True)
    assert "Hand in your scorecard first" in text_of(page)
    assert SECRET not in text_of(page)


@pytest.mark.parametrize("stage", ["", "nothing", "01912345-0000-7000-8000-000000000000"])
def test_a_broken_stage_is_said_and_shows_nothing(
    stage: str, at_rosas_desk: Client, in_review: Application, hugo: Identity, page_of: Any
) -> None:
    score(in_review, hugo)
    aside = page_of(in_review, "scorecard_aside")
    assert SECRET not in text_of(at_rosas_desk.post(aside, {"stage": stage}, follow=True))
    sent = filled(in_review, stage=stage)
    assert at_rosas_desk.post(page_of(in_review, "scorecard"), sent).status_code == 422


def test_rosa_asks_hugo_and_it_is_in_the_history(
    at_rosas_desk: Client, in_review: Application, hugo: Identity, mallory: Identity, page_of: Any
) -> None:
    asked = page_of(in_review, "scorecard_requests")
    page = at_rosas_desk.post(asked, {"member": hugo.pk}, follow=True)
    assert "Hugo finds it on Today." in text_of(page)
    assert "asked Hugo for a scorecard" in text_of(at_rosas_desk.get(page_of(in_review)))
    for wrong in ("", "nobody", mallory.pk):
        page = at_rosas_desk.post(asked, {"member": wrong}, follow=True)
        assert "Choose who is asked" in text_of(page)


def test_a_stage_without_criteria_is_not_scored(
    at_rosas_desk: Client, jo: Application, page_of: Any
) -> None:
    assert "Scorecards" not in text_of(at_rosas_desk.get(page_of(jo)))
    page = text_of(at_rosas_desk.get(page_of(jo, "scorecard")))
    assert "New has no scorecard." in page
    answer = at_rosas_desk.post(page_of(jo, "scorecard"), filled(jo))
    assert "New has no scorecard." in text_of(answer)
    assert SECRET in text_of(answer)


def test_looking_at_a_card_changes_nothing(
    at_rosas_desk: Client, in_review: Application, page_of: Any
) -> None:
    for name in ("scorecard", "scorecard_aside", "scorecard_requests"):
        at_rosas_desk.get(page_of(in_review, name))
    with in_review.employer.scope():
        assert not Scorecard.objects.exists()
        assert not ScorecardRequest.objects.exists()


def test_the_page_takes_as_many_statements_for_three_cards_as_for_one(
    at_rosas_desk: Client, in_review: Application, rosa: Identity, hugo: Identity, ada: Identity,
    page_of: Any,
) -> None:  # fmt: skip
    score(in_review, rosa)
    at_rosas_desk.get(page_of(in_review, "scorecard"))
    with CaptureQueriesContext(connection) as once:
        at_rosas_desk.get(page_of(in_review, "scorecard"))
    score(in_review, hugo)
    score(in_review, ada)
    with CaptureQueriesContext(connection) as thrice:
        at_rosas_desk.get(page_of(in_review, "scorecard"))
    assert len(thrice) == len(once) <= 20
