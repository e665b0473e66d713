"""Debts to people as rows of Today: one row, one debt, and the one thing that pays it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sincerely.desk.access import DeskRequest
from sincerely.desk.day_groups import clock_words, days_words
from sincerely.desk.follow_up_words import TASKS, shortened
from sincerely.hiring.dates import in_words
from sincerely.hiring.legal_clocks import deadline_after
from sincerely.hiring.models import Application, ApplicationDraft, Failure, FollowUp
from sincerely.hiring.unreached_members import Unreached
from sincerely.hiring.wording import LABELS
from sincerely.inbound.models import InboundMail
from sincerely.outbox.models import Message
from sincerely.outbox.suppressing import lost

_LOST: dict[str, str] = {
    Message.State.BOUNCED: "came back",
    Message.State.SKIPPED: "was not sent: this address gets no mail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`icon` and `when` say how urgent it is, `what` is the debt as a task, `action` names the
    button; `call_card` opens beside the list instead of a page of its own, `dialog` over it. `key`
    stays the same as long as the debt does; `kind` and `about` name it, where it `may_wait` until
    tomorrow."""

    key: str
    icon: str
    when: str
    what: str
    note: str
    address: str
    action: str = "Open"
    is_late: bool = False
    day: dt.date | None = None
    call_card: str = ""
    dialog: str = ""
    kind: str = ""
    about: str = ""
    may_wait: bool = False


