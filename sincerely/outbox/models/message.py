"""One mail to one person: written with what it tells, sent by a job, followed to its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Required, TypedDict, Unpack
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from procrastinate.jobs import JobDeferrer

from sincerely.kernel import clock
from sincerely.kernel.bytes_field import BytesField
from sincerely.kernel.fields import EmployerKey
from sincerely.kernel.jobs import defer_all, defer_once
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet
from sincerely.kernel.prepared import prepared_cursor
from sincerely.kernel.rows import Together
from sincerely.outbox.models.delivery import Delivery
from sincerely.outbox.models.message_state import MAY_FOLLOW, UNSENT
from sincerely.outbox.models.message_state import State as State
from sincerely.outbox.render import render, storable, without_controls
from sincerely.outbox.signals import message_settled
from sincerely.outbox.token import make_token

if TYPE_CHECKING:
    from sincerely.accounts.models import Employer


# RFC 5321, section 4.5.4.1: give up after 4 to 5 days.
GIVE_UP_AFTER = dt.timedelta(days=5)
# Short, because a mail server that comes back after hours should find the receipts soon.
LONGEST_PAUSE = dt.timedelta(minutes=30)
# Columns as long as the mail itself, which only sending and showing it need.
LONG = ("text", "html", "calendar", "raw")


class Letter(TypedDict, total=False):
    """What is said when a mail is queued."""

    kind: Required[str]
    to_address: Required[str]
    subject: Required[str]
    text: Required[str]
    to_name: str
    html: str
    calendar: str
    about_id: Any
    hold_until: dt.datetime | None
    reply_to: str
    refers_to: str
    employer: Employer | None


class MessageQuerySet(TenantQuerySet):
    def about(self, row: models.Model) -> MessageQuerySet:
        return self.filter(about_id=row.pk)

    def unsent(self) -> MessageQuerySet:
        return self.filter(state__in=UNSENT)

    def due(self, now: dt.datetime) -> MessageQuerySet:
        """Unsent messages whose time to wake has come."""
        return self.unsent().filter(wake_at__lte=now).order_by("wake_at")

    def wake(self, message_id: UUID, *, seen: dt.datetime) -> bool:
        """Queue an unsent message again and see that it has a job; says whether it needed one.

        Does nothing when `wake_at` is not `seen` any more. A job that is only late keeps its
        place: at most one waits for each message.
        """
        with transaction.atomic():
            left = self.unsent().filter(pk=message_id, wake_at=seen)
            if left.update(state=State.QUEUED, wake_at=clock.now()) != 1:
                return False
            message: Any = self.get(pk=message_id)
            return defer_once(message.delivery_job())

    def held(self, message_id: UUID) -> Message | None:
        """One row locked for this transaction, without its LONG columns; None when it is gone."""
        rows: Any = self.select_for_update(of=("self",)).defer(*LONG).filter(pk=message_id)
        return next(iter(rows), None)

    def newest_first(self) -> MessageQuerySet:
        return self.order_by("-created_at", "-id")


# Says also what is sent: the mail may have been edited since it was read.
_CLAIM = """
UPDATE outbox_message SET
    state = 'sending', attempts = attempts + 1, claimed_at = $3, claimed_by = $4, wake_at = $5
WHERE employer_id = $1 AND id = $2 AND (
    state = 'queued' AND (hold_until IS NULL OR hold_until <= $3)
    OR state = 'sending' AND claimed_by = $4)
