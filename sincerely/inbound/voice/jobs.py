"""The phone line's jobs: each carries ids, calls one verb, and may run twice."""

from __future__ import annotations

import datetime as dt
from typing import IO, Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.jobs import JobDeferrer

from sincerely.documents.models import Document
from sincerely.hiring.models import Recording
from sincerely.inbound.voice.fetching import CannotBeHad, NotNow, fetch, sound_kind
from sincerely.inbound.voice.step import forget_old_steps
from sincerely.kernel import clock
from sincerely.kernel.jobs import RETRY, SWEEP_FIRST, defer_once
from sincerely.kernel.tenancy import across_employers, employer_scope

log = structlog.get_logger()

# For so long the provider may be down. It is tried by its own job for a day, then by the sweep.
GIVEN_UP_AFTER = dt.timedelta(days=5)
PATIENCE = dt.timedelta(minutes=30)
SWEPT_AT_ONCE = 500


def fetching_of(recording: Recording) -> JobDeferrer:
    """The job that fetches one recording; `.defer()` it in the transaction of its row."""
    ids: Any = {"employer_id": str(recording.employer_id), "recording_id": str(recording.pk)}
    return fetch_recording.configure(task_kwargs=ids)


@app.task(name="inbound.fetch_recording", queue="reading", retry=RETRY)
def fetch_recording(employer_id: str, recording_id: str) -> None:
    """Raises NotNow, and so is tried again, while the provider has not got it ready."""
    with employer_scope(UUID(employer_id)):
        recording = Recording.objects.waiting().filter(pk=recording_id).first()
        if recording is None:
            return  # fetched by this job's twin
        try:
            with _fetched(recording) as file:
                _keep(recording, file)
        except CannotBeHad as error:
            log.warning("voicemail lost", recording=recording_id, reason=str(error))
            recording.lose(str(error))
        except NotNow:
            if clock.now() < recording.at + GIVEN_UP_AFTER:
                raise
            recording.lose("the provider did not let us have it for five days")


@app.periodic(cron="*/15 * * * *", periodic_id="sweep_recordings")
@app.task(name="inbound.sweep_recordings", queueing_lock="sweep_recordings", priority=SWEEP_FIRST)
def sweep_recordings(timestamp: int) -> None:
    """Give a job to each recording that lies at the provider still, because its own was lost or
    has given up."""
    with across_employers():
        late = Recording.objects.waiting().filter(at__lt=clock.now() - PATIENCE)
        found = list(late.values_list("employer_id", "id")[:SWEPT_AT_ONCE])
    for employer_id, key in found:
        job = fetch_recording.configure(queueing_lock=f"recording:{key}")
        defer_once(job, employer_id=str(employer_id), recording_id=str(key))
    forget_old_steps()


def _fetched(recording: Recording) -> IO[bytes]:
    number = recording.number
    token = settings.VOICE_AUTH_TOKEN_OF.get(number) or next(iter(settings.VOICE_AUTH_TOKENS), "")
    return fetch(
        recording.address,
        allowed=settings.VOICE_RECORDING_ORIGINS,
        largest=settings.VOICE_RECORDING_MAX_BYTES,
        login=(recording.account, token) if recording.account and token else None,
    )


@transaction.atomic
def _keep(recording: Recording, file: IO[bytes]) -> None:
    kind = sound_kind(file)
    if not kind:
        raise CannotBeHad("what the provider sent is no sound")
    if recording.lock().state == Recording.State.WAITING:
        document = Document.objects.receive(File(file), name=f"voicemail.{kind}", kind=kind)
        document.keep_text("", resume={})  # there is nothing to read in it
        recording.keep(document)
