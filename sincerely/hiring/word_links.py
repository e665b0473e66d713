"""The links in a hiring manager's reminder: one applicant to read and one word to say, without
signing in; and afterwards, for a few minutes, what was said and the way to take it back.

A link says who asked whom about what. Whether it still opens is decided afresh each time, by the
rule that makes Today: the word is wanted, of this person, in this stage. So a link that was
forwarded dies with the decision.
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sincerely.accounts.models import Employer, Identity, Membership
from sincerely.hiring import debts
from sincerely.hiring.held import Held, held_decision
from sincerely.hiring.links import BadLink, LinkIsOver, sign, unsign
from sincerely.hiring.models import Application, CannotDo, Job, Review
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

_WORD, _SAID = "sincerely.word", "sincerely.word.said"
# A new link comes with each reminder, so an old one need not live for long.
LASTS = dt.timedelta(days=7)
# How long a word is shown at least, where an employer has no undo window.
SHOWN_FOR = dt.timedelta(minutes=10)
_FORM = struct.Struct(">16s16s16sQI")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


def open_alone() -> bool:
    """Whether links may open without signing in: not where the host asks staff for two steps."""
    return not settings.REQUIRE_STAFF_MFA


def awaiting(membership: Membership) -> Any:
    """The applications that wait for this hiring manager's word; none for who recruits."""
    if membership.recruits:
        return Application.objects.none()
    return debts.awaiting_word(
        Application.objects.of_jobs(Job.objects.visible_to(membership)),
        membership.identity_id,
        first_stage=setup_of(membership.employer).stages[0].pk,
    )


@dataclass(frozen=True, slots=True)
class WordKey:
    """What the link in a reminder is about: `since` is when the application came into its stage,
    `last_day` a day at the employer's place."""

    employer_id: UUID
    application_id: UUID
    identity_id: UUID
    since: dt.datetime
    last_day: dt.date

    @property
    def token(self) -> str:
        ids = (self.employer_id.bytes, self.application_id.bytes, self.identity_id.bytes)
        since = (self.since - _EPOCH) // _MICROSECOND
        return sign(_WORD, _FORM.pack(*ids, since, self.last_day.toordinal()))

    @classmethod
    def read(cls, token: str) -> WordKey:
        """Raises BadLink."""
        try:
            *ids, since, last_day = _FORM.unpack(unsign(_WORD, token))
        except struct.error as error:
            raise BadLink("This link is not complete.") from error
        employer, application, identity = (UUID(bytes=each) for each in ids)
        moment = _EPOCH + since * _MICROSECOND
        return cls(employer, application, identity, moment, dt.date.fromordinal(last_day))

    def open(self, employer: Employer) -> Asked:
        """What it opens now, in the employer's scope; raises LinkIsOver when that is nothing."""
        if clock.today(employer.time_zone) > self.last_day:
            raise LinkIsOver("Its last day is over.")
        membership = _member(employer, self.identity_id)
        waiting = awaiting(membership).filter(pk=self.application_id, stage_since=self.since)
        application = waiting.for_page().first()
        if application is None:
            raise LinkIsOver("It is decided, or not theirs to decide any more.")
        application.employer = employer
        return Asked(application, membership)

    def say(self, employer: Employer, outcome: Review.Outcome, *, reason: str) -> Review:
        """The hiring manager's word, by application.review(); a second click finds the word of
        the first one.

        Raises LinkIsOver when it is not wanted any more, CannotDo for what review() refuses.
        """
        with transaction.atomic():
            try:
                asked = self.open(employer)
                asked.application.lock()
                asked = self.open(employer)
            except LinkIsOver:
                if said := self._said(outcome, reason):
                    return said
                raise
            return asked.application.review(outcome, by=asked.membership.identity, reason=reason)

    def _said(self, outcome: Review.Outcome, reason: str) -> Review | None:
        """This very word, if it was said since."""
        about = {"application_id": self.application_id, "identity_id": self.identity_id}
        said = Review.objects.select_related("employer").filter(**about, at__gte=self.since)
        return said.filter(outcome=outcome, reason=reason).order_by("-at").first()


@dataclass(frozen=True, slots=True)
class Asked:
    """An application that waits for the word of a hiring manager."""

    application: Application
    membership: Membership


def word_link(application: Application, identity: Identity) -> str:
    """The full address; it holds for a week after the date the applicant was given, or after
    today when that has passed."""
    today = clock.today(application.employer.time_zone)
    last_day = max(application.due_on or today, today) + LASTS
    return f"{settings.PUBLIC_URL}{_word_path(application, identity, last_day)}"


def _word_path(application: Application, identity: Identity, last_day: dt.date) -> str:
    key = WordKey(
        application.employer.pk, application.pk, identity.pk, application.stage_since, last_day
    )
    return reverse("desk:word", kwargs={"token": key.token})


@dataclass(frozen=True, slots=True)
class Said:
    """A word that was just said: `held` while it may be taken back, `taken_back` when it was."""

    review: Review
    held: Held | None

    @property
    def taken_back(self) -> bool:
        application = self.review.application
        acted = self.review.outcome != Review.Outcome.DISCUSS
        return acted and application.is_open and application.stage_since <= self.review.at

    @property
    def path_to_another(self) -> str:
        """Where to say another word after this one was taken back; today only, or else a link
        could be made to last by deciding and undoing."""
        application, by = self.review.application, self.review.identity
        return _word_path(application, by, clock.today(application.employer.time_zone))

    def take_back(self) -> None:
        """Raises CannotDo when it is too late, or somebody has decided something else since."""
        application, by = self.review.application, self.review.identity
        with transaction.atomic():
            application.lock()
            if not _held(self.review):
                raise CannotDo("It is too late to take it back.")
            application.undo(by=by)


def said_path(review: Review) -> str:
    """The page about a word: only who said it is led there."""
    token = sign(_SAID, review.employer.pk.bytes + review.pk.bytes)
    return reverse("desk:word_said", kwargs={"token": token})


def read_said(token: str) -> tuple[UUID, UUID]:
    """The ids (employer, review) in a token; raises BadLink."""
    payload = unsign(_SAID, token)
    if len(payload) != 32:
        raise BadLink("This link is not complete.")
    return UUID(bytes=payload[:16]), UUID(bytes=payload[16:])


def open_said(employer: Employer, review_id: UUID) -> Said:
    """In the employer's scope; raises LinkIsOver once the undo window is over."""
    rows = Review.objects.select_related("identity", "stage", "application__job__recruiter")
    review = rows.filter(pk=review_id).first()
    if review is None or clock.now() > review.at + max(employer.undo_window, SHOWN_FOR):
        raise LinkIsOver("It was shown for long enough.")
    jobs = Job.objects.visible_to(_member(employer, review.identity_id))
    if not jobs.filter(pk=review.application.job_id).exists():
        raise LinkIsOver("It is not theirs any more.")
    review.application.employer = employer
    return Said(review, _held(review))


def _held(review: Review) -> Held | None:
    """The decision that this word made, while it is held."""
    if review.outcome == Review.Outcome.DISCUSS:
        return None
    later = Review.objects.filter(application=review.application_id, at__gt=review.at)
    held = None if later.exists() else held_decision(review.application)
    return held if held and held.actor_id == review.identity_id else None


def _member(employer: Employer, identity_id: UUID) -> Membership:
    """Who works here still; raises LinkIsOver."""
    active = employer.memberships.filter(identity__is_active=True)
    membership = active.select_related("identity").filter(identity_id=identity_id).first()
    if membership is None or not open_alone():
        raise LinkIsOver("They do not work here any more, or have to sign in.")
    membership.employer = employer
    return membership
