"""What applicants turn to the employer with, in plain words for who answers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.text import Truncator

from sincerely.hiring.models.follow_up import Channel, Topic
from sincerely.kernel.text import one_line

# As a heading, with its icon.
TOPICS: Mapping[str, tuple[str, str]] = {
    Topic.STATUS: ("info", "Where it stands"),
    Topic.QUESTION: ("help", "A question"),
    Topic.ADJUSTMENT: ("person", "Needs something to take part"),
    Topic.PROBLEM: ("warning", "Something is wrong"),
}
CHANNELS: Mapping[str, str] = {
    Channel.PAGE: "On their status page",
    Channel.EMAIL: "By e-mail",
    Channel.CALL: "In a call",
    Channel.VOICEMAIL: "On the voicemail",
    Channel.VISIT: "In person",
}
# As a task, with the applicant's name.
TASKS: Mapping[str, str] = {
    Topic.STATUS: "Answer {}",
    Topic.QUESTION: "Answer {}’s question",
    Topic.ADJUSTMENT: "Answer {}, who needs something to take part",
    Topic.PROBLEM: "Answer {}, who says that something is wrong",
}


def shortened(text: str, length: int = 90) -> str:
    """The beginning of what somebody wrote, on one line."""
    return Truncator(one_line(text)).chars(length)
