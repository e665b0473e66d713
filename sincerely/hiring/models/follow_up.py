"""The applicant's one question: used once, always answered, given back when a date was missed."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models, transaction

from sincerely.hiring.compose import compose
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

_ANSWERED = ("answered_at", "answered_by", "reply", "reply_text")


class FollowUpQuerySet(TenantQuerySet):
    def standing(self) -> FollowUpQuerySet:
        """Those that use up the one follow-up: at most one for each application."""
        return self.filter(counts=True, given_back_at=None)

    def waiting(self) -> FollowUpQuerySet:
        """Those that a person still has to answer."""
        return self.filter(answered_at=None)


class FollowUp(TenantModel):
    """One time the applicant turned to the employer, by whatever channel.

    `counts`: it uses up the one follow-up. A constraint lets one such row stand for each
    application; giving it back keeps the row and says when and why. `about` is what the protocol
    calls the contact (protocol.facts.ABOUT), empty for what is no follow-up at all. `answer_text`
    is the automatic answer, and `answer` the message that carries it. Where a person is needed,
    `answer_by` (a day at the employer's place) says until when, and `answered_at` when one did,
    with `reply_text` and its message, `reply`. What needs nobody is answered at once.
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

    def respond(self, text: str, *, by: Any, due_on: dt.date | None = None) -> Message:
        """Answer with a message, held for the undo window; `due_on` promises the next date too.

        Raises CannotDo when it was answered already, when there is no address to write to, and
        for a date once the application has ended.
        """
        with transaction.atomic():
            application = self.application.lock()
            self.lock().require_waiting()
            if due_on and not application.is_open:
                raise CannotDo("The application has ended, so there is no next date to give.")
            window = application.employer.undo_window
            words = compose(application, "reply", due_on=due_on, said={"reply": text})
            message = send(application, "reply", words, hold=window)
            if message is None:
                raise CannotDo(f"{application.name} gave no e-mail address. Call, and log it.")
            self._answered(by, message, text)
            if due_on:
                application.promise(due_on, shown_at=clock.now() + window, message=message)
            application.record("replied", by=by, data={"text": text, "due_on": str(due_on or "")})
        return message

    def settle(self, *, by: Any, note: str = "") -> None:
        """It was answered some other way, or needs no answer: `note` says how, for the team."""
        with transaction.atomic():
            self.lock().require_waiting()
            self._answered(by, None, "")
            self.application.record("follow_up_settled", by=by, data={"text": note})

    def take_response_back(self, *, by: Any) -> None:
        """Undo the reply while it is held, or that it was settled; CannotDo when it is too late."""
        with transaction.atomic():
            application = self.application.lock()
            reply = self.lock().reply
            take_back(reply)
            if reply:
                application.take_back_promise(reply)
            self.answered_at, self.answered_by = None, ""
            self.reply, self.reply_text = None, ""
            self.save(update_fields=_ANSWERED)
            application.record("reply_undone", by=by)

    def give_back(self, because: str) -> None:
        """Let the applicant ask once more; the row stays, with the reason."""
        self.given_back_at, self.given_back_because = clock.now(), because[:200]
        self.save(update_fields=["given_back_at", "given_back_because"])
        self.application.record("follow_up_given_back", by="sincerely", data={"because": because})

    def require_waiting(self) -> None:
        if self.answered_at:
            raise CannotDo(f"{self.answered_by} has answered this already.")

    def _answered(self, by: Any, message: Message | None, text: str) -> None:
        self.answered_at, self.answered_by = clock.now(), str(by)
        self.reply, self.reply_text = message, text
        self.save(update_fields=_ANSWERED)
