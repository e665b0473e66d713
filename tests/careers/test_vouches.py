from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Job, Referral, Vouch
from sincerely.hiring.referral_links import answer_link, vouch_link
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from tests.careers.conftest import text_of
from tests.careers.test_referrals import path_of

Refer = Callable[..., Referral]


@pytest.fixture
def vouch(refer: Refer, diner: Employer) -> Vouch:
    """Kim was asked whether Jo may call within two weeks."""
    with diner.scope():
        return Vouch.objects.select_related("employer", "referral").get(referral=refer())


@pytest.fixture
def question(vouch: Vouch) -> str:
    return path_of(answer_link(vouch))


def yes(vouch: Vouch, **given: str) -> dict[str, str]:
    known = {"number": "+1 212-555-0142", "until": vouch.until.isoformat()}
    return {"answer": "yes"} | known | given


def again(vouch: Vouch) -> Vouch:
    with vouch.employer.scope():
        return Vouch.objects.select_related("employer").get(pk=vouch.pk)


def status_page(visitor: Client, application: Application) -> str:
    return text_of(visitor.get(f"/a/{status_token(application)}/"))


def test_the_question_names_who_asks_for_whom_and_looking_changes_nothing(
    visitor: Client, question: str, vouch: Vouch
) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = visitor.get(question)
        visitor.head(question)
    page = text_of(answer)
    assert "May Jo Smith call you?" in page
    assert "Pat Moss has referred them for Line cook" in page
    assert 'value="+1 212-555-0142"' in page
    assert f'value="{vouch.until}"' in page
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert again(vouch).confirmed_at is None


def test_one_click_says_yes_and_the_applicant_sees_it(
    visitor: Client, question: str, vouch: Vouch, jo: Application
) -> None:
    assert "Kim Adair" not in status_page(visitor, jo)
    answer = visitor.post(question, yes(vouch))
    assert answer.status_code == 303
    assert "Jo Smith may call you." in text_of(visitor.get(answer["Location"]))
    page = status_page(visitor, jo)
    assert "You may contact Kim Adair" in page
    assert "+1 212-555-0142" in page
    assert f"{vouch.until:%A}, {vouch.until.day} {vouch.until:%B}" in page


def test_a_yes_is_what_the_protocol_advises_and_leaves_the_plain_question_as_it_was(
    vouch: Vouch, jo: Application, visitor: Client
) -> None:
    with vouch.employer.scope():
        jo.receipt.settle("delivered", source="dsn", evidence="2.0.0")
        before = contact_advice(jo)
        vouch.confirm(until=vouch.until)
        after = contact_advice(jo)
    assert before.verdict.rule != "vouched"
    assert (after.verdict.rule, after.verdict.action) == ("vouched", "call")
    assert (after.verdict.to.name, after.verdict.until) == ("Kim Adair", vouch.until)
    assert after.asking == before.asking
    assert after.asking_draft == before.asking_draft
    page = status_page(visitor, jo)
    assert "You may contact Kim Adair once, by phone," in page
    assert "Pat Moss told me that I may call." in page
    later = clock.now() + dt.timedelta(days=15)
    with vouch.employer.scope(), clock_at(later):
        assert contact_advice(jo).verdict.rule != "vouched"


@pytest.mark.parametrize("after", ["waiting", "declined", "revoked", "unanswered", "ended"])
def test_a_name_that_does_not_stand_is_shown_to_nobody(
    visitor: Client, vouch: Vouch, question: str, jo: Application, after: str
) -> None:
    """Not the name, and no other letter on the page: the applicant cannot tell one from another."""
    before = status_page(visitor, jo)
    with vouch.employer.scope():
        if after in {"revoked", "ended"}:
            vouch.confirm(until=vouch.until)
        if after == "declined":
            vouch.decline()
        if after == "revoked":
            vouch.revoke(by="Kim Adair")
        if after in {"unanswered", "ended"}:
            yesterday = clock.today("America/New_York") - dt.timedelta(days=1)
            Vouch.objects.update(until=yesterday)
    assert status_page(visitor, jo) == before
    assert "Kim" not in before


def test_after_the_end_nobody_is_named(visitor: Client, vouch: Vouch, jo: Application) -> None:
    with vouch.employer.scope():
        vouch.confirm(until=vouch.until)
        jo.withdraw()
    assert "Kim Adair" not in status_page(visitor, jo)


def test_a_held_decision_changes_nothing_about_it(
    visitor: Client, vouch: Vouch, jo: Application, rosa: Identity
) -> None:
    with vouch.employer.scope():
        vouch.confirm(until=vouch.until)
        before = status_page(visitor, jo)
        jo.decline(by=rosa)
    assert status_page(visitor, jo) == before
    assert "You may contact Kim Adair" in before


def test_a_no_is_kept_and_told_to_nobody(
    visitor: Client, question: str, vouch: Vouch, jo: Application
) -> None:
    # What stands in the other fields does not matter.
    answer = visitor.post(question, {"answer": "no", "until": "?"})
    assert "You said no." in text_of(visitor.get(answer["Location"]))
    assert again(vouch).declined_at
    with vouch.employer.scope():
        assert not Message.objects.filter(kind__in=("vouched", "vouch_given")).exists()


@pytest.mark.parametrize("first", ["yes", "no"])
def test_a_forwarded_link_is_dead_after_the_one_answer_and_names_nobody(
    visitor: Client, question: str, vouch: Vouch, first: str
) -> None:
    visitor.post(question, yes(vouch, answer=first))
    before = again(vouch)
    for answer in (
        visitor.get(question),
        visitor.post(question, yes(vouch)),
        visitor.post(question, {"answer": "no"}),
        visitor.post(question),
    ):
        assert answer.status_code == 410
        assert "This question is not open any more." in text_of(answer)
        assert "Jo Smith" not in text_of(answer)
    after = again(vouch)
    assert (after.confirmed_at, after.declined_at, after.revoked_at) == (
        before.confirmed_at,
        before.declined_at,
        before.revoked_at,
    )


