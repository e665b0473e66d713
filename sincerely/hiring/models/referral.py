"""An employee's word for somebody they know."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet


class Certainty(models.TextChoices):
    """How sure the referrer is that a colleague will not mind being contacted."""

    CERTAIN = "certain", "Certain"
    PROBABLY = "probably", "Probably"
    UNSAID = "unsaid", "Not said"


class ReferralQuerySet(TenantQuerySet):
    def of(self, application: Any) -> ReferralQuerySet:
        """Those that led to this application, by their link or by the address they name."""
        mine = models.Q(application=application.pk)
        if application.email:
            mine |= models.Q(job=application.job_id, email=application.email)
        return self.filter(mine)

    def tie(self, application: Any) -> bool:
        """Let them be of this application, which came by their link; each only once."""
        free = self.filter(application=None, job=application.job_id)
        return bool(free.update(application=application))


class Referral(TenantModel):
    """`name` and `email` are those of the person referred, `email` in lower case.

    Who referred is not proven: they had the link, which only the employer's people are given.
    `application` came by the link in their mail, the first that did; an application with their
    address is theirs as well (`ReferralQuerySet.of`).
    """

    Certainty = Certainty

    employer = EmployerKey(related_name="referrals")
    job = TenantForeignKey("hiring.Job", related_name="referrals")
    application = TenantForeignKey("hiring.Application", null=True, related_name="+")
    referrer_name = models.CharField(max_length=200)
    referrer_email = models.CharField(max_length=254)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    why = models.TextField(max_length=1_000, blank=True)
    certainty = models.CharField(max_length=10, choices=Certainty)
    made_at = models.DateTimeField(default=clock.now)

    vouches: Any  # a manager with a queryset of its own, which mypy cannot follow

    objects: ClassVar[Any] = TenantManager.from_queryset(ReferralQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "job", "email", "referrer_email"], name="referred_once"
            )
        ]
        indexes = [
            models.Index(fields=["employer", "application"], name="referral_of_application"),
            models.Index(fields=["employer", "job", "-made_at"], name="referral_of_job"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, referred by {self.referrer_name}"

    def applications(self) -> Any:
        """What it led to: mostly one row or none."""
        theirs = models.Q(email=self.email)
        if self.application_id:
            theirs |= models.Q(pk=self.application_id)
        return self.job.applications.filter(theirs)
