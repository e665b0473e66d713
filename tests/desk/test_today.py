from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity, Role
from sincerely.hiring.front_desk import give_slip, take_in
from sincerely.hiring.intake import Submission
from sincerely.hiring.models import Application, ApplicationDraft, Call, FollowUp, Job, Review
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.scoring import ask_for_card
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Delivery, Message
from tests.conftest import member
from tests.desk.conftest import signed_in, text_of

State = Message.State
DESK = "/desk/blue-spoon/"


def groups(client: Client, address: str = DESK) -> dict[str, list[str]]:
    """What the list says, by heading."""
    shown = client.get(address).context["groups"]
    return {group.name: [row.what for row in group.page] for group in shown if group.count}


def test_the_list_is_sorted_by_the_day_somebody_hears(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    for name, days in {"Late": -2, "Later": -5, "Now": 0, "Soon": 3, "Edge": 6, "Far": 7}.items():
        apply_due(name, days)
    assert groups(at_rosas_desk) == {
        "overdue": ["Tell Later where things stand", "Tell Late where things stand"],
        "today": ["Tell Now where things stand"],
        "week": ["Soon hears next", "Edge hears next"],
    }
    page = text_of(at_rosas_desk.get(DESK))
    assert "Five answers are owed." in page
    assert "Two are overdue." in page
    assert "5 days late" in page


def test_a_day_is_late_by_the_employers_calendar_and_not_by_utc(
    at_rosas_desk: Client, apply_due: Callable[..., Application]
) -> None:
    evening = dt.datetime(2026, 12, 4, 2, 0, tzinfo=dt.UTC)  # 3 December, 21:00 in New York
    with clock.clock_at(evening):
        apply_due("Now", 0)
        assert list(groups(at_rosas_desk)) == ["today"]


def test_nobody_waits_is_a_page_worth_reaching(at_rosas_desk: Client, cook: Job) -> None:
    page = text_of(at_rosas_desk.get(DESK))
    assert "Nobody waits for an answer." in page
    assert "All promises are kept." in page


def test_an_ended_application_is_owed_nothing_once_it_is_told(
    at_rosas_desk: Client, apply_due: Callable[..., Application], rosa: Identity
) -> None:
    one = apply_due("Late", -2)
    with one.employer.scope():
        message = one.decline(by=rosa).message
    page = at_rosas_desk.get(DESK)
    assert groups(at_rosas_desk) == {"held": ["Late: declined"]}, "decided, and on its way"
    assert page.context["total"] == 0
    assert "Nobody waits for an answer." in text_of(page)
    with one.employer.scope(), clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        message.settle(State.DELIVERED, source=Delivery.Source.DSN)
        assert groups(at_rosas_desk) == {}


def test_a_bounced_message_is_a_debt_until_a_conversation_pays_it(
    at_rosas_desk: Client, jo: Application, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.receipt.settle(State.BOUNCED, source=Delivery.Source.DSN, evidence="5.2.2")
        assert groups(at_rosas_desk) == {"overdue": ["Find another way to reach Jo Smith"]}
        jo.log_call(Call.Kind.VOICEMAIL, by=rosa)
        assert groups(at_rosas_desk) == {"overdue": ["Find another way to reach Jo Smith"]}
        jo.log_call(Call.Kind.CALL, by=rosa)
        assert groups(at_rosas_desk) == {}


def test_a_later_message_that_arrived_pays_for_the_one_that_did_not(
    at_rosas_desk: Client, jo: Application, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.receipt.settle(State.FAILED, source=Delivery.Source.SMTP)
        moved = jo.move(jo.next_stage(), by=rosa).message
        moved.settle(State.DELIVERED, source=Delivery.Source.DSN)
    assert groups(at_rosas_desk) == {}


@pytest.mark.parametrize("state", [State.BOUNCED, State.FAILED, State.SENT])
def test_an_end_nobody_is_proven_to_know_of_is_a_debt(
    state: str, at_rosas_desk: Client, jo: Application, rosa: Identity
) -> None:
    before = clock.now() - dt.timedelta(days=2)
    with clock.clock_at(before), jo.employer.scope():
        message = jo.decline(by=rosa).message
    with jo.employer.scope():
        message.settle(state, source=Delivery.Source.SMTP, at=before + dt.timedelta(minutes=11))
        assert groups(at_rosas_desk) == {"overdue": ["Tell Jo Smith that it has ended"]}
        jo.refresh_from_db()
        jo.log_call(Call.Kind.CALL, by=rosa, told=True)
        assert groups(at_rosas_desk) == {}


def test_an_end_on_hold_is_no_debt_yet(
    at_rosas_desk: Client, cook: Job, apply: Any, rosa: Identity
) -> None:
    no_mail = apply(cook, name="Lee", email="", phone="+15550104477")
    with cook.employer.scope():
        no_mail.decline(by=rosa)
    assert groups(at_rosas_desk) == {}
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        assert groups(at_rosas_desk) == {"overdue": ["Tell Lee that it has ended"]}


def test_what_hugo_wants_to_discuss_stands_here_until_somebody_answers(
    at_rosas_desk: Client, jo: Application, hugo: Identity, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.review(Review.Outcome.DISCUSS, by=hugo, reason="Nights?")
        assert groups(at_rosas_desk) == {"today": ["Talk about Jo Smith"]}
        jo.add_note("Spoke with Hugo: nights are fine", by=rosa)
        assert groups(at_rosas_desk) == {}


def test_a_move_answers_what_hugo_wanted_to_discuss(
    at_rosas_desk: Client, jo: Application, hugo: Identity, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.review(Review.Outcome.DISCUSS, by=hugo, reason="Nights?")
        jo.move(jo.next_stage(), by=rosa)
    assert "today" not in groups(at_rosas_desk)


def test_who_came_too_late_is_owed_an_answer(at_rosas_desk: Client, cook: Job) -> None:
    with cook.employer.scope():
        draft = ApplicationDraft.objects.create(job=cook, name="Late Lee", email="l@example.org")
    assert groups(at_rosas_desk) == {"today": ["Answer Late Lee, who came too late"]}
    page = text_of(at_rosas_desk.get(DESK))
    assert str(draft.pk) in page


def test_what_waits_for_a_person_is_a_debt_until_somebody_answers(
    at_rosas_desk: Client, asks: Callable[..., FollowUp], rosa: Identity
) -> None:
    late, now = asks("Late", -1), asks("Now", 0, topic=Topic.PROBLEM)
    asks("Soon", 2)
    with late.application.employer.scope():
        Application.objects.update(due_on=None)
    assert groups(at_rosas_desk) == {
        "overdue": ["Answer Late, who needs something to take part"],
        "today": ["Answer Now, who says that something is wrong"],
        "week": ["Answer Soon, who needs something to take part"],
    }
    page = text_of(at_rosas_desk.get(DESK))
    assert f"/desk/blue-spoon/follow-ups/{late.pk}/" in page
    assert "“Can Late have a lift?”" in page
    with late.application.employer.scope():
        late.respond("Yes.", by=rosa)
        now.settle(by=rosa)
    assert list(groups(at_rosas_desk)) == ["week"]


def test_hugo_owes_no_applicant_an_answer(
    at_hugos_desk: Client, hugos_job: Job, asks: Callable[..., FollowUp]
) -> None:
    asks("Late", -1)
    assert groups(at_hugos_desk) == {}


def test_rosa_may_look_at_her_own_jobs_alone(
    diner: Employer, cook: Job, apply_due: Callable[..., Application]
) -> None:
    apply_due("Late", -1)
    rita = signed_in(member(diner, "Rita", Role.RECRUITER))
    assert groups(rita) == {"overdue": ["Tell Late where things stand"]}
    assert groups(rita, f"{DESK}?whose=mine") == {}


def test_a_long_group_shows_its_first_rows_its_whole_count_and_pages(
    at_rosas_desk: Client, jo: Application
) -> None:
    with jo.employer.scope():
        day = clock.today(jo.employer.time_zone) - dt.timedelta(days=1)
        Application.objects.filter(pk=jo.pk).update(due_on=day)
        copies = [
            Application(
                job=jo.job, candidate=type(jo.candidate).objects.create(name=f"Lee {number}"),
                stage=jo.stage, reference=str(2_000_000_000 + number), name=f"Lee {number}",
                email=f"lee{number}@example.org", due_on=day,
            )
            for number in range(60)
        ]  # fmt: skip
        Application.objects.bulk_create(copies)
        jo.receipt.settle(State.BOUNCED, source=Delivery.Source.DSN)
    first = at_rosas_desk.get(DESK)
    (group,) = [group for group in first.context["groups"] if group.count]
    assert (group.count, len(list(group.page))) == (62, 25)
    assert "All 62" in text_of(first)
    both = [at_rosas_desk.get(f"{DESK}?group=overdue&page={number}") for number in (1, 2)]
    pages = [[row.key for row in page.context["groups"][0].page] for page in both]
    assert [len(page) for page in pages] == [50, 12]
    assert len({*pages[0], *pages[1]}) == 62


def test_hugo_sees_what_waits_for_his_word_and_says_it_once(
    at_hugos_desk: Client, hugos_job: Job, jo: Application, rosa: Identity, hugo: Identity
) -> None:
    page = at_hugos_desk.get(DESK)
    assert groups(at_hugos_desk) == {}
    assert page.context["unread"] == 1
    with jo.employer.scope():
        jo.move(jo.next_stage(), by=rosa)
        assert groups(at_hugos_desk) == {"later": ["Say a word on Jo Smith"]}
        jo.review(Review.Outcome.DISCUSS, by=hugo, reason="Nights?")
        assert groups(at_hugos_desk) == {}


def test_hugo_sees_nothing_of_other_jobs(
    at_hugos_desk: Client, cook: Job, jo: Application, rosa: Identity
) -> None:
    with jo.employer.scope():
        jo.move(jo.next_stage(), by=rosa)
    page = at_hugos_desk.get(DESK)
    assert "Jo Smith" not in text_of(page)
    assert page.context["unread"] == 0


def test_the_list_takes_as_many_statements_for_three_rows_as_for_one(
    at_rosas_desk: Client,
    apply_due: Callable[..., Application],
    asks: Callable[..., FollowUp],
    cook: Job,
    hugo: Identity,
) -> None:
    def one_of_each(name: str) -> None:
        for days in (-1, 0, 2):
            apply_due(f"{name} {days}", days)
            asks(f"{name} a{days}", days)
        with cook.employer.scope():
            Application.objects.filter(name__contains=" a").update(due_on=None)
            ApplicationDraft.objects.create(job=cook, name=name, email="l@example.org")
            bounced, asked = apply_due(f"{name} b", 30), apply_due(f"{name} d", 30)
            bounced.receipt.settle(State.BOUNCED, source=Delivery.Source.DSN)
            asked.review(Review.Outcome.DISCUSS, by=hugo, reason="Talk?")

    one_of_each("One")
    at_rosas_desk.get(DESK)
    with CaptureQueriesContext(connection) as once:
        at_rosas_desk.get(DESK)
    one_of_each("Two")
    one_of_each("Three")
    with CaptureQueriesContext(connection) as thrice:
        response = at_rosas_desk.get(DESK)
    assert response.context["total"] == 27
    assert len(thrice) == len(once) <= 31


def test_what_the_law_sets_a_day_for_stands_here_in_its_last_week_and_after(
    diner: Employer, cook: Job, jo: Application, rosa: Identity, page_of: Any
) -> None:
    place = {"country": "CA", "subdivision": "ON", "time_zone": "America/Toronto"}
    Employer.objects.filter(pk=diner.pk).update(**place)
    diner.refresh_from_db()
    met_at = dt.datetime(2026, 11, 19, 17, tzinfo=dt.UTC)
    with diner.scope(), clock.clock_at(met_at):
        jo.move(diner.stages.get(name="Interview"), by=rosa)
        Application.objects.update(due_on=None)
    at_rosas_desk = signed_in(rosa)
    said = {}
    for day in (27, 28, 34, 35):  # 45 days after 19 November it is 3 January
        with clock.clock_at(met_at + dt.timedelta(days=11 + day)):
            said |= {day: groups(at_rosas_desk)}
    tell = ["Tell Jo Smith the outcome"]
    assert said == {27: {}, 28: {"week": tell}, 34: {"today": tell}, 35: {"overdue": tell}}
    with clock.clock_at(met_at + dt.timedelta(days=50)):
        assert "interviewed Thursday, 19 November" in text_of(at_rosas_desk.get(DESK))
        page = text_of(at_rosas_desk.get(page_of(jo)))
        assert "By law told by" in page
        assert "O. Reg. 476/24" in page
        board = text_of(at_rosas_desk.get(f"{DESK}jobs/line-cook/"))
        assert "By law told by" in board
        assert "One was interviewed" in board


def test_a_scorecard_that_was_asked_for_stands_on_todays_list_of_whom_it_was_asked(
    at_rosas_desk: Client, at_hugos_desk: Client, hugos_job: Job, jo: Application,
    rosa: Identity, hugo: Identity,
) -> None:  # fmt: skip
    with jo.employer.scope():
        jo.move(jo.next_stage(), by=rosa)
        ask_for_card(Application.objects.for_page().get(pk=jo.pk), hugo, by=rosa)
    assert groups(at_rosas_desk) == {"held": ["Jo Smith: moved to a stage"]}
    assert groups(at_hugos_desk) == {
        "week": ["Score Jo Smith"],
        "later": ["Say a word on Jo Smith"],
    }


def test_on_the_date_whoever_hears_today_comes_before_what_has_no_date(
    at_rosas_desk: Client, apply_due: Callable[..., Application], hugo: Identity
) -> None:
    to_discuss = apply_due("Talk", 5)
    with to_discuss.employer.scope():
        to_discuss.review(Review.Outcome.DISCUSS, by=hugo, reason="Which shift?")
    apply_due("Now", 0)
    assert next(iter(groups(at_rosas_desk))) == "today"
    assert groups(at_rosas_desk)["today"] == ["Tell Now where things stand", "Talk about Talk"]


def test_a_slip_that_was_not_handed_over_is_owed(
    at_rosas_desk: Client, cook: Job, rosa: Identity
) -> None:
    with cook.employer.scope():
        form = Submission(id=uuid7(), name="Bo Lind", source="walk-in")
        bo = take_in(cook, form, by=rosa).application
        assert groups(at_rosas_desk)["today"] == ["Give Bo Lind their slip"]
        give_slip(bo, key=uuid7(), by=rosa)
    assert "today" not in groups(at_rosas_desk)


def test_who_was_spoken_with_needs_no_slip(
    at_rosas_desk: Client, cook: Job, rosa: Identity
) -> None:
    with cook.employer.scope():
        form = Submission(id=uuid7(), name="Bo Lind", source="phone")
        take_in(cook, form, by=rosa).application.log_call(Call.Kind.CALL, by=rosa)
    assert "today" not in groups(at_rosas_desk)
