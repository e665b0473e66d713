"""What is owed to applicants: a date that is due, an answer that did not arrive, a word to say.

Each function narrows applications (a queryset of the current employer) to those who are owed
something; the desk's Today is made of them. Every debt is paid by a verb, none by ticking it off.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from sincerely.hiring.models import (
    ApplicationDraft,
    Call,
    Closure,
    Failure,
    FollowUp,
    Promise,
    Reason,
    Review,
)
from sincerely.hiring.models.promise import Outcome
from sincerely.kernel import clock
from sincerely.kernel.models import Event
from sincerely.outbox.models import Message
from sincerely.outbox.proof import PROOF, PROOF_COMES_WITHIN, UNREACHED
from sincerely.outbox.suppressing import lost

State = Message.State
SPOKEN = (Call.Kind.CALL, Call.Kind.VISIT)


def due(applications: Any, *, first: dt.date = dt.date.min, last: dt.date = dt.date.max) -> Any:
    """Open applications whose promised date lies within these days (inclusive), oldest first."""
    return applications.open().filter(due_on__range=(first, last)).order_by("due_on", "id")


def unreached(applications: Any) -> Any:
    """Open applications whose newest lost message was not made up for, and that have no other
    address since."""
    theirs = lost_messages().filter(about_id=OuterRef("pk"), to_address=OuterRef("email"))
    return applications.open().filter(Exists(theirs)).order_by("id")


def lost_messages() -> Any:
    """Messages that did not arrive and were not made up for: by a later one that arrived, or by a
    conversation."""
    about = Message.objects.filter(about_id=OuterRef("about_id"))
    arrived = about.filter(state__in=PROOF, settled_at__gt=OuterRef("settled_at"))
    spoken = Call.objects.filter(
        application=OuterRef("about_id"), kind__in=SPOKEN, at__gt=OuterRef("settled_at")
    )
    return lost().filter(~Exists(arrived), ~Exists(spoken), about_id__isnull=False)


def untold(applications: Any) -> Any:
    """Ended applications whose end cannot be expected to arrive by itself: there was no address,
    the message failed, or a day went by without proof."""
    long_ago = clock.now() - PROOF_COMES_WITHIN
    unproven = Q(message__state__in=(State.SENT, State.DELAYED), message__settled_at__lt=long_ago)
    lost = Q(message=None) | Q(message__state__in=(*UNREACHED, State.SKIPPED))
    ends = Closure.objects.filter(told_at=None, shown_at__lte=clock.now()).filter(lost | unproven)
    return applications.filter(pk__in=ends.values("application_id")).order_by("id")


def to_discuss(applications: Any) -> Any:
    """Open applications in which a hiring manager asked to talk, and nobody answered yet: with a
    note, a move, a decision or another word."""
    later = Review.objects.filter(application=OuterRef("application"), at__gt=OuterRef("at"))
    answered = Event.objects.filter(
        about_id=OuterRef("application"), kind="note", at__gt=OuterRef("at")
    )
    asked = Review.objects.filter(
        ~Exists(later), ~Exists(answered), outcome=Review.Outcome.DISCUSS
    ).filter(at__gte=F("application__stage_since"))
    return applications.open().filter(pk__in=asked.values("application_id")).order_by("id")


def on_hold(applications: Any) -> Any:
    """Messages of decisions on these applications that wait, first to go first: until then they can
    be taken back. `wake_at`, which their index is ordered by, is the same instant for these."""
    now = clock.now()
    waiting = Message.objects.unsent().filter(
        kind__in=("moved", *Reason.values),
        hold_until__gt=now,
        wake_at__gt=now,
        about_id__in=applications.values("pk"),
    )
    return waiting.defer("raw", "html", "text").order_by("wake_at", "id")


def to_answer(jobs: Any) -> Any:
    """What applicants for these jobs asked and a person still has to answer, oldest first."""
    waiting = FollowUp.objects.waiting().filter(application__job__in=jobs)
    return waiting.order_by("answer_by", "id")


def late_drafts(jobs: Any) -> Any:
    """Applications that came when the job was closed already, and that nobody has looked at."""
    return ApplicationDraft.objects.filter(settled_at=None, job__in=jobs).order_by("at")


def without_receipt(applications: Any) -> Any:
    """Open applications of people without an e-mail address who were given no slip, and with whom
    nobody has spoken since."""
    about = OuterRef("pk")
    given = Event.objects.filter(about_id=about, kind="slip_given")
    spoken = Call.objects.filter(application=about, kind__in=SPOKEN)
    rows = applications.open().filter(email="").filter(~Exists(given), ~Exists(spoken))
    return rows.order_by("applied_at", "id")


def failed(jobs: Any) -> Any:
    """Whom our system failed and support left without an answer: for these jobs, or for none that
    is known; oldest first."""
    concerns = Q(job__in=jobs) | Q(job=None)
    return Failure.objects.escalated().filter(concerns).order_by("escalated_at", "id")


def awaiting_word(applications: Any, identity: Any, *, first_stage: Any) -> Any:
    """Open applications beyond the first stage on which this hiring manager has not said a word
    since they came into their stage.

    An advance or a decline that stands has moved or ended the application; where it has not, it
    was taken back and is no word any more."""
    said = Review.objects.filter(
        application=OuterRef("pk"),
        identity=identity,
        at__gte=OuterRef("stage_since"),
        outcome=Review.Outcome.DISCUSS,
    )
    waiting = applications.open().filter(~Exists(said)).exclude(stage=first_stage)
    return waiting.order_by("due_on", "id")


def promises_kept(applications: Any, *, since: dt.datetime) -> int:
    """How many promises to these people were kept since then."""
    kept = Promise.objects.filter(outcome=Outcome.KEPT, settled_at__gte=since)
    return kept.filter(application__in=applications).count()


def replies_since(instant: dt.datetime) -> int:
    """How many applicants had a reply from a person since then."""
    replies = Message.objects.filter(kind="reply", created_at__gte=instant)
    return replies.exclude(state=State.SKIPPED).values("about_id").distinct().count()
