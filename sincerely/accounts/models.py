"""Who logs in, for whom they work, and what they may do there.

These are global tables (in a sharded installation: reference tables, copied to every node).
"""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from sincerely.kernel import clock
from sincerely.kernel.folding import fold
from sincerely.kernel.ids import uuid7
from sincerely.kernel.tenancy import employer_scope


class IdentityManager(BaseUserManager["Identity"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Identity:
        """A login; without a password it can be entered by a code sent by e-mail only."""
        # In lower case: allauth looks for it so, and nobody has two logins that differ in case.
        identity = self.model(email=self.normalize_email(email).lower(), **fields)
        identity.set_password(password)
        identity.save(using=self._db)
        return identity

    def get_by_natural_key(self, username: str | None) -> Identity:
        return self.get(email__iexact=username)


class Identity(AbstractBaseUser):
    """A person who logs in. What they may see depends on their memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    # WCAG 2.1.4: shortcuts of a single key can be switched off.
    single_key_shortcuts = models.BooleanField(default=True)
    # A mail on mornings on which applicants wait for a word of theirs.
    daily_reminders = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    objects = IdentityManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="identity_email_once")]
        indexes = [models.Index(fields=["email"], name="identity_email")]

    def __str__(self) -> str:
        return self.name or self.email


class Employer(models.Model):
    """An organisation that hires: the tenant. Its id is the first column of all its rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    accent = models.CharField(
        max_length=7, default="#2f6f5e", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )
    logo = models.CharField(max_length=255, blank=True)
    about = models.TextField(blank=True)
    website = models.URLField(blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, default="US")
    subdivision = models.CharField(max_length=10, blank=True)
    # From how many on a law binds it differs; who does not say is bound (hiring/legal_clocks.py).
    employees = models.PositiveIntegerField(null=True, blank=True)
    reply_to = models.EmailField(blank=True)
    undo_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether its people see a missed date before the applicant is told of it.
    asks_before_late_notes = models.BooleanField(default=False)
    # Whether anybody may read how well it keeps its word (hiring/responsiveness.py).
    publishes_responsiveness = models.BooleanField(default=False)
    # Between these no message goes out that answers nothing; both or neither.
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    # Raised whenever a stage, policy or message template changes (hiring/setup.py).
    setup_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    # The name as it is compared, for the search by name; save() keeps it.
    folded_name = models.TextField(default="", editable=False)

    class Meta:
        indexes = [GinIndex(SearchVector("folded_name", config="simple"), name="employer_by_words")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_name = fold(self.name)
        if "name" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded_name"}
        super().save(*args, **kwargs)

    def scope(self) -> AbstractContextManager[Any]:
        """Act for this employer within the block."""
        return employer_scope(self.pk)

    @property
    def undo_window(self) -> dt.timedelta:
        """How long a decision waits, unseen, before its message goes out."""
        minutes = self.undo_minutes
        return dt.timedelta(minutes=settings.UNDO_MINUTES if minutes is None else minutes)


class Role(models.TextChoices):
    ADMIN = "admin", "Admin"
    RECRUITER = "recruiter", "Recruiter"
    HIRING_MANAGER = "hiring_manager", "Hiring manager"


class Membership(models.Model):
    """What one identity may do at one employer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="memberships")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer", "identity"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.identity} at {self.employer}: {self.get_role_display()}"

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def recruits(self) -> bool:
        """May see every job and every applicant of the employer."""
        return self.role in {Role.ADMIN, Role.RECRUITER}


class CacheEntry(models.Model):
    """One entry of the cache that all processes share (shared_cache.py)."""

    key = models.TextField(primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="cache_entry_expiry")]

    def __str__(self) -> str:
        return self.key
