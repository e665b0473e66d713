from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.utils.http import urlencode

from sincerely.accounts.models import Employer
from sincerely.inbound.jobs import read_provider_call, sweep_provider_calls
from sincerely.inbound.models import InboundMail, ProviderCall
from sincerely.kernel import clock
from sincerely.outbox.models import Message, Suppression
from tests.inbound.provider_shapes import (
    BASIC,
    GONE,
    HARD_BOUNCE,
    KEY,
    LATER,
    PASSWORD,
    SPAM,
    Mailgun,
    mailgun_seal,
    postmark,
)

Run = Callable[..., list[str]]
MAILGUN, POSTMARK = "/hooks/mail/mailgun/tracking/", "/hooks/mail/postmark/tracking/"
MIME = (
    b"From: Jo <jo@example.org>\r\nTo: jobs@diner.example\r\nSubject: Still open?\r\n\r\nIs it?\r\n"
)


@pytest.fixture(autouse=True)
def agreed(settings: LazySettings) -> None:
    """What was agreed on with two providers."""
    settings.EMAIL_HOOKS = ["mailgun", "postmark"]
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY, "POSTMARK_SERVER_TOKEN": "t"}


@pytest.fixture
def with_password(settings: LazySettings) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": PASSWORD}


@pytest.fixture
def sent(at_diner: Employer) -> Message:
    message = at_diner.messages.queue(
        kind="receipt", to_address="jo@example.org", subject="Hello", text="Hello"
    )
    message.settle("sent", source="smtp reply")
    return Message.objects.get(pk=message.pk)


def call(address: str, body: Any, **more: Any) -> Any:
    return Client().post(address, body, content_type="application/json", **more)


def by_postmark(body: str, address: str = POSTMARK) -> Any:
    return call(address, body, headers={"Authorization": BASIC})


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def heard(message: Message) -> list[tuple[str, str]]:
    rows = message.deliveries.exclude(source="smtp reply")
    return [(row.state, row.source) for row in rows]


@pytest.mark.parametrize(
    ("event", "more", "state"),
    [
        ("delivered", {}, "delivered"),
        ("failed", GONE, "bounced"),
        ("failed", LATER, "delayed"),
        ("rejected", {"reject": {"reason": "old"}}, "bounced"),
        ("complained", {}, "delivered"),
    ],
)
def test_a_report_of_mailgun_s_settles_the_message_whose_token_it_carries(
    sent: Message, run_jobs: Run, event: str, more: dict[str, Any], state: str
) -> None:
    assert call(MAILGUN, Mailgun(event, sent.token, more).json()).status_code == 200
    assert again(sent).state == "sent"  # stored, and not read as yet
    run_jobs()
    assert again(sent).state == state
    assert heard(sent) == [(state, "webhook")]
    said = more.get("delivery-status", {}).get("message", "mailgun")
    assert said in sent.deliveries.get(source="webhook").evidence


@pytest.mark.parametrize(
    ("record", "more", "state"),
    [("Delivery", {}, "delivered"), ("Bounce", HARD_BOUNCE, "bounced")],
)
def test_a_report_of_postmark_s_does_so_with_the_password(
    sent: Message, run_jobs: Run, with_password: None, record: str, more: Any, state: str
) -> None:
    assert by_postmark(postmark(record, sent.token, **more)).status_code == 200
    run_jobs()
    assert heard(sent) == [(state, "webhook")]
    assert again(sent).settled_at.isoformat() == "2026-11-26T08:00:00+00:00"


def test_who_complains_gets_no_more_mail_and_the_reason_is_kept(
    sent: Message, run_jobs: Run, with_password: None
) -> None:
    by_postmark(postmark("SpamComplaint", sent.token, **SPAM))
    run_jobs()
    stop = Suppression.objects.stopping("jo@example.org")
    assert (stop.reason, stop.by) == ("Marked a mail of ours as unwanted (spam)", "postmark")


def test_a_call_that_nobody_signed_is_refused(sent: Message, with_password: None) -> None:
    forged = Mailgun("failed", sent.token, GONE, mailgun_seal(key="another key")).json()
    answers = [
        call(MAILGUN, forged, headers={"Authorization": BASIC}),
        call(MAILGUN, "{}", headers={"Authorization": BASIC}),
        call(MAILGUN, "no JSON", headers={"Authorization": BASIC}),
        call(POSTMARK, postmark("Bounce", sent.token, **HARD_BOUNCE)),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]
    assert ProviderCall.objects.count() == 0


def test_a_provider_without_a_secret_is_no_open_door(sent: Message) -> None:
    assert call(POSTMARK, postmark("Bounce", sent.token, **HARD_BOUNCE)).status_code == 503
    assert ProviderCall.objects.count() == 0


def test_a_call_repeated_is_one(sent: Message, run_jobs: Run) -> None:
    body = Mailgun("delivered", sent.token).json()
    assert [call(MAILGUN, body).status_code for _ in range(3)] == [200, 200, 200]
    run_jobs()
    assert heard(sent) == [("delivered", "webhook")]
    read_provider_call.func(key=ProviderCall.objects.get().key)
    assert heard(sent) == [("delivered", "webhook")]


