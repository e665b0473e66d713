"""The applicant's one question: used once, always answered, given back when a date was missed."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction

from sincerely.hiring.compose import compose_reply, dated
from sincerely.hiring.letters import send, take_back
from sincerely.hiring.refusal import CannotDo
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet
from sincerely.outbox.models import Message


class Channel(models.TextChoices):
    PAGE = "page", "Status page"
    EMAIL = "email", "E-mail"
    CALL = "call", "Call"
    VOICEMAIL = "voicemail", "Voicemail"
    VISIT = "visit", "Visit"


class Topic(models.TextChoices):
    STATUS = "status", "Where does my application stand?"
    QUESTION = "question", "I have a question"
    ADJUSTMENT = "adjustment", "I need something so that I can take part"
    PROBLEM = "problem", "Something is wrong with my application"


NEEDS_A_PERSON = (Topic.QUESTION, Topic.ADJUSTMENT, Topic.PROBLEM)
# Asking for an accommodation, or saying that something is wrong, is nobody's favour to grant:
# always open, and no use of the one follow-up.
ALWAYS_OPEN = (Topic.ADJUSTMENT, Topic.PROBLEM)

_ANSWERED = ("answer_by", "answered_at", "answered_by", "reply", "reply_text")


class FollowUpQuerySet(TenantQuerySet):
    def standing(self) -> FollowUpQuerySet:
        """Those that use up the one follow-up: at most one for each application."""
        return self.filter(counts=True, given_back_at=None)

    def waiting(self) -> FollowUpQuerySet:
        """Those that a person still has to answer."""
        return self.filter(answered_at=None)

    def for_page(self) -> FollowUpQuerySet:
        """With the rows that a page about one follow-up shows."""
        of_application = ("employer", "job__recruiter", "stage", "document")
        related = [f"application__{name}" for name in of_application]
        unread = [f"{name}__{large}" for name in ("answer", "reply") for large in ("raw", "html")]
        return self.select_related(*related, "answer", "reply").defer(*unread)


class FollowUp(TenantModel):
    """One time the applicant turned to the employer, by whatever channel.

    `counts`: it uses up the one follow-up. A constraint lets one such row stand for each
    application; giving it back keeps the row and says when and why. `about` is what the protocol
    calls the contact (protocol.facts.ABOUT), empty for what is no follow-up at all. `answer_text`
    is the automatic answer, and `answer` the message that carries it. Where a person is needed,
    `answer_by` (a day at the employer's place) says until when, and `answered_at` when one did,
    with `reply_text` and its message, `reply`. A reply that was not the whole answer leaves it
    waiting. What needs nobody is answered at once.
    """

    Channel = Channel
    Topic = Topic

    employer = EmployerKey(related_name="follow_ups")
    application = TenantForeignKey("hiring.Application", related_name="follow_ups")
    channel = models.CharField(max_length=10, choices=Channel)
    topic = models.CharField(max_length=10, choices=Topic)
    about = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    counts = models.BooleanField()
    given_back_at = models.DateTimeField(null=True)
    given_back_because = models.CharField(max_length=200, blank=True)
    answer_text = models.TextField(blank=True)
    answer = TenantForeignKey("outbox.Message", null=True, related_name="+")
    answer_by = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    reply_text = models.TextField(blank=True)
    reply = TenantForeignKey("outbox.Message", null=True, related_name="+")

    objects: ClassVar[Any] = TenantManager.from_queryset(FollowUpQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "application"],
                condition=models.Q(counts=True, given_back_at=None),
                name="follow_up_once",
            ),
            models.UniqueConstraint(
                fields=["employer", "application", "topic"],
                condition=models.Q(counts=False, answered_at=None),
                name="follow_up_waits_once",
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "application", "-at"], name="follow_up_of"),
            models.Index(
                fields=["employer", "answer_by", "id"],
                name="follow_up_waiting",
                condition=models.Q(answered_at=None),
            ),
            models.Index(fields=["employer", "answer"], name="follow_up_answer"),
            models.Index(fields=["employer", "reply"], name="follow_up_reply"),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} ({self.get_channel_display().lower()})"

    @property
    def needs_a_person(self) -> bool:
        return self.answer_by is not None

    @property
    def stands(self) -> bool:
        """Uses up the one follow-up."""
        return self.counts and self.given_back_at is None

    @property
    def shown_reply(self) -> str:
        """The reply, once it can no longer be taken back; until then nobody knows of it."""
        if self.reply is None or self.reply.state == Message.State.SKIPPED:
            return ""
        return "" if self.reply.is_held(clock.now()) else self.reply_text

    # ── verbs ────────────────────────────────────────────────────────────────────────────────

    def respond(
        self,
        text: str,
        *,
        by: Any,
        due_on: dt.date | None = None,
        rest_by: dt.date | None = None,
        seen: UUID | None = None,
    ) -> Message:
        """Answer with a message, held for the undo window.

        `due_on` promises the date of the next step, too. With `rest_by` it is not the whole answer
        yet: a person gives it by then, and the follow-up waits on. `seen` is the id of the reply
        that the writer knows of. Raises CannotDo when somebody else was first, when there is no
        address to write to, and for `due_on` once the application has ended.
        """
        with transaction.atomic():
            application = self.application.lock()
            self.lock().require_waiting(seen)
            if due_on and not application.is_open:
                raise CannotDo("The application has ended, so there is no next date to give.")
            window = application.employer.undo_window
            words = compose_reply(application, text, by=by, due_on=due_on, rest_by=rest_by)
            message = send(application, "reply", words, hold=window)
            if message is None:
                raise CannotDo(f"{application.name} gave no e-mail address. Call, and log it.")
            if due_on:
                application.promise(due_on, shown_at=clock.now() + window, message=message)
            days = {"due_on": str(due_on or ""), "rest_by": str(rest_by or "")}
            self._record("replied", by, text=text, before=self._set_aside(), **days)
            self.reply, self.reply_text = message, dated(application, text, due_on, rest_by)
            self.answer_by = rest_by or self.answer_by
            self._answered(by, at=None if rest_by else clock.now())
        return message

    def settle(self, *, by: Any, note: str = "", call: Any = None) -> None:
        """It was answered some other way, or needs no answer: `note` says how, for the team, and
        `call` in which conversation.

        A first reply that is still held is not sent any more.
        """
        with transaction.atomic():
            self.lock().require_waiting(self.reply_id)
            known = {"text": note, "call": str(call.pk) if call else ""}
            self._record("follow_up_settled", by, before=self._set_aside(), **known)
            self._answered(by, at=clock.now())

    def take_response_back(self, *, by: Any) -> None:
        """Undo the reply while it is held, or that it was settled.

        Raises CannotDo when it is too late, and when nobody has answered.
        """
        with transaction.atomic():
            application = self.application.lock()
            self.lock()._require_undoable()
            kinds = ["replied", "follow_up_settled"] if self.answered_at else ["replied"]
            last = self._newest(*kinds)
            if last.kind == "replied":
                assert self.reply
                take_back(self.reply)
                application.take_back_promise(self.reply)
            self._restore(last.data["before"])
            self._record("reply_undone", by, sent=last.kind == "replied")

    def taken_back(self) -> dict[str, str]:
        """`text`, `due_on` and `rest_by` of the reply that somebody took back, to go on from; empty
        when nothing was."""
        last = self._newest("replied", "reply_undone")
        if last is None or last.kind == "replied" or not last.data["sent"]:
            return {}
        words = self._newest("replied").data
        return {name: words[name] for name in ("text", "due_on", "rest_by")}

    def give_back(self, because: str) -> None:
        """Let the applicant ask once more; the row stays, with the reason."""
        self.given_back_at, self.given_back_because = clock.now(), because[:200]
        self.save(update_fields=["given_back_at", "given_back_because"])
        self.application.record("follow_up_given_back", by="sincerely", data={"because": because})

    def require_waiting(self, seen: UUID | None = None) -> None:
        if self.answered_at:
            raise CannotDo(f"{self.answered_by} has answered this already.")
        if self.reply_id != seen:
            raise CannotDo(f"{self.answered_by} has written to them already.")

    def _require_undoable(self) -> None:
        if not self.needs_a_person or not (self.answered_at or self.reply_id):
            raise CannotDo("Nobody has answered this yet, so there is nothing to take back.")
        again = self.application.follow_ups.waiting().filter(topic=self.topic, counts=False)
        if not self.counts and again.exclude(pk=self.pk).exists():
            raise CannotDo("They have written about it again since. Answer that message instead.")

    def _answered(self, by: Any, *, at: dt.datetime | None) -> None:
        self.answered_by, self.answered_at = str(by), at
        self.save(update_fields=_ANSWERED)

    def _set_aside(self) -> dict[str, str]:
        """What stands before an answer, for whoever takes that back. A first reply that is still
        held is overtaken by it, as if it had never been."""
        if self.reply and self.reply.skip("overtaken by a later answer"):
            before: dict[str, str] = self._newest("replied").data["before"]
            self._restore(before)
            return before
        return {
            "answer_by": str(self.answer_by),
            "answered_by": self.answered_by,
            "reply": str(self.reply_id or ""),
            "reply_text": self.reply_text,
        }

    def _restore(self, before: dict[str, str]) -> None:
        self.answer_by = dt.date.fromisoformat(before["answer_by"])
        self.answered_at, self.answered_by = None, before["answered_by"]
        self.reply_id, self.reply_text = before["reply"] or None, before["reply_text"]
        self.save(update_fields=_ANSWERED)

    def _newest(self, *kinds: str) -> Any:
        """The newest event of these kinds about this follow-up, or None."""
        events = self.application.events().filter(kind__in=kinds, data__follow_up=str(self.pk))
        return events.first()

    def _record(self, kind: str, by: Any, **data: Any) -> None:
        self.application.record(kind, by=by, data={"follow_up": str(self.pk), **data})