def test_who_clicked_yes_in_another_name_is_found_out_by_the_mail(
    visitor: Client, question: str, vouch: Vouch
) -> None:
    visitor.post(question, yes(vouch))
    with vouch.employer.scope():
        (mail,) = Message.objects.filter(kind="vouch_given")
    assert mail.to_address == "kim@blue-spoon.example"
    assert vouch_link(vouch) in mail.text
    assert answer_link(vouch) not in mail.text


def test_a_yes_can_be_taken_back_by_post_alone(
    visitor: Client, question: str, vouch: Vouch, jo: Application
) -> None:
    own_page = visitor.post(question, yes(vouch))["Location"]
    visitor.get(own_page)
    visitor.head(own_page)
    assert "Kim Adair" in status_page(visitor, jo)
    answer = visitor.post(own_page, follow=True)
    assert "It is taken back." in text_of(answer)
    assert "Kim Adair" not in status_page(visitor, jo)
    assert visitor.post(own_page).status_code == 303


def test_after_the_last_day_both_links_have_ended(
    visitor: Client, question: str, vouch: Vouch
) -> None:
    later = clock.now() + dt.timedelta(days=20)
    with clock_at(later):
        assert visitor.get(question).status_code == 410
        assert visitor.post(question, yes(vouch)).status_code == 410
        assert "This has ended by itself." in text_of(visitor.get(path_of(vouch_link(vouch))))
    assert again(vouch).confirmed_at is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"until": ""}, "Choose the last day."),
        ({"until": "2020-01-01"}, "This day has passed."),
        ({"until": "2999-01-01"}, "That is far ahead."),
        ({"number": ""}, "Write the number at which you may be called."),
        ({"number": "call me"}, "Please write the number in digits"),
        ({"number": "9" * 300}, "We cannot read this as a phone number"),
    ],
)
def test_a_yes_that_cannot_be_is_said_and_asked_again(
    visitor: Client, question: str, vouch: Vouch, change: dict[str, str], said: str
) -> None:
    answer = visitor.post(question, yes(vouch, **change))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert again(vouch).confirmed_at is None


def test_neither_yes_nor_no_is_no_answer(visitor: Client, question: str, vouch: Vouch) -> None:
    for answer in ("", "maybe"):
        assert visitor.post(question, yes(vouch, answer=answer)).status_code == 422
    assert again(vouch).confirmed_at is None


def test_by_e_mail_only_the_last_day_is_asked(
    visitor: Client, refer: Refer, diner: Employer, jo: Application
) -> None:
    with diner.scope():
        vouch = refer(contact={"channel": "email", "number": ""}).vouches.get()
    page = text_of(visitor.get(path_of(answer_link(vouch))))
    assert "May Jo Smith write to you?" in page
    assert 'name="number"' not in page
    visitor.post(path_of(answer_link(vouch)), {"answer": "yes", "until": str(vouch.until)})
    assert "mailto:kim@blue-spoon.example" in status_page(visitor, jo)


def test_a_strangers_link_leads_nowhere(
    visitor: Client, vouch: Vouch, question: str, hospital: Employer, cook: Job
) -> None:
    own_page = path_of(vouch_link(vouch))
    token = question.split("/")[-3]
    wrong = [
        question.replace("blue-spoon", "st-brigid"),
        question.replace(token, token[:-2]),
        question.replace(token, status_token(vouch)),
        own_page + "answer/",
        f"/e/blue-spoon/vouches/{token}/",
        own_page.replace("blue-spoon", "st-brigid"),
        "/e/nobody/vouches/x/",
    ]
    for path in wrong:
        for answer in (visitor.get(path), visitor.post(path, yes(vouch))):
            assert answer.status_code == 404, path
            assert b"Jo Smith" not in answer.content
    assert again(vouch).confirmed_at is None


def test_a_vouch_whose_row_is_gone_is_answered_like_a_damaged_link(
    visitor: Client, vouch: Vouch, question: str
) -> None:
    with vouch.employer.scope():
        Vouch.objects.all().delete()
    assert visitor.get(question).status_code == 404


def test_the_person_says_that_they_were_in_touch_and_may_take_it_back(
    visitor: Client, vouch: Vouch, jo: Application
) -> None:
    with vouch.employer.scope():
        vouch.confirm(until=vouch.until)
    page = path_of(vouch_link(vouch))
    assert "Have they been in touch?" in text_of(visitor.get(page))
    assert visitor.get(f"{page}contact/").status_code == 303  # looking changes nothing
    assert "You may contact Kim Adair" in status_page(visitor, jo)
    said = text_of(visitor.post(f"{page}contact/", {"answer": "yes"}, follow=True))
    assert "You have been in touch" in said
    status = status_page(visitor, jo)
    assert "You were in touch with Kim Adair" in status
    assert "tel:+12125550142" not in status
    visitor.post(f"{page}contact/", {"answer": "undo"})
    assert "You may contact Kim Adair" in status_page(visitor, jo)


def test_who_has_not_applied_yet_cannot_have_been_in_touch_about_it(
    visitor: Client, vouch: Vouch
) -> None:
    with vouch.employer.scope():
        vouch.confirm(until=vouch.until)
    page = path_of(vouch_link(vouch))
    assert "Have they been in touch?" not in text_of(visitor.get(page))
    assert visitor.post(f"{page}contact/", {"answer": "yes"}).status_code == 303