def test_a_signature_of_mailgun_s_cannot_be_put_under_another_body(
    sent: Message, run_jobs: Run
) -> None:
    seal = mailgun_seal()
    call(MAILGUN, Mailgun("delivered", sent.token, seal=seal).json())
    assert call(MAILGUN, Mailgun("failed", sent.token, GONE, seal).json()).status_code == 403
    run_jobs()
    assert again(sent).state == "delivered"


def test_what_was_signed_long_ago_or_in_the_future_is_refused(sent: Message) -> None:
    for at in (time.time() - 27 * 3600, time.time() + 3600):
        body = Mailgun("delivered", sent.token, seal=mailgun_seal(at)).json()
        assert call(MAILGUN, body).status_code == 403
    assert ProviderCall.objects.count() == 0


def test_the_same_event_in_two_calls_is_noted_once(sent: Message, run_jobs: Run) -> None:
    for _ in range(2):
        call(MAILGUN, Mailgun("delivered", sent.token).json())
    run_jobs()
    assert ProviderCall.objects.count() == 2
    assert heard(sent) == [("delivered", "webhook")]


def test_what_is_about_nothing_of_ours_changes_nothing(sent: Message, run_jobs: Run) -> None:
    call(MAILGUN, Mailgun("delivered", sent.token[:-2] + "aa").json())
    call(MAILGUN, Mailgun("opened", sent.token).json())
    call(MAILGUN, json.dumps({"signature": mailgun_seal(), "event-data": {"event": []}}))
    run_jobs()
    assert again(sent).state == "sent"
    said = sorted(row.outcome or row.reason[:15] for row in ProviderCall.objects.all())
    assert said == [
        "cannot be read:",
        "delivered: not about a mail of ours",
        "opened: nothing to note",
    ]


def test_only_providers_that_were_named_have_an_address(settings: LazySettings, db: None) -> None:
    answers = [Client().post(f"/hooks/mail/{name}/") for name in ("resend/tracking", "x/tracking")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert call("/hooks/mail/mailgun/settings/", "{}").status_code == 404
    assert Client().get(MAILGUN).status_code == 405
    assert Client().head(MAILGUN).status_code == 200


def test_a_call_that_is_too_large_is_refused(sent: Message) -> None:
    assert call(MAILGUN, b"x" * (4 * 1024 * 1024 + 1)).status_code == 413


def test_a_call_whose_job_was_lost_is_read_by_the_sweeper(sent: Message, run_jobs: Run) -> None:
    call(MAILGUN, Mailgun("delivered", sent.token).json())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    with clock.clock_at(clock.now() + dt.timedelta(minutes=6)):
        sweep_provider_calls.func(timestamp=0)
        run_jobs()
    assert again(sent).state == "delivered"


def test_a_mail_that_a_provider_hands_on_lies_where_mailin_puts_it(
    run_jobs: Run, with_password: None, db: None
) -> None:
    body = {
        "FromFull": {"Email": "jo@example.org", "Name": "Jo"},
        "OriginalRecipient": "rtoken@replies.example",
        "Headers": [{"Name": "Return-Path", "Value": "<jo@example.org>"}],
        "RawEmail": MIME.decode(),
        "MessageID": "22c74902-a0c1-4511-804f2-341342852c90",
    }
    for _ in range(2):
        assert by_postmark(json.dumps(body), "/hooks/mail/postmark/inbound/").status_code == 200
    run_jobs()
    mail = InboundMail.objects.get()
    assert (mail.sender, mail.recipients) == ("jo@example.org", ["rtoken@replies.example"])
    assert bytes(mail.raw).replace(b"\r\n", b"\n") == MIME.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("as_form", ["urlencoded", "multipart"])
def test_mailgun_may_hand_on_a_mail_larger_than_a_form_may_be(
    run_jobs: Run, db: None, as_form: str
) -> None:
    raw = MIME + b"x" * 76 + b"\r\n" + (b"y" * 76 + b"\r\n") * 10_000
    form = {
        **mailgun_seal(),
        "sender": "jo@example.org",
        "recipient": "jobs@diner.example",
        "body-mime": raw.decode(),
    }
    address = "/hooks/mail/mailgun/inbound_mime/"
    if as_form == "urlencoded":
        kind = "application/x-www-form-urlencoded"
        answer = Client().post(address, urlencode(form), content_type=kind)
    else:
        answer = Client().post(address, form)
    assert answer.status_code == 200
    run_jobs()
    mail = InboundMail.objects.get()
    assert (mail.sender, mail.recipients) == ("jo@example.org", ["jobs@diner.example"])
    assert len(bytes(mail.raw).replace(b"\r\n", b"\n")) == len(raw.replace(b"\r\n", b"\n"))


def test_a_hostile_form_is_refused_and_not_parsed(db: None) -> None:
    kind = "multipart/form-data; boundary=b"
    parts = b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\n\r\n" * 5_000
    answer = Client().post("/hooks/mail/mailgun/inbound/", parts, content_type=kind)
    assert answer.status_code == 400
    assert b"1,000 parts" in answer.content
