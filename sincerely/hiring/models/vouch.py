"""A named person's own yes to being contacted by somebody who was referred."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, ClassVar, cast

from django.db import models, transaction

from sincerely.hiring import referral_mail
from sincerely.hiring.dates import in_words, local_day
from sincerely.hiring.models.referral import Referral
from sincerely.hiring.refusal import CannotDo
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet, record
from sincerely.kernel.phone_number import readable
from sincerely.protocol import facts, policy

USUAL_DAYS = 30
MOST_DAYS = 90


class ContactRole(models.TextChoices):
    """Those of protocol.policy.Role that a colleague may have."""

    TEAM_MEMBER = "team_member", "Somebody on the team"
    HIRING_MANAGER = "hiring_manager", "The hiring manager"
    OWNER = "owner", "The owner"
    RECRUITER = "recruiter", "A recruiter"
    HR = "hr", "Somebody in HR"
    FRONT_DESK = "front_desk", "The front desk"


class ContactChannel(models.TextChoices):
    EMAIL = "email", "By e-mail"
    CALL = "call", "By phone"


class VouchState(StrEnum):
    WAITING = "waiting"
    STANDING = "standing"
    UNANSWERED = "unanswered"
    DECLINED = "declined"
    REVOKED = "revoked"
    ENDED = "ended"


class VouchQuerySet(TenantQuerySet):
    def standing(self, application: Any, today: dt.date) -> Vouch | None:
        """The newest that holds for this application on a day at the employer's place."""
        found: Any = (
            self.filter(
                referral__in=Referral.objects.of(application),
                confirmed_at__isnull=False,
                revoked_at=None,
                until__gte=today,
            )
            .select_related("referral")
            .order_by("-confirmed_at", "-id")
            .first()
        )
        if found:
            found.employer = application.employer
        return cast("Vouch | None", found)

    def not_taken_back(self) -> VouchQuerySet:
        return self.filter(declined_at=None, revoked_at=None)


class Vouch(TenantModel):
    """Asked of `person`, at their own address `email`; nobody else's word counts.

    There is a row only where the referrer was certain. It holds from the person's own yes to the
    end of the day `until`; that end needs no job, because it is computed (`state`).
    """

    employer = EmployerKey(related_name="vouches")
    referral = TenantForeignKey(Referral, related_name="vouches")
    person = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=ContactRole)
    email = models.CharField(max_length=254)
    channel = models.CharField(max_length=10, choices=ContactChannel)
    number = models.CharField(max_length=20, blank=True)
    until = models.DateField()
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = TenantManager.from_queryset(VouchQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(declined_at=None),
                name="vouch_answered_once",
            )
        ]
        indexes = [
            models.Index(fields=["employer", "referral", "-asked_at"], name="vouch_of"),
            models.Index(fields=["employer", "email"], name="vouch_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} until {self.until}"

    @property
    def address(self) -> str:
        """Where they may be contacted: the number (E.164) or the e-mail address."""
        return self.number if self.channel == ContactChannel.CALL else self.email

    @property
    def readable_number(self) -> str:
        return readable(self.number)

    def state(self, today: dt.date) -> VouchState:
        """What it is worth on a day at the employer's place."""
        if self.declined_at:
            return VouchState.DECLINED
        if self.revoked_at:
            return VouchState.REVOKED
        if self.confirmed_at is None:
            return VouchState.WAITING if today <= self.until else VouchState.UNANSWERED
        return VouchState.STANDING if today <= self.until else VouchState.ENDED

    def state_now(self) -> VouchState:
        return self.state(clock.today(self.employer.time_zone))

    def as_fact(self) -> facts.Vouch:
        """For the protocol; only of one that stands."""
        assert self.confirmed_at is not None
        return facts.Vouch(
            person=self.person,
            channel="call" if self.channel == ContactChannel.CALL else "email",
            given_on=local_day(self.confirmed_at, self.employer),
            until=self.until,
            certain=True,
            role=cast(policy.Role, self.role),
            referrer=self.referral.referrer_name,
        )

    # ── verbs ────────────────────────────────────────────────────────────────────────────────

    def confirm(self, *, until: dt.date, number: str = "") -> None:
        """The person's own yes, with the last day and the number as they want them.

        Tells the applicant, if there is one already, and gives the person a way back. Raises
        CannotDo when it was answered, taken back, or has ended, and for a day that cannot be.
        """
        require_possible_end(until, clock.today(self.employer.time_zone))
        with transaction.atomic():
            self.lock()._require_waiting()
            self.confirmed_at, self.until, self.number = clock.now(), until, number or self.number
            self.save(update_fields=["confirmed_at", "until", "number"])
            record("vouch_confirmed", self, by=self.person)
            referral_mail.send_way_back(self)
            referral_mail.tell_applicant(self, "vouched")

    def decline(self) -> None:
        """The person's own no; nobody is told. Raises CannotDo as `confirm` does."""
        with transaction.atomic():
            self.lock()._require_waiting()
            self.declined_at = clock.now()
            self.save(update_fields=["declined_at"])
            record("vouch_declined", self, by=self.person)

    def revoke(self, *, by: Any) -> None:
        """Take back the question, or a yes, and then tell the applicant who may count on it.

        Does nothing to what has ended already.
        """
        with transaction.atomic():
            before = self.lock().state_now()
            if before not in {VouchState.WAITING, VouchState.STANDING}:
                return
            self.revoked_at, self.revoked_by = clock.now(), str(by)[:200]
            self.save(update_fields=["revoked_at", "revoked_by"])
            record("vouch_revoked", self, by=by)
            if before == VouchState.STANDING:
                referral_mail.tell_applicant(self, "vouch_revoked")

    def _require_waiting(self) -> None:
        if self.state_now() != VouchState.WAITING:
            raise CannotDo("This question has been answered, or its days are over.")


def require_possible_end(until: dt.date, today: dt.date) -> None:
    """Raise CannotDo, with what is possible, unless the last day lies within MOST_DAYS."""
    last = today + dt.timedelta(days=MOST_DAYS)
    if until < today:
        raise CannotDo("This day has passed. Choose one that is still to come.")
    if until > last:
        raise CannotDo(f"That is far ahead. The last possible day is {in_words(last)}.")
