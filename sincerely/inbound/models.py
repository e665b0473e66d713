"""Mail that came in: its bytes first, what they mean later."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from sincerely.inbound.outcome import Sorted
from sincerely.inbound.provider_call import ProviderCall as ProviderCall  # a table of this room
from sincerely.inbound.voice.step import VoiceStep as VoiceStep  # a table of this room
from sincerely.kernel import clock
from sincerely.kernel.commits import do_not_wait_for_disk
from sincerely.kernel.ids import uuid7
from sincerely.reading.envelope import message_identity
from sincerely.reading.letter import Letter, read_letter

# So long somebody may take to answer what they were asked, before a person looks.
ASKED_FOR = dt.timedelta(days=2)


class State(models.TextChoices):
    STORED = "stored", "Stored"
    READ = "read", "Read"
    # The sender was asked something by link; after ASKED_FOR it is a person's, too.
    ASKED = "asked", "Asked"
    KEPT = "kept", "Kept for a person"
    SETTLED = "settled", "Settled by a person"


class Kind(models.TextChoices):
    BOUNCE = "bounce", "Delivery report"
    AUTO_REPLY = "auto-reply", "Automatic reply"
    REPLY = "reply", "Reply to an application"
    APPLICATION = "application", "Application by mail"
    SUPPORT = "support", "Mail for support"
    OTHER = "other", "Other"


def digest_of(recipients: Sequence[str], raw: bytes) -> str:
    """The key under which the same mail, delivered twice, is one.

    With a Message-ID it is that and the words below the headers: a second way here (IMAP beside a
    webhook) writes other headers on top. Without one it is every byte.
    """
    envelope = "\n".join(sorted({address.strip().lower() for address in recipients}))
    identity = message_identity(raw) or raw
    return hashlib.sha256(envelope.encode(errors="replace") + b"\0" + identity).hexdigest()


def _storable(address: str) -> str:
    """Whatever was said on the wire, in a form the column takes: nothing may stop the storing."""
    return address.replace("\0", "").encode(errors="replace").decode()[:320]


class InboundMailQuerySet(models.QuerySet):
    def take_in(
        self, *, sender: str, recipients: Sequence[str], raw: bytes, cut: bool = False
    ) -> None:
        """Store one mail and the job that reads it. When this returns, it will not be lost.

        `sender` and `recipients` are those of the envelope: "<>" is the sender of reports, "" one
        that is not known. `cut` says that `raw` is only the beginning of a mail that is too large.
        Nothing is looked into here. The same mail again changes nothing.
        """
        from sincerely.inbound.jobs import reading_of

        mail: Any = self.model(
            digest=digest_of(recipients, raw),
            sender=_storable(sender),
            recipients=[_storable(address) for address in recipients],
            raw=raw,
            cut=cut,
        )
        with transaction.atomic(savepoint=False):
            self.bulk_create([mail], ignore_conflicts=True)
            reading_of(mail.digest).defer()

    def unread(self) -> InboundMailQuerySet:
        return self.filter(state=State.STORED)

    def of(self, employer: Any) -> InboundMailQuerySet:
        """An employer's own mail; that of nobody (None) is the operator's."""
        return self.filter(employer_id=employer.pk if employer else None)

    def for_a_person(self) -> InboundMailQuerySet:
        """What could not be sorted, oldest first; also what its sender left unanswered."""
        asked_long_ago = models.Q(state=State.ASKED, read_at__lt=clock.now() - ASKED_FOR)
        return self.filter(models.Q(state=State.KEPT) | asked_long_ago).order_by("received_at")


class InboundMail(models.Model):
    """One mail as it came in. A global table: whose it is follows from reading it.

    `recipients` are those of the envelope. `employer_id`, `message_id` and `application_id` name
    what it turned out to be about; they are no foreign keys, because a global table refers to no
    tenant's. `outcome` is what was done with it, `reason` why it was kept for a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=320, blank=True)
    recipients = ArrayField(models.CharField(max_length=320))
    raw = models.BinaryField()
    cut = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.STORED)
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    employer_id = models.UUIDField(null=True, blank=True)
    message_id = models.UUIDField(null=True, blank=True)
    application_id = models.UUIDField(null=True, blank=True)
    job_id = models.UUIDField(null=True, blank=True)
    # As the mail itself says, for the lists that people read.
    from_address = models.CharField(max_length=320, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = InboundMailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state=State.STORED),
                name="inbound_unread",
            ),
            models.Index(fields=["employer_id", "received_at"], name="inbound_employer"),
            models.Index(
                fields=["employer_id", "received_at"],
                condition=models.Q(state__in=(State.KEPT, State.ASKED)),
                name="inbound_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"mail to {', '.join(self.recipients)}: {self.state}"

    def letter(self) -> Letter:
        """What was written, as plain text, and what came with it."""
        return read_letter(bytes(self.raw))

    def others(self) -> Any:
        """What else waits from the same address, at the same employer."""
        known = type(self).objects.for_a_person().filter(employer_id=self.employer_id)
        from_there = known.filter(from_address=self.from_address).exclude(pk=self.pk)
        return from_there.defer("raw") if self.from_address else known.none()

    @property
    def is_asked(self) -> bool:
        """Whether its sender has not said yet, by the link, for which job it is."""
        return self.state == State.ASKED

    @property
    def waits(self) -> bool:
        """Whether a person, or its sender by link, may still say what it is."""
        return self.state in {State.KEPT, State.ASKED}

    def read(self) -> None:
        """Find out what it is and act on it, once. A second run finds nothing to do."""
        from sincerely.inbound.sorting import sort

        with self._while_in({State.STORED}) as mail:
            if mail:
                do_not_wait_for_disk()  # what a crash undoes is `stored` again, and read again
                mail._note(sort(mail))

    def settle(self, act: Callable[[InboundMail], Sorted], *, by: str) -> Sorted | None:
        """Act on what was kept, as a person (or the sender, by link) says; None when somebody did
        already. It stays with a person when what was made of it has a reason again; what `act`
        raises leaves it as it was."""
        with self._while_in({State.KEPT, State.ASKED}) as mail:
            if mail is None:
                return None
            made = act(mail)
            settled = {"state": State.SETTLED, "settled_at": clock.now(), "settled_by": by[:200]}
            mail._note(made, **({} if made.reason else settled))
        return made

    @contextmanager
    def _while_in(self, states: set[State]) -> Iterator[InboundMail | None]:
        """The row, locked; None when it is in none of these states any more."""
        with transaction.atomic():
            mail = type(self).objects.select_for_update().get(pk=self.pk)
            yield mail if mail.state in states else None

    def _note(self, made: Sorted, **more: Any) -> None:
        """Write down what was made of it."""
        noted = {
            "state": made.state,
            "read_at": self.read_at or clock.now(),
            **made.columns(),
            **more,
        }
        for name, value in noted.items():
            setattr(self, name, value)
        self.save(update_fields=[*noted, "from_address", "from_name", "subject"])

    def describe(self, letter: Letter) -> None:
        """What the lists show of it, before it is noted what it is."""
        self.from_address = _storable(letter.sender)
        self.from_name, self.subject = letter.name[:200], letter.subject[:300]


class Mailbox(models.Model):
    """How far a mailbox was read by IMAP: up to `last_uid`, which counts within `uid_validity`.

    Moved on in the transaction that stores what was fetched, so that a crash between the two loses
    and doubles nothing.
    """

    name = models.CharField(max_length=300, primary_key=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"{self.name} up to {self.last_uid}"

    @classmethod
    def at(cls, name: str, uid_validity: int) -> Mailbox:
        """The row, locked; begins anew where the server has numbered its mails anew."""
        cls.objects.get_or_create(name=name)
        box: Mailbox = cls.objects.select_for_update().get(name=name)
        if box.uid_validity != uid_validity:
            box.uid_validity, box.last_uid = uid_validity, 0
        return box

    def move_to(self, uid: int) -> None:
        self.last_uid, self.read_at = uid, clock.now()
        self.save(update_fields=["uid_validity", "last_uid", "read_at"])
