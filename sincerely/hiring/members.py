"""Who works at an employer's desk: invited, given another role, removed.

Whoever leaves hands over what they owe, because somebody owes the applicants their answers; and an
employer always has an admin.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sincerely.accounts.models import Employer, Identity, Membership, Role
from sincerely.hiring.hand_over import hand_over, owned_jobs
from sincerely.hiring.letters import write_to
from sincerely.hiring.models import CannotDo
from sincerely.hiring.referring import take_back_of_who_left
from sincerely.hiring.wording import Wording, fill
from sincerely.kernel.models import record
from sincerely.outbox.models import Message

INVITATION = Wording(
    "{by} invites you to {employer}’s hiring desk",
    """Hello {name},

{by} has made you a {role} at {employer}. You can sign in here with your e-mail address; a code comes by mail, so you need no password:
{link}

If you did not expect this, you can ignore this message.

{employer}""",  # noqa: E501 - a paragraph of a message is one line
)


def invite(employer: Employer, *, email: str, name: str, role: str, by: Identity) -> Membership:
    """Let somebody in, and write to them how to sign in. Raises CannotDo for who is in already.

    A new person gets a login without a password: it opens by a code sent by e-mail. Somebody who
    has a login keeps it, with its name.
    """
    with transaction.atomic():
        identity = Identity.objects.filter(email__iexact=email).first()
        if identity is None:
            identity = Identity.objects.create_user(email, name=name)
        membership, is_new = Membership.objects.get_or_create(
            employer=employer, identity=identity, defaults={"role": role}
        )
        if not is_new:
            raise CannotDo(f"{identity} is a member already, as {_said(membership.role)}.")
        record("member_invited", membership, by=by, data={"role": role})
        send_invitation(membership, by=by)
    return membership


def send_invitation(membership: Membership, *, by: Identity) -> Message:
    """Write to a member how to sign in; may be done again."""
    link = f"{settings.PUBLIC_URL}{reverse('account_request_login_code')}"
    values = {
        "name": membership.identity.name or membership.identity.email,
        "by": str(by),
        "employer": membership.employer.name,
        "role": _said(membership.role),
        "link": link,
    }
    text = Wording(fill(INVITATION.subject, values), fill(INVITATION.body, values))
    to = (membership.identity.name, membership.identity.email)
    return write_to(membership.employer, "invitation", text, to=to, about=membership)


def change_role(membership: Membership, role: str, *, by: Identity) -> None:
    """Give a member another role. Raises CannotDo for the last admin, and for who owns jobs and
    would not recruit any more."""
    with transaction.atomic():
        _lock_admins(membership.employer)
        if role == membership.role:
            return
        _require_another_admin(membership)
        owned = owned_jobs(membership).count()
        if role == Role.HIRING_MANAGER and owned:
            raise CannotDo(
                f"{membership.identity} owns {owned} job{'s' if owned > 1 else ''}. "
                "Give them another owner first: a hiring manager cannot answer applicants."
            )
        before, membership.role = membership.role, role
        membership.save(update_fields=["role"])
        record("member_role", membership, by=by, data={"from": before, "to": role})


def remove(membership: Membership, *, successor: Identity | None, by: Identity) -> None:
    """Let a member go; what they owe applicants goes to `successor`, or to whom it falls without
    one (hand_over.py).

    Raises CannotDo for the last admin, and for a successor who may not take it over.
    """
    with transaction.atomic():
        _lock_admins(membership.employer)
        _require_another_admin(membership)
        hand_over(membership, successor, by=by)
        data = {"name": str(membership.identity), "email": membership.identity.email}
        record("member_removed", membership, by=by, data=data)
        membership.delete()
        take_back_of_who_left(membership.employer, membership.identity.email, by=by)


def _lock_admins(employer: Employer) -> None:
    """So that two admins cannot remove each other at once."""
    admins = employer.memberships.filter(role=Role.ADMIN).select_for_update()
    list(admins.order_by("id").values_list("pk", flat=True))


def _require_another_admin(membership: Membership) -> None:
    others = membership.employer.memberships.filter(role=Role.ADMIN).exclude(pk=membership.pk)
    if membership.is_admin and not others.exists():
        raise CannotDo(f"{membership.identity} is the last admin. Make somebody else admin first.")


def _said(role: str) -> str:
    return str(Role(role).label).lower()