RETURNING state, attempts, claimed_at, claimed_by, wake_at, to_address, raw
"""


class MessageManager(TenantManager.from_queryset(MessageQuerySet)):  # type: ignore[misc]
    def queue(self, **letter: Unpack[Letter]) -> Message:
        """Write one mail, and the job that delivers it, in the caller's transaction.

        One statement (one more, to read the employer's name, unless `employer` is given or it is
        called as `employer.messages.queue(...)`).
        """
        message, together = self.draft(**letter), Together()
        message.join(together)
        together.write()
        return message

    def queue_all(self, letters: Iterable[Letter]) -> list[Message]:
        """The same for many at once, in two statements; each must name its `employer`."""
        messages = [self.draft(**letter) for letter in letters]
        with transaction.atomic(savepoint=False):
            self.bulk_create(messages)
            defer_all([message.delivery_job(at=message.hold_until) for message in messages])
        return messages

    def draft(self, **letter: Unpack[Letter]) -> Message:
        """One mail with its bytes, not yet written.

        With `hold_until` it is not sent before then. `html` is a trusted fragment; without one it
        is made from the text. `calendar` holds iCalendar objects, one after the other.
        """
        message = self.model(
            kind=letter["kind"],
            to_address=without_controls(letter["to_address"]),
            to_name=without_controls(letter.get("to_name", ""))[:300],
            subject=without_controls(letter["subject"])[:900],
            text=storable(letter["text"]),
            html=storable(letter.get("html", "")),
            calendar=storable(letter.get("calendar", "")),
            about_id=letter.get("about_id"),
            hold_until=letter.get("hold_until"),
            reply_to=without_controls(letter.get("reply_to", "")),
            refers_to=letter.get("refers_to", ""),
        )
        if employer := letter.get("employer") or getattr(self, "instance", None):
            message.employer = employer
        message.prepare()
        return message


class Message(TenantModel):
    """One mail to one person, with the bytes that are sent. See `State` for its life.

    `about_id` is the row above that it tells about (an application); the outbox does not know it.
    `refers_to` holds the Message-IDs of the thread above it, the one that it answers last.
    `stopped`: skipped, because its address gets no mail. `claimed_by` is the job that is sending
    it. `wake_at` is when the sweeper looks whether its job got lost; null when nothing is left to
    do.
    """

    State = State

    employer = EmployerKey(related_name="messages")
    kind = models.SlugField(max_length=40, db_index=False)
    about_id = models.UUIDField(null=True, blank=True)
    to_address = models.CharField(max_length=320)
    to_name = models.CharField(max_length=300, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=998)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    raw = BytesField()
    message_id = models.CharField(max_length=255)
    refers_to = models.CharField(max_length=2000, blank=True)
    token = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    skip_reason = models.CharField(max_length=200, blank=True)
    stopped = models.BooleanField(default=False)
    hold_until = models.DateTimeField(null=True, blank=True)
    wake_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MessageManager()

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["employer", "about_id", "-created_at"], name="message_about"),
            models.Index(fields=["employer", "-created_at"], name="message_newest"),
            # Small whatever the table's size: it holds the unsent alone, so that a sweep over all
            # employers may read it whole.
            models.Index(
                fields=["employer", "wake_at"],
                condition=models.Q(state__in=UNSENT),
                name="message_unsent",
            ),
            models.Index(
                fields=["employer", "settled_at"],
                condition=models.Q(state__in=(State.BOUNCED, State.FAILED))
                | models.Q(stopped=True),
                name="message_unreached",
            ),
            # Who was provably told something in a period: read from the index alone, because the
            # rows are as long as the mails in them.
            models.Index(
                fields=["employer", "created_at"],
                include=["about_id", "kind", "settled_at", "state"],
                condition=models.Q(state__in=(State.RELAYED, State.DELIVERED)),
                name="message_proven",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to_address}: {self.state}"

    # ── Before it goes out ──────────────────────────────────────────────────────────────────────

    def prepare(self) -> None:
        """Fill in what follows from the rest: Message-ID, token, time to wake, bytes."""
        self.message_id = f"<{self.id}@{settings.MAIL_DOMAIN}>"
        self.token = make_token(self._employer_id, self.id)
        self.wake_at = self.hold_until or self.created_at
        self.raw = render(self)

    def join(self, together: Together) -> None:
        """Have it, and the job that delivers it, written with other rows."""
        together.insert(self)
        together.defer(self.delivery_job(at=self.hold_until))

    @property
    def _employer_id(self) -> UUID:
        assert self.employer_id is not None
        return self.employer_id

    def delivery_job(self, at: dt.datetime | None = None) -> JobDeferrer:
        """The job that delivers it, at once or at a time; `.defer()` it in the transaction."""
        from sincerely.outbox.jobs import delivery_of

        return delivery_of(self._employer_id, self.id, at)

    def is_held(self, now: dt.datetime) -> bool:
        """Still within its undo window?"""
        return self.state == State.QUEUED and self.hold_until is not None and now < self.hold_until

    def edit(
        self, *, subject: str | None = None, text: str | None = None, calendar: str | None = None
    ) -> bool:
        """Change what it says; False when it is too late, because a worker has touched it.

        After a first attempt it stays as it is, even when the attempt failed: the other side may
        have kept what it read.
        """
        with transaction.atomic():
            self.lock()
            if self.state != State.QUEUED or self.attempts:
                return False
            if subject is not None:
                self.subject = without_controls(subject)[:900]
            if text is not None:
                self.text, self.html = storable(text), ""
            if calendar is not None:
                self.calendar = storable(calendar)
            self.raw = render(self)
            self.save(update_fields=["subject", "text", "html", "calendar", "raw"])
        return True

    def redirect(self, to_address: str) -> bool:
        """Send it there instead; False when a worker has touched it."""
        with transaction.atomic():
            self.lock()
            if self.state != State.QUEUED or self.attempts:
                return False
            self.to_address = without_controls(to_address)
            self.raw = render(self)
            self.save(update_fields=["to_address", "raw"])
        return True

    def skip(self, reason: str, *, source: str = Delivery.Source.USER) -> bool:
        """Never send it, for a reason that is shown; False when it is too late."""
        with transaction.atomic():
            self.lock()
            if self.state != State.QUEUED:
                return False
            now, stopped = clock.now(), source == Delivery.Source.WORKER
            moved = {"state": State.SKIPPED, "settled_at": now, "wake_at": None}
            moved |= {"skip_reason": reason[:200], "stopped": stopped}
            self._note(State.SKIPPED, now, source, reason, moved)
        return True

    def release(self) -> bool:
        """End its undo window at once; False when it is not held any more."""
        now = clock.now()
        with transaction.atomic():
            self.lock()
            if not self.is_held(now):
                return False
            self.hold_until = self.wake_at = now
            self.save(update_fields=["hold_until", "wake_at"])
            # A second job beside the one that waits for the end of the window; whichever comes
            # later finds nothing to do.
            self.delivery_job().defer()
        return True

    # ── While it goes out ───────────────────────────────────────────────────────────────────────

    def claim(self, now: dt.datetime, limit: dt.timedelta, *, job_id: int | None = None) -> bool:
        """Take it for sending; False when it is held, gone out, or another worker's.

        After `limit` it counts as left behind, and the sweeper gives it back. A job that comes a
        second time (its worker died, or it would not have been given back) goes on at once.
        """
        with prepared_cursor() as cursor:
            cursor.execute(_CLAIM, [self.employer_id, self.pk, now, job_id, now + limit])
            row = cursor.fetchone()
            names = [column.name for column in cursor.description]
        for name, value in zip(names, row or (), strict=False):
            setattr(self, name, value)
        return row is not None

    def wait(self, until: dt.datetime) -> None:
        """It is not its turn: a job comes again then. No attempt was made, and none is noted."""
        with transaction.atomic():
            waiting = Message.objects.filter(pk=self.pk, state=State.QUEUED)
            if waiting.update(wake_at=until):
                defer_once(self.delivery_job(at=until))

    def postpone(self, evidence: str, *, source: str) -> None:
        """The attempt failed for now: try again later, or give up after GIVE_UP_AFTER."""
        now = clock.now()
        with transaction.atomic():
            self.lock(without=LONG)
            if self.state != State.SENDING:
                return
            if now - (self.hold_until or self.created_at) > GIVE_UP_AFTER:
                self.settle(State.FAILED, source=source, evidence=evidence)
                return
            waits = {"state": State.QUEUED, "wake_at": now + self.pause()}
            self._note(State.QUEUED, now, source, evidence, waits, tell=False)
            defer_once(self.delivery_job(at=self.wake_at))

    def pause(self) -> dt.timedelta:
        """Before the next attempt: 1, 2, 4, … minutes, at most LONGEST_PAUSE.

        Up to a tenth is added by the id, so that what an outage held up does not come back at once.
        """
        minutes = dt.timedelta(minutes=2 ** min(max(self.attempts - 1, 0), 10))
        return min(minutes, LONGEST_PAUSE) * (1 + self.id.int % 100 / 1000)

    # ── What became of it ───────────────────────────────────────────────────────────────────────

    def settle(
        self, state: str, *, source: str, evidence: str = "", at: dt.datetime | None = None
    ) -> bool:
        """Note what was heard about it, and move to that state where it may follow (MAY_FOLLOW).

        Returns whether it moved. `at` is when it happened, now by default.
        """
        with transaction.atomic():
            self.lock(without=LONG)
            return self.hear(state, source=source, evidence=evidence, at=at)

    def hear(
        self, state: str, *, source: str, evidence: str = "", at: dt.datetime | None = None
    ) -> bool:
        """The same for who has it `held`."""
        state, at = State(state), at or clock.now()
        moves = state in MAY_FOLLOW[self.state]
        moved = {"state": state, "settled_at": at, "wake_at": None} if moves else {}
        self._note(state, at, source, evidence, moved, tell=moves)
        return moves

    def _note(
        self,
        state: str,
        at: dt.datetime,
        source: str,
        evidence: str,
        moved: dict[str, Any],
        *,
        tell: bool = True,
    ) -> None:
        """Write what was heard and the columns that move with it, in one statement."""
        together = Together()
        if moved:
            columns = ", ".join(f"{name} = {{}}" for name in moved)
            row = "WHERE employer_id = {} AND id = {}"
            sql = f"UPDATE outbox_message SET {columns} {row}"  # noqa: S608 - names of our own
            together.select("moved", sql, [*moved.values(), self.employer_id, self.pk])
        said = {"state": state, "at": at, "source": source, "evidence": evidence[:4000]}
        together.insert(Delivery(message=self, **said))
        together.write()
        for name, value in moved.items():
            setattr(self, name, value)
        if tell:
            message_settled.send(sender=Message, message=self, state=state, evidence=evidence)
