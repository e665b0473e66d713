"""An application: a candidate for a job. Its verbs are every way it can change.

The columns `stage`, `stage_since`, `due_on` and `ended_at` repeat what the newest StageEntry,
Promise and Closure say, so that a board of thousands is one indexed read. Only verbs write them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.indexes import OpClass
from django.db import models, transaction
from django.db.models.functions import Reverse

from sincerely.hiring.compose import compose
from sincerely.hiring.dates import date_to_promise, local_day
from sincerely.hiring.letters import send, take_back
from sincerely.hiring.models.application_queryset import ApplicationQuerySet
from sincerely.hiring.models.call import Call
from sincerely.hiring.models.closure import Closure, Reason
from sincerely.hiring.models.promise import Outcome, Promise
from sincerely.hiring.models.review import Review
from sincerely.hiring.models.stage import Stage, StageEntry
from sincerely.hiring.overtaking import overtake, tell_after_all
from sincerely.hiring.quiet_hours import shown_at
from sincerely.hiring.refusal import CannotDo
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import Event, TenantManager, TenantModel, record
from sincerely.outbox.models import Message

APPLICANT = "the applicant"
WITHDRAWAL_UNDO = dt.timedelta(minutes=1)


class Application(TenantModel):
    """One candidate for one job, as sent: `name`, `email` and `phone` are what was typed then."""

    employer = EmployerKey(related_name="applications")
    job = TenantForeignKey("hiring.Job", related_name="applications")
    candidate = TenantForeignKey("hiring.Candidate", related_name="applications")
    stage = TenantForeignKey(Stage, related_name="applications")
    stage_since = models.DateTimeField(default=clock.now)
    reference = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    answers = models.JSONField(default=list)
    document = TenantForeignKey("documents.Document", null=True, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    applied_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    # Managers with querysets of their own, which mypy cannot follow.
    calls: Any
    closures: Any
    follow_ups: Any
    interviews: Any
    promises: Any
    stage_entries: Any

    objects: ClassVar[Any] = TenantManager.from_queryset(ApplicationQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "job", "candidate"], name="applied_once"),
            models.UniqueConstraint(fields=["employer", "reference"], name="reference_once"),
        ]
        indexes = [
            models.Index(
                fields=["employer", "job", "stage", "due_on", "id"],
                name="application_board",
                condition=models.Q(ended_at=None),
            ),
            # For Today: who is owed an answer, over all jobs.
            models.Index(
                fields=["employer", "due_on", "id"],
                name="application_due",
                condition=models.Q(ended_at=None),
            ),
            models.Index(
                fields=["employer", "candidate", "-applied_at"], name="application_of_person"
            ),
            models.Index(fields=["employer", "stage"], name="application_stage"),
            models.Index(fields=["employer", "applied_at"], name="application_applied"),
            # For the caller look-up: the last digits of a phone, the beginning of an address.
            models.Index(
                models.F("employer"),
                OpClass(Reverse("phone"), "text_pattern_ops"),
                name="application_phone",
            ),
            models.Index(
                models.F("employer"),
                OpClass("email", "text_pattern_ops"),
                name="application_email",
            ),
            models.Index(fields=["employer", "document"], name="application_document"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.job}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def closure(self) -> Closure | None:
        """The end of this application, decided and perhaps not told."""
        return self.closures.select_related("message").first()

    @property
    def receipt(self) -> Message | None:
        """The message that proves the application arrived."""
        return self.messages().filter(kind="receipt").order_by("-created_at").first()

    def messages(self) -> Any:
        """Every message about this application."""
        return Message.objects.filter(about_id=self.pk)

    def events(self) -> Any:
        return Event.objects.about(self).newest_first()

    # ── verbs ────────────────────────────────────────────────────────────────────────────────

    def move(
        self,
        stage: Stage,
        *,
        by: Any,
        due_on: dt.date | None = None,
        message: Wording | None = None,
        tell: bool = True,
    ) -> StageEntry:
        """Put the application into another stage, tell the applicant, and promise the next date.

        `due_on` is the new promise (default: the stage's business days from today), `message` what
        a recruiter made of the text. Without `tell` no message goes out: then the earlier promise
        stands, because a date nobody was told is no promise. Either way it can be undone, and does
        not show, for the undo window. Raises CannotDo when the application has ended.
        """
        with transaction.atomic():
            self.lock().require_open()
            if stage.pk == self.stage_id:
                raise CannotDo(f"{self.name} is in {stage.name} already.")
            now, before = clock.now(), self.stage_id
            due_on = due_on or date_to_promise(self.employer, stage.promise_days)
            self.stage, self.stage_since = stage, now
            shows = shown_at(self.employer, "moved", self.employer.undo_window)
            overtake(self, now, shows)
            sent = self._queue("moved", message, stage=stage, due_on=due_on) if tell else None
            told = {"stage": stage, "shown_at": shows, "message": sent}
            entry = self.stage_entries.create(**told, at=now, by=str(by))
            if tell:
                Promise.made(self, due_on, **told, made_at=now).save(force_insert=True)
            self.due_on = due_on if tell else self.promises.all().standing_date()
            self.save(update_fields=["stage", "stage_since", "due_on"])
            data = {"from": str(before), "to": str(stage.pk), "stage": stage.name, "told": tell}
            self.record("moved", by=by, data=data)
        return entry

    def close(
        self, reason: Reason, *, by: Any, note: str = "", message: Wording | None = None
    ) -> Closure:
        """End the application and tell the applicant, after the undo window.

        Raises CannotDo when it has ended already: the first decision stands.
        """
        from sincerely.hiring.ending import end  # which knows this model

        with transaction.atomic():
            self.lock().require_open()
            (closure,) = end([self], reason, by=by, note=note, written=message)
        return closure

    def decline(self, *, by: Any, note: str = "", message: Wording | None = None) -> Closure:
        """Say no, kindly and on time."""
        return self.close(Reason.DECLINED, by=by, note=note, message=message)

    def hire(self, *, by: Any, note: str = "", message: Wording | None = None) -> Closure:
        return self.close(Reason.HIRED, by=by, note=note, message=message)

    def withdraw(self) -> Closure:
        """End the application at the applicant's own wish.

        A decision that is still held, so that the applicant cannot know of it, gives way: else
        the refusal would tell of it. Raises CannotDo when it has ended and the applicant may know.
        """
        with transaction.atomic():
            self.lock()
            if (held := self.closure) and held.shown_at > clock.now():
                self.set_aside(held, by=APPLICANT, why="the applicant withdrew")
            return self.close(Reason.WITHDRAWN, by=APPLICANT)

    def undo_withdrawal(self) -> None:
        """Take back the applicant's own withdrawal; raises CannotDo when there is none, or when
        its minute is over."""
        with transaction.atomic():
            self.lock()
            closure = self.closure
            if closure is None or closure.by != APPLICANT:
                raise CannotDo("There is no withdrawal to take back.")
            self._undo_closure(closure, APPLICANT)

    def undo(self, *, by: Any) -> None:
        """Take back the last decision or move while its message is still held; else CannotDo."""
        with transaction.atomic():
            self.lock()
            if closure := self.closure:
                self._undo_closure(closure, by)
            else:
                self._undo_move(by)

    def log_call(self, kind: Call.Kind, **given: Any) -> Call:
        """Log a conversation, voicemail or visit; see Call.log for what is `given`."""
        return Call.log(self, kind, **given)

    def add_note(self, text: str, *, by: Any) -> Event:
        """A note for the team; never shown to the applicant."""
        return self.record("note", by=by, data={"text": text})

    def review(self, outcome: Review.Outcome, *, by: Any, reason: str) -> Review:
        """A hiring manager's word. Advance and decline act at once, with their default message,
        held for the undo window; discuss asks the recruiter to talk."""
        with transaction.atomic():
            self.lock().require_open()
            review = Review.objects.create(
                application=self,
                stage_id=self.stage_id,
                identity=by,
                outcome=outcome,
                reason=reason,
            )
            self.record("reviewed", by=by, data={"outcome": str(outcome), "reason": reason})
            if outcome == Review.Outcome.DECLINE:
                self.decline(by=by, note=reason)
            elif outcome == Review.Outcome.ADVANCE:
                self.move(self.next_stage(), by=by)
        return review

    def told(self, *, how: str, at: dt.datetime, message: Message | None) -> None:
        """The applicant was told, provably: settle what that fulfils.

        `message` is the one that was delivered or relayed; None for a conversation.
        """
        closures, promises = self.closures.filter(told_at=None), self.promises.open()
        if message:
            # A proof that comes late speaks for nothing that was promised after its message.
            closures = closures.filter(message=message)
            promises = promises.filter(made_at__lte=message.created_at).exclude(message=message)
        else:
            # Nobody was told aloud what is still held for undo.
            closures = closures.filter(shown_at__lte=at)
            promises = promises.filter(shown_at__lte=at)
        closures.update(told_at=at, told_how=how)
        day = local_day(at, self.employer)
        for promise in promises:
            kept = Outcome.KEPT if day <= promise.due_on else Outcome.BROKEN
            promise.settle(kept, by=how, message=message)

    def promise(
        self, due_on: dt.date, *, shown_at: dt.datetime, message: Message | None = None
    ) -> Any:
        """Promise a date in this stage: in a conversation, or with a message that tells of it."""
        told = {"stage": self.stage, "shown_at": shown_at, "message": message}
        made = Promise.made(self, due_on, **told, made_at=clock.now())
        made.save(force_insert=True)
        self.due_on = due_on
        self.save(update_fields=["due_on"])
        return made

    def take_back_promise(self, message: Message) -> None:
        """The message that told of a date is not sent: the earlier date stands."""
        self.forget_promises(self.promises.filter(message=message))

    def forget_promises(self, promises: Any) -> None:
        """These dates (a queryset) were not given after all: the one before them stands."""
        if promises.delete()[0]:
            self.due_on = self.promises.all().standing_date()
            self.save(update_fields=["due_on"])

    # ── what the verbs are made of ───────────────────────────────────────────────────────────

    def require_open(self) -> None:
        if not self.is_open:
            closure = self.closure
            what = f"{closure} by {closure.by}" if closure else "Ended"
            raise CannotDo(f"{self.name}'s application has ended already: {what}.")

    def require_in(self, stage_id: Any) -> None:
        """Raise CannotDo when somebody moved it since it was seen in that stage."""
        if self.stage_id != stage_id:
            latest = self.stage_entries.order_by("-at", "-id").first()
            who = latest.by if latest else "Somebody"
            moved = f"{who} has moved {self.name} to {self.stage.name} meanwhile."
            raise CannotDo(f"{moved} Look at it again.")

    def next_stage(self) -> Stage:
        """The stage after the present one; raises CannotDo in the last."""
        if stage := setup_of(self.employer).stage_after(self.stage_id):
            return stage
        raise CannotDo(f"{self.stage.name} is the last stage. Hire or decline instead.")

    def record(self, kind: str, *, by: Any, data: dict[str, Any] | None = None) -> Event:
        return record(kind, self, by=by, data=data)

    def _queue(
        self, kind: str, written: Wording | None, *, hold: dt.timedelta | None = None, **known: Any
    ) -> Message | None:
        """Queue a message that may be taken back; None when there is no address to send it to."""
        text = compose(self, kind, written=written, **known) if self.email else None
        hold = self.employer.undo_window if hold is None else hold
        return send(self, kind, text, hold=hold) if text else None

    def _undo_closure(self, closure: Closure, by: Any) -> None:
        from sincerely.hiring.ending import tell_again  # which knows this model

        own = closure.by == APPLICANT
        if own != (by == APPLICANT):
            raise CannotDo("Only who decided it can take it back.")
        if own and clock.now() > closure.at + WITHDRAWAL_UNDO:
            raise CannotDo("The minute to take it back is over. You are welcome to apply again.")
        if not own and closure.message is None and clock.now() > closure.shown_at:
            raise CannotDo("It is too late to take it back.")
        take_back(closure.message)
        self._reopen(closure)
        self.record("closure_undone", by=by, data={"reason": closure.reason})
        together = list(closure.told_with())
        for other in together:
            if other.at == closure.at:
                other.application.undo_with(other, by)
        tell_again([other for other in together if other.at != closure.at])

    def undo_with(self, closure: Closure, by: Any) -> None:
        """Another end that the same message told of was taken back, and so is this one."""
        self.lock()
        self._reopen(closure)
        self.record("closure_undone", by=by, data={"reason": closure.reason})

    def _reopen(self, closure: Closure) -> None:
        from sincerely.hiring.interview_ending import revive  # which knows this model

        revive(closure)
        closure.delete()
        self.promises.all().revive(closure.at)
        self.ended_at = None
        self.save(update_fields=["ended_at"])
        tell_after_all(self, closure.at)

    def set_aside(self, held: Closure, *, by: Any, why: str) -> None:
        """Take back a decision that nobody was told, because something else came before it. Who
        was to be told of others by the same message is told of those alone."""
        from sincerely.hiring.ending import tell_again  # which knows this model

        take_back(held.message)
        others = list(held.told_with())
        self._reopen(held)
        self.record("closure_set_aside", by=by, data={"reason": held.reason, "why": why})
        tell_again(others)

    def _undo_move(self, by: Any) -> None:
        entries = list(self.stage_entries.select_related("message").order_by("-at", "-id")[:2])
        if len(entries) < 2 or entries[0].shown_at <= clock.now():
            raise CannotDo("There is nothing to take back any more.")
        undone, before = entries
        take_back(undone.message)
        self.promises.filter(made_at=undone.at, stage=undone.stage_id).delete()
        undone.delete()
        self.promises.all().revive(undone.at)
        self.stage_id, self.stage_since = before.stage_id, before.at
        self.due_on = self.promises.all().standing_date()
        self.save(update_fields=["stage", "stage_since", "due_on"])
        tell_after_all(self, undone.at)
        self.record("move_undone", by=by, data={"stage": str(undone.stage_id)})
