"""allauth's mail (login codes, new passwords) on its way through our jobs.

config's setting ACCOUNT_ADAPTER names this class, so that accounts, a floor below, need not know
that an outbox exists.
"""

from __future__ import annotations

from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site

from sincerely.accounts.adapter import AccountAdapter
from sincerely.outbox.models import AccountMail


class MailingAccountAdapter(AccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render now, send by a job: the page answers at once, whatever the mail server does."""
        site = get_current_site(self.request)
        known = {"request": self.request, "email": email, "current_site": site}
        mail = self.render_mail(template_prefix, email, known | context)
        mail.extra_headers |= {
            "Auto-Submitted": "auto-generated",
            "Message-ID": make_msgid(domain=settings.MAIL_DOMAIN),
        }
        AccountMail.objects.queue(email, mail.message().as_bytes(linesep="\r\n"))
