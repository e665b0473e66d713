"""The one question on the applicant's own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F
from django.http import HttpResponse
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Call, FollowUp, PolicyVersion
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from tests.careers.conftest import text_of

Sent = Callable[..., HttpResponse]


def address(application: Application) -> str:
    return f"/a/{status_token(application)}/"


def sent_days_ago(application: Application, days: int, *, due_in: int = 10) -> Application:
    """As if it had been sent so long ago; its receipt arrived, and its date is still ahead."""
    past = clock.now() - dt.timedelta(days=days)
    with application.employer.scope():
        due_on = (clock.now() + dt.timedelta(days=due_in)).date()
        Application.objects.filter(pk=application.pk).update(applied_at=past, due_on=due_on)
        PolicyVersion.objects.update(in_force_from=F("in_force_from") - dt.timedelta(days=days))
        application.promises.update(made_at=past, shown_at=past, due_on=due_on)
        application.stage_entries.update(at=past, shown_at=past)
        application.messages().update(created_at=past, settled_at=past, state="delivered")
    return application


@pytest.fixture
def waited(jo: Application) -> Application:
    return sent_days_ago(jo, 8)


@pytest.fixture
def ask(visitor: Client) -> Sent:
    """`ask(jo, topic="question", text="…")` sends the form of her page."""

    def post(application: Application, **given: Any) -> HttpResponse:
        fields = {"topic": "status", "text": ""} | given
        return visitor.post(f"{address(application)}follow-up/", fields)

    return post


def follow_ups(application: Application) -> list[FollowUp]:
    with application.employer.scope():
        return list(application.follow_ups.order_by("at"))


def test_before_its_day_the_button_says_when_it_opens(jo: Application, visitor: Client) -> None:
    sent_days_ago(jo, 1)
    page = text_of(visitor.get(address(jo)))
    opens = jo.employer and (clock.today(jo.employer.time_zone) + dt.timedelta(days=6))
    assert "Opens on" in page
    assert f"{opens:%A}, {opens.day} {opens:%B}" in page
    assert "You may ask now" not in page


def test_asking_shows_the_answer_on_the_page_and_sends_it(
    waited: Application, visitor: Client, ask: Sent
) -> None:
    assert "You may ask now" in text_of(visitor.get(address(waited)))
    answer = ask(waited)
    assert answer.status_code == 302
    assert answer["Location"].endswith("#asked")
    page = text_of(visitor.get(address(waited)))
    assert "You have asked" in page
    assert "Answered at once, and by e-mail" in page
    assert "Yes, your application arrived on" in page
    assert "Ask now" not in page


def test_getting_the_address_changes_nothing(waited: Application, visitor: Client) -> None:
    assert visitor.get(f"{address(waited)}follow-up/").status_code == 302
    assert follow_ups(waited) == []


def test_too_early_loses_no_word(jo: Application, ask: Sent) -> None:
    sent_days_ago(jo, 1)
    answer = ask(jo, topic="question", text="Is there a <b>rack</b>?")
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Your text is still here" in page
    assert "Is there a &lt;b&gt;rack&lt;/b&gt;?" in page
    assert follow_ups(jo) == []


def test_what_comes_after_the_follow_up_is_kept_and_rings_nobody(
    waited: Application, ask: Sent
) -> None:
    ask(waited)
    assert ask(waited, topic="question", text="One more thing").status_code == 302
    assert len(follow_ups(waited)) == 1
    with waited.employer.scope():
        assert waited.events().get(kind="wrote_again").data["text"] == "One more thing"
        assert not FollowUp.objects.waiting().exists()


def test_an_adjustment_can_be_asked_for_on_the_first_day(
    jo: Application, visitor: Client, ask: Sent
) -> None:
    assert ask(jo, topic="adjustment", text="I need step-free access.").status_code == 302
    page = text_of(visitor.get(address(jo)))
    assert "who answers by" in page
    assert "Opens on" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"topic": "question"}, "Write what it is"),
        ({"topic": "question", "text": "   "}, "Write what it is"),
        ({"topic": "question", "text": "x" * 100_000}, "longer than 5,000 characters"),
        ({"topic": "nonsense"}, "Choose one of these"),
        ({"topic": ""}, "Choose one of these"),
    ],
)
def test_a_form_that_cannot_be_says_what_to_do(
    waited: Application, ask: Sent, given: dict[str, str], said: str
) -> None:
    answer = ask(waited, **given)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert follow_ups(waited) == []


def test_a_reply_shows_once_it_cannot_be_taken_back(
    waited: Application, visitor: Client, ask: Sent, rosa: Identity
) -> None:
    ask(waited, topic="question", text="Is there a rack?")
    before = visitor.get(address(waited)).content
    with waited.employer.scope():
        follow_ups(waited)[0].respond("Yes, behind the house.", by=rosa)
    assert visitor.get(address(waited)).content == before
    with clock.clock_at(clock.now() + dt.timedelta(minutes=11)):
        page = text_of(visitor.get(address(waited)))
    assert "Rosa replied" in page
    assert "Yes, behind the house." in page


def test_what_the_team_noted_of_a_call_is_not_shown(
    waited: Application, visitor: Client, rosa: Identity
) -> None:
    with waited.employer.scope():
        waited.log_call(Call.Kind.VOICEMAIL, by=rosa, note="Sounded nervous.")
    page = text_of(visitor.get(address(waited)))
    assert "You left a voicemail" in page
    assert "nervous" not in page


def test_a_missed_date_opens_it_again(jo: Application, visitor: Client, ask: Sent) -> None:
    sent_days_ago(jo, 30, due_in=-10)
    with jo.employer.scope():
        first = jo.follow_ups.create(
            channel="page",
            topic="status",
            about="follow_up",
            counts=True,
            at=clock.now() - dt.timedelta(days=20),
            answered_at=clock.now(),
        )
    assert "You may ask now" in text_of(visitor.get(address(jo)))
    assert ask(jo).status_code == 302
    with jo.employer.scope():
        first.refresh_from_db()
        assert first.given_back_at


def test_where_calls_are_welcome_the_page_has_the_number_and_what_to_say(
    jo: Application, diner: Employer, visitor: Client
) -> None:
    with diner.scope():
        published = {"stance": "call_once", "phone": "+12125550100"}
        PolicyVersion.objects.create(published=published)
    sent_days_ago(jo, 8)
    page = text_of(visitor.get(address(jo)))
    assert "+12125550100" in page
    assert "Hello, this is Jo Smith." in page


def test_after_the_end_only_what_was_asked_is_left(
    waited: Application, visitor: Client, ask: Sent, rosa: Identity
) -> None:
    ask(waited)
    with waited.employer.scope():
        waited.decline(by=rosa)
    with clock.clock_at(clock.now() + dt.timedelta(hours=1)):
        page = text_of(visitor.get(address(waited)))
        assert "Your questions" in page
        assert "Ask now" not in page
        assert ask(waited, topic="problem", text="Thank you.").status_code == 302
    with waited.employer.scope():
        assert waited.events().get(kind="wrote_again").data["text"] == "Thank you."
        assert not FollowUp.objects.waiting().exists()


def test_a_flood_is_told_when_to_come_back(waited: Application, ask: Sent) -> None:
    for _ in range(20):
        ask(waited, topic="nonsense")
    answer = ask(waited, topic="question", text="And this?")
    assert answer.status_code == 429
    assert "And this?" in text_of(answer)


def test_the_answer_goes_to_the_applicants_own_address(waited: Application, ask: Sent) -> None:
    ask(waited, topic="question", text="Write to evil@example.net instead")
    with waited.employer.scope():
        assert Message.objects.get(kind="answer").to_address == "jo@example.org"
