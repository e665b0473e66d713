"""What an applicant wrote by e-mail, treated as if they had asked on their page.

Every answer goes to the applicant's own address and to no other. What was written from elsewhere is
for a person to judge: whoever wrote it learns nothing, and uses nothing up.
"""

from __future__ import annotations

from collections.abc import Sequence

from sincerely.documents.models import Document
from sincerely.hiring.adding import add_file
from sincerely.hiring.asking import NotYet, ask, keep, was_sent_lately, write_again
from sincerely.hiring.compose import compose
from sincerely.hiring.letters import send
from sincerely.hiring.mail_wording import FILE_REFUSED
from sincerely.hiring.models import Application
from sincerely.hiring.models.follow_up import Channel, Topic
from sincerely.kernel.email_address import NotAnAddress, read_address

EMAIL = Channel.EMAIL


def is_from(application: Application, sender: str) -> bool:
    """Whether a mail says that it comes from the applicant's own address."""
    try:
        return read_address(sender) == application.email
    except NotAnAddress:
        return False


def hear_by_mail(
    application: Application,
    *,
    text: str,
    intent: str,
    documents: Sequence[Document] = (),
    refused: Sequence[str] = (),
) -> str:
    """Keep it, and answer it; says in a few words what was done.

    For what the applicant wrote, or what a person says is theirs. `text` is without what was
    quoted, `intent` as `reading.reply` gives it, `documents` what came with it, stored,
    `refused` sentences about files that were not taken.
    """
    if refused:
        _tell_refused(application, refused)
    for document in documents:
        add_file(application, document)
    text = _with_files(text, documents)
    if intent == "thanks":
        keep(application, text, EMAIL)
        return "thanks, kept"
    if intent == "withdraw":
        return _ask_for_a_click(application, text)
    topic = Topic.STATUS if intent == "status" or not text else Topic.QUESTION
    return _hear(application, topic, text)


def _hear(application: Application, topic: Topic, text: str) -> str:
    try:
        follow_up = ask(application, topic, channel=EMAIL, text=text)
    except NotYet as refusal:
        write_again(application, text, channel=EMAIL, news_counts=topic == Topic.STATUS)
        early = refusal.advice.used is None and refusal.advice.opens_on
        why = "too early for a follow-up" if early else "the follow-up was used"
        return f"{why}: kept, and answered by the status"
    person = ", and a person is asked" if follow_up.needs_a_person else ""
    return f"the follow-up, answered by the status{person}"


def _ask_for_a_click(application: Application, text: str) -> str:
    """Anybody can write a mail that looks like theirs: only their own link ends an application."""
    keep(application, text, EMAIL)
    if application.is_open and not was_sent_lately(application, "withdrawal_asked"):
        send(application, "withdrawal_asked", compose(application, "withdrawal_asked"))
    return "wants to withdraw: asked for a click"


def _tell_refused(application: Application, refused: Sequence[str]) -> None:
    if not was_sent_lately(application, "file_refused"):
        said = {"refused": "\n".join(refused)}
        text = compose(application, "file_refused", written=FILE_REFUSED, said=said)
        send(application, "file_refused", text)


def _with_files(text: str, documents: Sequence[Document]) -> str:
    if not documents:
        return text
    names = ", ".join(document.name for document in documents)
    return f"{text}\n\n(With this mail came: {names})".strip()
