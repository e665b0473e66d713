"""An answer to an invitation: read, and handed to the interview that it is about.

The address it came to says who was invited; only mail that is from that person's own address acts.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sincerely.hiring import interview_answers
from sincerely.hiring.models import CannotDo, Interview, Interviewer
from sincerely.hiring.models.interview import Response
from sincerely.inbound.models import InboundMail, Kind
from sincerely.inbound.outcome import Sorted
from sincerely.kernel.tenancy import employer_scope
from sincerely.outbox.token import Token
from sincerely.reading.calendar_reply import CalendarReply, read_calendar_reply


def take_answer(mail: InboundMail, token: Token) -> Sorted:
    """Act on it, or keep it for a person with the reason."""
    ours = Sorted(Kind.REPLY, employer_id=token.employer_id)
    reply = read_calendar_reply(bytes(mail.raw))
    if reply is None or not reply.answer:
        return replace(ours, reason="written to an invitation's address, and no answer to it")
    with employer_scope(token.employer_id):
        found = _invited(token.message_id)
        if found is None:
            return replace(ours, reason="answers an invitation that is not here any more")
        interview, interviewer = found
        ours = replace(ours, application_id=interview.application_id)
        if reply.uid != interview.uid:
            return replace(ours, reason="answers another invitation than the one it was sent to")
        address = interviewer.identity.email if interviewer else interview.application.email
        if reply.sender != address.lower():
            return replace(ours, reason="answers an invitation, from another address than invited")
        if reply.sequence < interview.sequence:
            return replace(ours, outcome="answers an earlier date; the present one was sent since")
        return _act(ours, interview, interviewer, reply)


def _invited(key: UUID) -> tuple[Interview, Interviewer | None] | None:
    if interview := Interview.objects.for_page().filter(pk=key).first():
        return interview, None
    interviewer = Interviewer.objects.select_related("identity").filter(pk=key).first()
    if interviewer is None:
        return None
    interview = Interview.objects.for_page().get(pk=interviewer.interview_id)
    interviewer.interview = interview
    return interview, interviewer


def _act(
    ours: Sorted, interview: Interview, interviewer: Interviewer | None, reply: CalendarReply
) -> Sorted:
    try:
        if interviewer:
            _interviewer_says(interviewer, reply)
        else:
            _applicant_says(interview, reply)
    except CannotDo as refusal:
        return replace(ours, reason=f"an answer to an invitation ({reply.answer}): {refusal}")
    return replace(ours, outcome=f"an answer to an invitation: {reply.answer}")


def _applicant_says(interview: Interview, reply: CalendarReply) -> None:
    if reply.answer == "counter":
        interview_answers.ask_another(interview, reply.text, wanted_at=reply.starts_at)
    elif reply.answer == "declined":
        interview_answers.decline(interview, reply.text)
    elif reply.answer == "accepted":
        interview_answers.accept(interview)


def _interviewer_says(interviewer: Interviewer, reply: CalendarReply) -> None:
    """Another time that an interviewer would like is a no to this one, with what they wrote."""
    response = "declined" if reply.answer == "counter" else reply.answer
    interview_answers.respond(interviewer, Response(response), reply.text)
