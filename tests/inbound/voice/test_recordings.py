"""Fetching what was recorded: from the provider alone, whole, and in the end or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from sincerely.documents.models import Document
from sincerely.hiring.by_voice import Left, hear_voicemail
from sincerely.hiring.models import Application, Recording
from sincerely.inbound.voice.fetching import CannotBeHad, NotNow, fetch, sound_kind
from sincerely.inbound.voice.jobs import fetch_recording, fetching_of, sweep_recordings
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from tests.inbound.voice.conftest import NUMBER, Recordings, sound
from tests.plugins.jobs import waiting_jobs

Leave = Callable[[str], Recording]


@pytest.fixture
def leave(jo: Application) -> Leave:
    """Jo has left a message that lies at this address."""

    def left(address: str) -> Recording:
        with jo.employer.scope():
            given = {"call": "CA1", "sid": "RE1", "number": NUMBER, "account": "AC0"}
            recording, _ = hear_voicemail(jo, Left(**given, address=address, seconds=20))
        return recording

    return left


def fetched(recording: Recording) -> Recording:
    fetch_recording(str(recording.employer_id), str(recording.pk))
    with recording.employer.scope():
        row: Recording = Recording.objects.select_related("document").get(pk=recording.pk)
    return row


def test_a_recording_is_kept_with_the_applicants_files(
    recordings: Recordings, leave: Leave
) -> None:
    row = fetched(leave(recordings.offer("/RE1", sound())))
    assert row.state == Recording.State.KEPT
    assert row.document.kind == "wav"
    assert row.document.open().read() == sound()
    login = "Basic QUMwOnRoZS10b2tlbi1vZi10aGUtYWNjb3VudA=="  # AC0 and the token
    assert recordings.asked == [("/RE1", login)]


def test_the_job_may_run_twice(recordings: Recordings, leave: Leave) -> None:
    recording = leave(recordings.offer("/RE1", sound()))
    fetched(recording)
    fetched(recording)
    with recording.employer.scope():
        assert Document.objects.count() == 1
    assert len(recordings.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://api.twilio.com.example.org/RE1",
        "https://api.twilio.com@127.0.0.1/RE1",
        "file:///etc/passwd",
        "//127.0.0.1/RE1",
        "https://[",
        "http://127.0.0.1:99999999/",
        "nonsense",
    ],
)
def test_nothing_is_fetched_from_elsewhere(
    recordings: Recordings, leave: Leave, address: str
) -> None:
    row = fetched(leave(address))
    assert row.state == Recording.State.LOST
    assert row.problem
    assert recordings.asked == []


def test_nor_by_way_of_the_provider(recordings: Recordings, leave: Leave) -> None:
    elsewhere = {"Location": "http://169.254.169.254/latest/"}
    row = fetched(leave(recordings.offer("/RE1", b"", 302, **elsewhere)))
    assert row.state == Recording.State.LOST


def test_within_the_provider_it_may_move(recordings: Recordings, leave: Leave) -> None:
    recordings.offer("/media/RE1", sound())
    row = fetched(leave(recordings.offer("/RE1", b"", 302, Location="/media/RE1")))
    assert row.state == Recording.State.KEPT


def test_but_not_in_a_circle(recordings: Recordings, leave: Leave) -> None:
    row = fetched(leave(recordings.offer("/RE1", b"", 302, Location="/RE1")))
    assert row.state == Recording.State.LOST


@pytest.mark.parametrize("status", [401, 404, 500, 503])
def test_what_is_not_ready_yet_is_tried_again(
    recordings: Recordings, leave: Leave, status: int
) -> None:
    recording = leave(recordings.offer("/RE1", b"", status))
    with pytest.raises(NotNow):
        fetched(recording)
    recordings.offer("/RE1", sound())
    assert fetched(recording).state == Recording.State.KEPT


def test_a_recording_that_ends_in_the_middle_is_tried_again(
    recordings: Recordings, leave: Leave
) -> None:
    short = {"Content-Length": str(len(sound()) + 10)}
    recording = leave(recordings.offer("/RE1", sound(), 200, **short))
    with pytest.raises(NotNow):
        fetched(recording)


def test_a_provider_that_is_down_is_tried_again(recordings: Recordings, leave: Leave) -> None:
    recording = leave(recordings.offer("/RE1", sound()))
    recordings.server.shutdown()
    recordings.server.server_close()
    with pytest.raises(NotNow):
        fetched(recording)


def test_after_five_days_it_is_given_up(recordings: Recordings, leave: Leave) -> None:
    recording = leave(recordings.origin + "/RE1")
    with clock_at(clock.now() + dt.timedelta(days=5, minutes=1)):
        assert fetched(recording).state == Recording.State.LOST


def test_what_is_too_large_or_no_sound_is_not_kept(
    recordings: Recordings, leave: Leave, settings: Any
) -> None:
    settings.VOICE_RECORDING_MAX_BYTES = 1_000
    row = fetched(leave(recordings.offer("/RE1", sound())))
    assert "larger" in row.problem


def test_a_page_is_no_sound(recordings: Recordings, leave: Leave) -> None:
    row = fetched(leave(recordings.offer("/RE1", b"<html>Sign in</html>")))
    assert "no sound" in row.problem


def test_a_lost_job_is_made_again(leave: Leave) -> None:
    recording = leave("https://api.twilio.com/RE1")
    sweep_recordings(0)
    assert "fetch_recording" not in dict(waiting_jobs())
    with clock_at(clock.now() + dt.timedelta(minutes=31)):
        sweep_recordings(0)
        sweep_recordings(0)
    names = [name for name, _ in waiting_jobs()]
    assert names.count("fetch_recording") == 1
    assert fetching_of(recording).job.task_name == "inbound.fetch_recording"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (sound()[:12], "wav"),
        (b"ID3\x03" + bytes(8), "mp3"),
        (b"\xff\xfb\x90\x00" + bytes(8), "mp3"),
        (b"\xff\xd8\xff\xe0" + bytes(8), ""),  # a photo
        (b"", ""),
    ],
)
def test_sound_is_known_by_its_first_bytes(head: bytes, kind: str) -> None:
    import io

    assert sound_kind(io.BytesIO(head)) == kind


def test_nothing_is_allowed_unless_it_is_listed() -> None:
    with pytest.raises(CannotBeHad):
        fetch("https://api.twilio.com/RE1", allowed=[], largest=1)
