"""The thread in which a reader's mail program shows a mail (RFC 5322, 3.6.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from sincerely.outbox.models import Answer, Message


@dataclass(frozen=True, slots=True)
class Thread:
    """Message-IDs: of the first mail about something, and of the newest that answered any of them,
    where one did."""

    root: str = ""
    answer: str = ""

    def above(self, *, answers: bool) -> str:
        """What a new mail refers to; with `answers` it stands below the newest answer."""
        ids = (self.root, self.answer) if answers else (self.root,)
        return " ".join(filter(None, ids))


NEW = Thread()


def threads_of(about_ids: Iterable[UUID]) -> dict[UUID, Thread]:
    """The threads about these, where a mail went out, in one statement."""
    answers = Answer.objects.filter(message__about_id=OuterRef("about_id")).order_by("-at", "-id")
    mails = Message.objects.filter(about_id__in=list(about_ids))
    first = mails.exclude(state=Message.State.SKIPPED).order_by("about_id", "created_at", "id")
    first = first.distinct("about_id").annotate(answer=Subquery(answers.values("mail_id")[:1]))
    found = first.values_list("about_id", "message_id", "answer")
    return {about_id: Thread(root, answer or "") for about_id, root, answer in found}
