from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings

from sincerely.outbox.models import Message
from tests.outbox.provider_api import TAKEN, ProviderApi

Queue = Callable[..., Message]
Run = Callable[..., list[str]]
State = Message.State


@pytest.fixture
def postmark(settings: LazySettings) -> Iterator[ProviderApi]:
    api = ProviderApi()
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": api.start()}
    yield api
    api.stop()


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_a_provider_s_api_takes_the_mail_with_our_token_and_message_id(
    queue: Queue, run_jobs: Run, postmark: ProviderApi
) -> None:
    message = queue()
    run_jobs()
    (got,) = postmark.got
    assert got["Metadata"] == {"message_token": message.token}
    assert {"Name": "Message-ID", "Value": message.message_id} in got["Headers"]
    assert {"Name": "X-PM-KeepID", "Value": "true"} in got["Headers"]
    assert (got["Subject"], got["TextBody"].split("\n")[0]) == (message.subject, "Dear Jo,")
    assert again(message).state == State.SENT
    assert message.deliveries.get().evidence == f"handed to Postmark as {TAKEN['MessageID']}"


def test_no_pixel_and_no_changed_link_is_asked_for(
    queue: Queue, run_jobs: Run, postmark: ProviderApi
) -> None:
    queue()
    run_jobs()
    assert (postmark.got[0]["TrackOpens"], postmark.got[0]["TrackLinks"]) == (False, "None")


def test_a_provider_that_knows_no_words_of_ours_gets_the_token_as_a_tag(
    queue: Queue, run_jobs: Run, settings: LazySettings
) -> None:
    api = ProviderApi(status=202, answer={})
    settings.EMAIL_BACKEND = "anymail.backends.mailersend.EmailBackend"
    settings.ANYMAIL = {"MAILERSEND_API_TOKEN": "t", "MAILERSEND_API_URL": api.start()}
    message = queue()
    run_jobs()
    api.stop()
    assert api.got[0]["tags"] == [message.token]
    assert again(message).state == State.SENT


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [
        (500, 0, State.QUEUED),
        (401, 10, State.QUEUED),  # our token is wrong: a person can put it right
        (422, 405, State.QUEUED),  # not allowed to send: about us, not about Jo
        (422, 406, State.BOUNCED),  # inactive recipient
    ],
)
def test_what_the_provider_says_decides_the_state(
    queue: Queue, run_jobs: Run, postmark: ProviderApi, status: int, code: int, state: str
) -> None:
    said = (
        "You tried to send to a recipient that has been marked as inactive.\n Found inactive "
        "addresses: jo@example.org.\n Inactive recipients are ones that have bounced."
    )
    postmark.status, postmark.answer = status, {"ErrorCode": code, "Message": said}
    message = queue()
    run_jobs()
    assert again(message).state == state
    assert "Postmark" in message.deliveries.get().evidence


def test_a_provider_that_is_down_loses_nothing(
    queue: Queue, run_jobs: Run, settings: LazySettings
) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "t", "POSTMARK_API_URL": "http://127.0.0.1:9/"}
    message = queue()
    run_jobs()
    assert again(message).state == State.QUEUED
