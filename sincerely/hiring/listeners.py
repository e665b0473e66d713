"""What a settled message means for the application it is about."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from sincerely.hiring.models import Application, Closure
from sincerely.kernel import clock
from sincerely.outbox.models import Message
from sincerely.outbox.models.message import State
from sincerely.outbox.proof import PROOF
from sincerely.outbox.signals import message_settled
from sincerely.outbox.suppressing import is_lost

# These say again what is so; an applicant who was promised to hear has not heard by them.
NO_NEWS = {
    "receipt",
    "applied_again",
    "link",
    "answer",
    "withdrawal_asked",
    "file_refused",
    "vouched",
    "vouch_revoked",
    "interview_asked",
    "interview_reminder",
    "interview_late",
}


@receiver(message_settled, sender=Message)
def settle_what_it_told(message: Message, state: str, **_: Any) -> None:
    """Keep promises and mark ends as told on proof; make a failure visible to the team.

    A mail may come back after it was delivered: then what it kept and told is owed again."""
    if message.about_id is None:
        return
    if is_lost(message):
        _owe_again(message)
    elif state in PROOF and message.kind not in NO_NEWS:
        _be_told(message, f"by e-mail, {State(state).label.lower()}")


def _owe_again(message: Message) -> None:
    application = Application.objects.only("id").filter(pk=message.about_id).first()
    if application is None:
        return
    application.record("not_reached", by="sincerely", data={"kind": message.kind})
    if message.kind not in NO_NEWS:
        application.promises.reopen(message)
        Closure.objects.filter(message=message).update(told_at=None, told_how="")


def _be_told(message: Message, how: str) -> None:
    application = Application.objects.for_page().filter(pk=message.about_id).first()
    if application and _is_news(application, message):
        for each in [application, *_others_in(message, application)]:
            each.told(how=how, at=clock.now(), message=message)
            each.job.close_if_all_told()


def _others_in(message: Message, application: Application) -> Any:
    """The same person's other applications whose end this message tells of."""
    ends = Closure.objects.filter(message=message).exclude(application=application)
    return Application.objects.for_page().filter(pk__in=ends.values("application_id"))


def _is_news(application: Application, message: Message) -> bool:
    """Whether the applicant heard something by it. A reply to a question keeps an earlier promise
    when it gives a date of its own."""
    return message.kind != "reply" or application.promises.filter(message=message).exists()
