"""An applicant answers one of our mails: read, and handed to hiring, or to support."""

from __future__ import annotations

from dataclasses import replace

from sincerely.hiring.by_mail import hear_by_mail, is_from
from sincerely.hiring.models import Application
from sincerely.inbound.files import take_files
from sincerely.inbound.models import InboundMail, Kind
from sincerely.inbound.outcome import Sorted
from sincerely.kernel.tenancy import employer_scope
from sincerely.outbox.models import Answer, Message
from sincerely.outbox.token import Token
from sincerely.reading.letter import Letter
from sincerely.reading.mail import header, parse_mail
from sincerely.reading.reply import read_reply
from sincerely.support.models import Incident
from sincerely.support.reporting import hear_by_mail as hear_for_support


def take_reply(mail: InboundMail, letter: Letter, token: Token) -> Sorted:
    """Let the applicant be heard: who holds the address and writes from their own."""
    ours = Sorted(Kind.REPLY, employer_id=token.employer_id, message_id=token.message_id)
    with employer_scope(token.employer_id):
        message = Message.objects.defer("raw", "html").filter(pk=token.message_id).first()
        if message is None:
            return replace(ours, reason="It answers a message that is not here any more.")
        application = Application.objects.for_page().filter(pk=message.about_id).first()
        if application is None:
            return _to_support(mail, message, ours)
        ours = replace(ours, application_id=application.pk)
        if not is_from(application, letter.sender):
            reason = f"It answers a message to {application.name}, but came from another address."
            return replace(ours, reason=reason)
        Answer.objects.note(message, header(parse_mail(bytes(mail.raw)), "Message-ID"))
        return replace(ours, outcome=hear(mail, letter, application, original=message.text))


def hear(mail: InboundMail, letter: Letter, application: Application, *, original: str) -> str:
    """Take it as theirs; `original` is the text that it answers, where it is known."""
    reply = read_reply(bytes(mail.raw), original)
    taken = take_files(letter, mail.pk, cut=mail.cut)
    return hear_by_mail(
        application,
        text=reply.text,
        intent=reply.intent,
        documents=taken.documents,
        refused=taken.refused,
    )


def _to_support(mail: InboundMail, message: Message, ours: Sorted) -> Sorted:
    """An answer to what support wrote about an application that our system failed."""
    about = message.about_id
    incident = Incident.objects.filter(pk=about).first() if about else None
    if incident is None:
        return replace(ours, reason="It answers a message that is about no application.")
    reply = read_reply(bytes(mail.raw), message.text)
    answer = reply.intent != "thanks"
    hear_for_support(incident, reply.text, sender=reply.sender, expects_answer=answer)
    return replace(ours, kind=Kind.SUPPORT, outcome="handed to support")
