"""A job: drafted, opened, paused, closed; who owns it and who decides on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction

from sincerely.accounts.models import Identity, Membership, Role
from sincerely.hiring.refusal import CannotDo
from sincerely.kernel import clock
from sincerely.kernel.fields import EmployerKey, ReferenceForeignKey, TenantForeignKey
from sincerely.kernel.models import TenantManager, TenantModel, TenantQuerySet, record


class JobState(models.TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    PAUSED = "paused", "Paused"
    CLOSING = "closing", "Closing: telling everyone"
    CLOSED = "closed", "Closed"


class JobQuerySet(TenantQuerySet):
    def visible_to(self, membership: Membership) -> JobQuerySet:
        """All jobs for who recruits; a hiring manager sees the jobs they are on the team of."""
        if membership.recruits:
            return self
        team = HiringTeamMember.objects.filter(
            job=models.OuterRef("pk"), identity_id=membership.identity_id
        )
        return self.filter(models.Exists(team))

    def owned_by(self, membership: Membership) -> JobQuerySet:
        """Those whose applicants this member owes answers: their own, and for an admin those of
        nobody who recruits here any more."""
        own = models.Q(recruiter=membership.identity_id)
        return self.filter(own | self._without_owner(membership) if membership.is_admin else own)

    def _without_owner(self, membership: Membership) -> models.Q:
        here = Membership.objects.filter(
            employer=membership.employer_id,
            identity=models.OuterRef("recruiter"),
            identity__is_active=True,
            role__in=(Role.ADMIN, Role.RECRUITER),
        )
        return ~models.Q(models.Exists(here))

    def published(self) -> JobQuerySet:
        return self.filter(state=JobState.OPEN)


class Job(TenantModel):
    """One opening. Its recruiter owes the applicants their answers."""

    employer = EmployerKey(related_name="jobs")
    title = models.CharField(max_length=150)
    slug = models.SlugField(max_length=80, db_index=False)
    location = models.CharField(max_length=120, blank=True)
    employment_type = models.CharField(max_length=60, blank=True)
    pay = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.DRAFT)
    recruiter = ReferenceForeignKey(Identity, null=True, related_name="+")
    resume_required = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)

    applications: Any  # a manager with a queryset of its own, which mypy cannot follow

    objects: ClassVar[Any] = TenantManager.from_queryset(JobQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["employer", "slug"], name="job_slug_once")]
        indexes = [models.Index(fields=["employer", "state", "-created_at"], name="job_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == JobState.OPEN

    def open(self, *, by: Any) -> None:
        """Publish the job, or take applications again after a pause."""
        self._change({JobState.DRAFT, JobState.PAUSED}, JobState.OPEN, by)

    def pause(self, *, by: Any) -> None:
        """Take no more applications for now; those that are in go on."""
        self._change({JobState.OPEN}, JobState.PAUSED, by)

    def begin_closing(self, *, by: Any) -> None:
        """Take no more applications; the job is closed once everyone in it has been told."""
        open_states = {JobState.DRAFT, JobState.OPEN, JobState.PAUSED}
        self._change(open_states, JobState.CLOSING, by)

    def close_if_all_told(self) -> bool:
        """Close a closing job unless somebody in it is untold; says whether it is closed now."""
        with transaction.atomic():
            self.lock()
            if self.state != JobState.CLOSING or self.applications.untold().exists():
                return self.state == JobState.CLOSED
            self._change({JobState.CLOSING}, JobState.CLOSED, "sincerely")
        return True

    def add_to_team(self, identity: Identity) -> None:
        HiringTeamMember.objects.get_or_create(job=self, identity=identity)

    def _change(self, allowed: set[JobState], state: JobState, by: Any) -> None:
        with transaction.atomic():
            self.lock()
            if self.state not in allowed:
                raise CannotDo(f"This job is {self.get_state_display().lower()}.")
            before, self.state = self.state, state
            if state == JobState.OPEN and not self.opened_at:
                self.opened_at = clock.now()
            self.save(update_fields=["state", "opened_at"])
            record("job_state", self, by=by, data={"from": before, "to": state})


class HiringTeamMember(TenantModel):
    """A hiring manager or reviewer of one job."""

    job = TenantForeignKey(Job, on_delete_cascade=True, related_name="team")
    identity = ReferenceForeignKey(Identity, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["employer", "job", "identity"], name="team_once")
        ]
        indexes = [models.Index(fields=["employer", "identity"], name="team_identity")]

    def __str__(self) -> str:
        return f"{self.identity} on {self.job}"


class Question(TenantModel):
    """A question of the job's own that the application form asks."""

    class Kind(models.TextChoices):
        SHORT = "short", "Short text"
        LONG = "long", "Long text"
        YES_NO = "yes_no", "Yes or no"
        CHOICE = "choice", "One of several"

    job = TenantForeignKey(Job, on_delete_cascade=True, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SHORT)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["employer", "job", "position"], name="question_of_job")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text
