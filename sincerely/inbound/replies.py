"""Somebody answers one of our mails: read, and handed to hiring, or to support."""

from __future__ import annotations

from dataclasses import replace

from sincerely.hiring.by_mail import hear_by_mail
from sincerely.hiring.models import Application
from sincerely.inbound.models import InboundMail
from sincerely.inbound.outcome import Sorted
from sincerely.kernel.tenancy import employer_scope
from sincerely.outbox.models import Answer, Message
from sincerely.outbox.token import Token
from sincerely.reading.mail import header, parse_mail
from sincerely.reading.reply import read_reply
from sincerely.support.models import Incident
from sincerely.support.reporting import hear_by_mail as hear_for_support


def take_reply(mail: InboundMail, token: Token) -> Sorted:
    """Let the applicant be heard; a machine's answer uses up nothing."""
    ours = Sorted(employer_id=token.employer_id, message_id=token.message_id)
    with employer_scope(token.employer_id):
        message = Message.objects.defer("raw", "html").filter(pk=token.message_id).first()
        if message is None:
            return replace(ours, reason="answers a message that is not here any more")
        application = Application.objects.for_page().filter(pk=message.about_id).first()
        incident = None if application else Incident.objects.filter(pk=message.about_id).first()
        if application is None and incident is None:
            return replace(ours, reason="answers a message that is about no application")
        reply = read_reply(bytes(mail.raw), message.text)
        if reply.problem:
            return replace(ours, reason=f"cannot be read: {reply.problem}")
        if not reply.may_answer:
            return replace(ours, outcome="written by a machine; nothing was used up")
        if incident:
            asks = reply.intent != "thanks"
            hear_for_support(incident, reply.text, sender=reply.sender, expects_answer=asks)
            return replace(ours, outcome="handed to support")
        if reply.sender == application.email.lower():
            Answer.objects.note(message, header(parse_mail(bytes(mail.raw)), "Message-ID"))
        outcome = hear_by_mail(
            application,
            text=reply.text,
            intent=reply.intent,
            sender=reply.sender,
            files=reply.attachments,
        )
        return replace(ours, outcome=outcome)
