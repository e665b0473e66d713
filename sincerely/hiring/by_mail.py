"""What an applicant wrote by e-mail, treated as if they had asked on their page.

Every answer goes to the applicant's own address and to no other: who wrote from elsewhere learns
nothing, and uses nothing up.
"""

from __future__ import annotations

from sincerely.hiring.asking import NotYet, hear, keep, was_sent_lately, write_again
from sincerely.hiring.compose import compose
from sincerely.hiring.letters import send
from sincerely.hiring.models import Application
from sincerely.hiring.models.follow_up import Channel, Topic

EMAIL = Channel.EMAIL


def hear_by_mail(
    application: Application, *, text: str, intent: str, sender: str, files: int = 0
) -> str:
    """Keep it, and answer it; says in a few words what was done.

    `text` is without what was quoted, `intent` as `reading.reply` gives it, `sender` the address
    that the mail says it is from, in lower case, `files` how many came with it.
    """
    text = _with_files(text, files)
    if sender != application.email.lower():
        write_again(application, text, channel=EMAIL)
        return "from another address: kept, and answered to the applicant's own alone"
    if intent == "thanks":
        keep(application, text, EMAIL)
        return "thanks, kept"
    if intent == "withdraw":
        return _ask_for_a_click(application, text)
    topic = Topic.STATUS if intent == "status" or not text else Topic.QUESTION
    return _hear(application, topic, text)


def _hear(application: Application, topic: Topic, text: str) -> str:
    try:
        follow_up = hear(application, topic, channel=EMAIL, text=text)
    except NotYet:
        write_again(application, text, channel=EMAIL)
        return "too early for a follow-up: kept, and answered by the status"
    if follow_up is None:
        return "the follow-up was used: kept, and answered by the status"
    person = ", and a person is asked" if follow_up.needs_a_person else ""
    return f"the follow-up, answered by the status{person}"


def _ask_for_a_click(application: Application, text: str) -> str:
    """Anybody can write a mail that looks like theirs: only their own link ends an application."""
    keep(application, text, EMAIL)
    if application.is_open and not was_sent_lately(application, "withdrawal_asked"):
        send(application, "withdrawal_asked", compose(application, "withdrawal_asked"))
    return "wants to withdraw: asked for a click"


def _with_files(text: str, files: int) -> str:
    if not files:
        return text
    came = "A file came" if files == 1 else f"{files} files came"
    return f"{text}\n\n({came} with this mail.)".strip()