class Rows:
    """Makes rows for one request."""

    def __init__(self, request: DeskRequest, today: dt.date) -> None:
        self.employer, self.slug, self.today = request.employer, request.employer.slug, today
        self.is_admin = request.membership.is_admin

    def due(self, applications: Iterable[Application]) -> list[Row]:
        return [self._due(application) for application in applications]

    def unreached(self, applications: Iterable[Application]) -> list[Row]:
        applications = list(applications)
        failed = _newest_failures(applications)
        return [self._unreached(each, failed.get(each.pk)) for each in applications]

    def untold(self, applications: Iterable[Application]) -> list[Row]:
        return [self._untold(application) for application in applications]

    def by_law(self, applications: Iterable[Any]) -> list[Row]:
        return [self._by_law(application) for application in applications]

    def to_score(self, requests: Iterable[Any]) -> list[Row]:
        return [self._to_score(request) for request in requests]

    def to_discuss(self, applications: Iterable[Application]) -> list[Row]:
        return [self._to_discuss(application) for application in applications]

    def questions(self, follow_ups: Iterable[FollowUp]) -> list[Row]:
        return [self._question(follow_up) for follow_up in follow_ups]

    def late_drafts(self, drafts: Iterable[ApplicationDraft]) -> list[Row]:
        return [self._late_draft(draft) for draft in drafts]

    def mails(self, mails: Iterable[InboundMail]) -> list[Row]:
        return [self._mail(mail) for mail in mails]

    def without_receipt(self, applications: Iterable[Application]) -> list[Row]:
        return [self._without_receipt(application) for application in applications]

    def failed(self, failures: Iterable[Failure]) -> list[Row]:
        return [self._failed(failure) for failure in failures]

    def unreached_members(self, found: Iterable[Unreached]) -> list[Row]:
        return [self._unreached_member(each) for each in found]

    def on_hold(self, waiting: Iterable[Message]) -> list[Row]:
        waiting = list(waiting)
        found = Application.objects.select_related("job__recruiter")
        about = found.in_bulk([message.about_id for message in waiting])
        return [self._on_hold(each, about[each.about_id]) for each in waiting]

    def to_read(self, applications: Iterable[Application]) -> list[Row]:
        return [self._to_read(application) for application in applications]

    def _due(self, application: Application) -> Row:
        is_due = (application.due_on or self.today) <= self.today
        what = "Tell {} where things stand" if is_due else "{} hears next"
        return self._row(
            application,
            what.format(application.name),
            f"in {application.stage.name} {self._since(application)}",
            kind="due",
            key=f"due-{application.reference}",
            action="Move on",
            dialog=self._address("move", reference=application.reference),
            **clock_words(application.due_on, self.today),
        )

    def _to_read(self, application: Application) -> Row:
        return self._row(
            application,
            f"Say a word on {application.name}",
            f"in {application.stage.name} {self._since(application)}",
            kind="to_read",
            key=f"read-{application.reference}",
            action="Read",
            **clock_words(application.due_on, self.today),
        )

    def _by_law(self, application: Any) -> Row:
        deadline = deadline_after(self.employer, application.interviewed_on)
        return self._row(
            application,
            f"Tell {application.name} the outcome",
            f"interviewed {in_words(application.interviewed_on)}, and the law gives "
            f"{deadline.law.days} days",
            kind="by_law",
            key=f"law-{application.reference}",
            **clock_words(deadline.day, self.today),
        )

    def _to_score(self, request: Any) -> Row:
        application = request.application
        return self._row(
            application,
            f"Score {application.name}",
            f"in {application.stage.name}, as {request.asked_by} asked",
            kind="to_score",
            about=str(request.pk),
            action="Score",
            key=str(request.pk),
            address=self._address("scorecard", reference=application.reference),
            **clock_words(request.due_on, self.today),
        )

    def _unreached(self, application: Application, message: Message | None) -> Row:
        what = LABELS.get(message.kind, "message").lower() if message else "message"
        how = _LOST.get(message.state if message else "", "could not be sent")
        return self._row(
            application,
            f"Find another way to reach {application.name}",
            f"the message “{what}” {how}",
            icon="bounced",
            when="Not reached",
            is_late=True,
            action="Call card",
            call_card=self._address("call_card", reference=application.reference),
        )

    def _untold(self, application: Application) -> Row:
        return self._row(
            application,
            f"Tell {application.name} that it has ended",
            "decided, and there is no proof that they know",
            icon="phone",
            when="Not told",
            is_late=True,
            action="Call card",
            call_card=self._address("call_card", reference=application.reference),
        )

    def _to_discuss(self, application: Application) -> Row:
        return self._row(
            application,
            f"Talk about {application.name}",
            "the hiring manager asked; a note answers",
            icon="people",
            when="To discuss",
            kind="to_discuss",
            may_wait=True,
            action="Read",
        )

    def _question(self, follow_up: FollowUp) -> Row:
        application = follow_up.application
        words = shortened(follow_up.text)
        return self._row(
            application,
            TASKS[follow_up.topic].format(application.name),
            f"“{words}”" if words else "they wrote nothing more",
            kind="asked",
            about=str(follow_up.pk),
            action="Answer",
            key=str(follow_up.pk),
            address=self._address("follow_up", follow_up_id=follow_up.pk),
            **clock_words(follow_up.answer_by, self.today),
        )

    def _late_draft(self, draft: ApplicationDraft) -> Row:
        return Row(
            key=str(draft.pk),
            icon="late",
            when="Too late",
            what=f"Answer {draft.name}, who came too late",
            note=f"{draft.job.title} · sent when the job was no longer open",
            address=self._address("job_draft", slug=draft.job.slug, draft_id=draft.pk),
            kind="late_drafts",
            about=str(draft.pk),
            may_wait=True,
            action="Read",
        )

    def _mail(self, mail: InboundMail) -> Row:
        sender = mail.from_name or mail.from_address or "somebody"
        return Row(
            key=str(mail.pk),
            icon="mail",
            when="To sort",
            what=f"Read a mail from {shortened(sender)}",
            note=" · ".join(filter(None, [shortened(mail.subject), mail.reason])),
            address=self._address("mail_one", mail_id=mail.pk),
            action="Read",
        )

    def _without_receipt(self, application: Application) -> Row:
        return self._row(
            application,
            f"Give {application.name} their slip",
            "no e-mail address, and no slip was handed over",
            icon="print",
            when="No receipt",
            action="Slip",
            address=self._address("slip", reference=application.reference),
        )

    def _failed(self, failure: Failure) -> Row:
        job = failure.job.title if failure.job else "no job known"
        return Row(
            key=str(failure.pk),
            icon="warning",
            when="Our system failed",
            what=f"Help {failure.name or 'an applicant'}, whom our system failed",
            note=f"{job} · code {failure.code} · support has not answered",
            address=self._address("incident", failure_id=failure.pk),
            action="Read",
            is_late=True,
        )

    def _unreached_member(self, found: Unreached) -> Row:
        member = found.membership
        came_back = found.message.state == Message.State.BOUNCED
        page = self._address("settings_member", membership_id=member.pk)
        return Row(
            key=f"reminder-{member.pk}",
            icon="bounced",
            when="Not reminded",
            what=f"Remind {member.identity} another way",
            note=f"our mail to {found.message.to_address} "
            f"{'came back' if came_back else 'could not be sent'}, so they do not know what waits",
            address=page if self.is_admin else self._address("jobs"),
            is_late=True,
        )

    def _on_hold(self, message: Message, application: Application) -> Row:
        assert message.hold_until is not None
        decided = LABELS.get(message.kind, message.kind).lower()
        return self._row(
            application,
            f"{application.name}: {decided}",
            "nobody outside knows yet, and it can be taken back",
            key=str(message.pk),
            icon="wait",
            when=f"goes out {_moment(message.hold_until, self.today)}",
        )

    def about(
        self, application: Application, what: str, note: str, *, place: str = "", **more: Any
    ) -> Row:
        """A row of another kind about an application, which leads to a `place` on its page."""
        address = self._address("application", reference=application.reference) + place
        return self._row(application, what, note, address=address, **more)

    def _row(self, application: Application, what: str, note: str, **more: Any) -> Row:
        recruiter = application.job.recruiter
        parts = [
            application.job.title,
            note,
            recruiter.name if recruiter else "nobody owns the job",
        ]
        known: dict[str, Any] = {
            "key": f"{application.reference}-{more.get('icon', '')}",
            "address": self._address("application", reference=application.reference),
            "about": str(application.pk),
            "may_wait": "day" in more,  # which only what lies ahead has
        }
        return Row(what=what, note=" · ".join(parts), **known | more)

    def _since(self, application: Application) -> str:
        days = (self.today - timezone.localtime(application.stage_since).date()).days
        return f"for {days_words(days)}" if days > 0 else "since today"

    def _address(self, name: str, **kwargs: Any) -> str:
        return reverse(f"desk:{name}", kwargs={"employer": self.slug, **kwargs})


def _moment(at: dt.datetime, today: dt.date) -> str:
    """`at 14:32`, with the day where it is not today."""
    local = timezone.localtime(at)
    return f"at {local:%H:%M}" if local.date() == today else f"{local:%A} at {local:%H:%M}"


def _newest_failures(applications: list[Application]) -> dict[Any, Message]:
    """The newest failed message of each, in one statement."""
    failed = lost().filter(about_id__in=[application.pk for application in applications])
    return {message.about_id: message for message in failed.defer("raw").order_by("created_at")}
