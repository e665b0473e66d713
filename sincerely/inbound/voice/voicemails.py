"""A message was recorded: who learns of it first, the step of the call or the provider's later
word, takes it, and it is taken once."""

from __future__ import annotations

from django.conf import settings

from sincerely.hiring.by_voice import Left, hear_voicemail
from sincerely.hiring.models import Application, Recording
from sincerely.hiring.models.follow_up import Topic
from sincerely.inbound.voice.call import LONGEST_NAME, Call
from sincerely.inbound.voice.step import once
from sincerely.kernel.text import some_lines

LONGEST_ADDRESS = 500


def wants_transcript() -> bool:
    return bool(settings.VOICE_TRANSCRIBE)


def take(call: Call, application: Application, topic: Topic) -> str:
    """ "nothing" for an empty recording, the day by which a person answers it, or "kept" where no
    follow-up was open."""
    left = _left(call)
    if left.seconds < 1 or not left.address:
        return "nothing"
    return once(call.sid, 0, "voicemail", lambda: _taken(application, left, topic))


def write_down(call: Call) -> None:
    """Keep what the provider's machine understood."""
    fields = call.fields
    if fields.get("TranscriptionStatus") != "completed":
        return
    if recording := Recording.objects.filter(call=call.sid).first():
        recording.write_down(some_lines(fields.get("TranscriptionText", "")))


def _taken(application: Application, left: Left, topic: Topic) -> str:
    from sincerely.inbound.voice.jobs import fetching_of  # which knows how to fetch

    recording, is_new = hear_voicemail(application, left, topic)
    if is_new:
        fetching_of(recording).defer()
    follow_up = recording.follow_up
    return str(follow_up.answer_by) if follow_up else "kept"


def _left(call: Call) -> Left:
    fields = call.fields
    seconds = fields.get("RecordingDuration", "")
    address = fields.get("RecordingUrl", "")
    return Left(
        call=call.sid,
        sid=fields.get("RecordingSid", "")[:LONGEST_NAME],
        number=call.number,
        account=fields.get("AccountSid", "")[:LONGEST_NAME],
        # One that is longer is none of a provider's; it is refused when it is fetched.
        address=address[:LONGEST_ADDRESS],
        seconds=min(int(seconds), 86_400) if seconds.isdecimal() and len(seconds) < 9 else 0,
    )
