"""A conversation by phone, a voicemail, or a visit, as somebody of the team logged it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models, transaction

from sincerely.hiring.dates import date_to_promise
from sincerely.hiring.models.follow_up import ALWAYS_OPEN
from sincerely.hiring.models.job import JobState
from sincerely.hiring.models.promise import Outcome
from sincerely.hiring.quiet_hours import after_quiet_hours
from sincerely.hiring.refusal import CannotDo
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import TenantManager, TenantModel
from sincerely.outbox.models import Message

if TYPE_CHECKING:
    from sincerely.hiring.models.application import Application

# Nothing left the house with it, so it needs no setting of the employer's.
UNDO = dt.timedelta(minutes=10)


class Call(TenantModel):
    """`by_us`: the team called the applicant, which is nobody's follow-up."""

    class Kind(models.TextChoices):
        CALL = "call", "Call"
        VOICEMAIL = "voicemail", "Voicemail"
        VISIT = "visit", "Visit"

    employer = EmployerKey(related_name="calls")
    application = TenantForeignKey("hiring.Application", related_name="calls")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    by_us = models.BooleanField(default=False)

    objects: ClassVar[Any] = TenantManager()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["employer", "application", "-at"], name="call_of")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"

    @property
    def how(self) -> str:
        """How somebody was told by it."""
        return f"in a {self.kind} with {self.by}"

    def was_logged_by(self, identity: Any) -> bool:
        logged = {"kind": self.kind, "actor_id": identity.pk, "data__call": str(self.pk)}
        return bool(self.application.events().filter(**logged).exists())

    # ── verbs ────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def log(
        cls,
        application: Application,
        kind: Kind,
        *,
        by: Any,
        note: str = "",
        told: bool = False,
        due_on: dt.date | None = None,
        by_us: bool = False,
        invited: bool = False,
        id: UUID | None = None,
    ) -> Call:
        """Log a conversation, voicemail or visit. It counts as the applicant's follow-up, unless
        the team called them (`by_us`).

        `told`: the applicant now knows the outcome or the next step from it (never by voicemail).
        That keeps the open promise, promises who has no end yet to hear next by `due_on`, and
        answers the question that waited. `invited`: they spoke with the person who had agreed.
        `id` is the key of the form: one that is sent twice logs one call.
        """
        from sincerely.hiring.asking import note_spoken  # which knows this model

        told = told and kind != cls.Kind.VOICEMAIL
        with transaction.atomic():
            application.lock()
            if known := cls.objects.filter(pk=id).first():
                return known._require_about(application)
            given = {"kind": kind, "by": str(by), "note": note, "by_us": by_us}
            call = application.calls.create(id=id or uuid7(), **given)
            counted = None if by_us else note_spoken(application, call, by=by, invited=invited)
            data = {"call": str(call.pk), "note": note, "told": told, "due_on": "", "by_us": by_us}
            data["counts"] = bool(counted and counted.counts)
            if told:
                data["due_on"] = call._tell(due_on)
                call._answer_what_waited(by)
            application.record(str(kind), by=by, data=data)
        return call

    def take_back(self, *, by: Any) -> None:
        """Undo the logging: the call, the follow-up it used up, what it kept and what it promised.

        Raises CannotDo when its ten minutes are over, and when something later rests on it.
        """
        with transaction.atomic():
            application = self.application
            application.lock()
            self._require_last()
            self._take_back_answers(by)
            self._take_back_follow_up()
            self._take_back_told()
            self.delete()
            application.record("call_undone", by=by, data={"kind": self.kind, "note": self.note})

    # ── what the verbs are made of ───────────────────────────────────────────────────────────

    def _tell(self, due_on: dt.date | None) -> str:
        """The applicant was told; returns the day that is promised now, empty at an end."""
        application = self.application
        # What no message will tell is told aloud: it shows from now on. Nobody was told aloud what
        # is held with a message.
        for rows in (application.closures, application.stage_entries):
            rows.filter(message=None, shown_at__gt=self.at).update(shown_at=self.at)
        application.told(how=self.how, at=self.at, message=None)
        if not application.is_open:
            application.job.close_if_all_told()
            return ""
        due_on = due_on or date_to_promise(application.employer, application.stage.promise_days)
        return str(application.promise(due_on, shown_at=self.at).due_on)

    def _answer_what_waited(self, by: Any) -> None:
        """Who knows where things stand has an answer. What they need in order to take part, or
        what is wrong, is not settled by that."""
        for asked in self.application.follow_ups.waiting().exclude(topic__in=ALWAYS_OPEN):
            asked.settle(by=by, note=f"They were told {self.how}.", call=self)

    def _take_back_answers(self, by: Any) -> None:
        settled = self.application.events().filter(
            kind="follow_up_settled", data__call=str(self.pk)
        )
        keys = [event.data["follow_up"] for event in settled]
        for asked in self.application.follow_ups.filter(pk__in=keys, answered_at__isnull=False):
            asked.take_response_back(by=by)

    def _require_about(self, application: Application) -> Call:
        if self.application_id != application.pk:
            raise CannotDo("This form was made for somebody else. Open the card once more.")
        return self

    def _require_last(self) -> None:
        calls = self.application.calls
        if not calls.filter(pk=self.pk).exists():
            raise CannotDo("It was taken back already.")
        if clock.now() > self.at + UNDO:
            raise CannotDo("The ten minutes to take it back are over. A note can set it right.")
        if calls.filter(at__gte=self.at).exclude(pk=self.pk).exists():
            raise CannotDo("Something was logged after it. Take that back first.")

    def _take_back_follow_up(self) -> None:
        """Nothing else was logged since, so what happened to follow-ups at this instant is its."""
        follow_ups = self.application.follow_ups
        own = follow_ups.filter(channel=self.kind, at=self.at).first()
        if self.by_us or own is None:
            return
        later = follow_ups.filter(at__gt=self.at).exclude(about="")
        if own.given_back_at or later.exists():
            raise CannotDo("The applicant has followed up since; it cannot be taken back any more.")
        own.delete()
        given_back = follow_ups.filter(given_back_at__gte=self.at)
        given_back.update(given_back_at=None, given_back_because="")

    def _take_back_told(self) -> None:
        application = self.application
        made = application.promises.filter(message=None, shown_at=self.at)
        if own := made.first():
            later = application.promises.filter(made_at__gt=own.made_at)
            if own.outcome != Outcome.OPEN or later.exists():
                raise CannotDo("A later step rests on the date that was given.")
        closures = application.closures.filter(told_at=self.at, told_how=self.how)
        if any(self._is_known_otherwise(closure.message) for closure in closures):
            raise CannotDo("They know of it in another way by now, so it stays.")
        for rows in (application.closures, application.stage_entries):
            for row in rows.filter(message=None, shown_at=self.at):
                window_ends = row.at + application.employer.undo_window
                row.shown_at = after_quiet_hours(application.employer, window_ends)
                row.save(update_fields=["shown_at"])
        application.forget_promises(made)
        application.promises.filter(kept_by=self.how, settled_at__gte=self.at).owe_again()
        closures.update(told_at=None, told_how="")

    def _is_known_otherwise(self, message: Message | None) -> bool:
        """By the message, which arrived meanwhile; or the job was closed upon it."""
        arrived = message is not None and message.state in (
            Message.State.RELAYED,
            Message.State.DELIVERED,
        )
        return arrived or self.application.job.lock().state == JobState.CLOSED
