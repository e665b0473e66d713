"""Who works at an employer: its members, and whoever has an address at a domain that it lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from sincerely.accounts.models import Employer
from sincerely.hiring.models.mail_domain import MailDomain
from sincerely.hiring.refusal import CannotDo
from sincerely.kernel.models import record


def mail_domains(employer: Employer) -> list[str]:
    return list(MailDomain.objects.order_by("domain").values_list("domain", flat=True))


def set_mail_domains(employer: Employer, domains: Iterable[str], *, by: Any) -> None:
    """List exactly these: lower case, in their own letters (as `read_address` gives them)."""
    wanted = set(domains)
    with transaction.atomic():
        listed = set(mail_domains(employer))
        if wanted == listed:
            return
        MailDomain.objects.filter(domain__in=listed - wanted).delete()
        for domain in sorted(wanted - listed):
            MailDomain.objects.create(domain=domain)
        record("mail_domains_changed", employer, by=by, data={"domains": sorted(wanted)})


def works_here(employer: Employer, address: str) -> bool:
    """Whether this is the address (in lower case) of somebody who works at the employer."""
    members = employer.memberships.filter(identity__email=address, identity__is_active=True)
    return members.exists() or address.rpartition("@")[2] in mail_domains(employer)


def require_works_here(employer: Employer, address: str) -> None:
    """Raise CannotDo, with what to do, for an address of somebody outside."""
    if works_here(employer, address):
        return
    domains = mail_domains(employer)
    ours = f", which ends in @{' or @'.join(domains)}" if domains else ""
    raise CannotDo(
        f"We do not know {address} as an address at {employer.name}. Only a colleague’s own yes "
        f"counts: give their address at work{ours}. Or choose “Probably”: then nobody is named."
    )
