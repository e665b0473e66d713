"""What a stored mail is, and who deals with it: one handler for each kind.

What cannot be sorted goes to a person, with the reason: to the employer's where it is theirs, else
to the operator.
"""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings

from sincerely.hiring.apply_addresses import place_of
from sincerely.inbound.addresses import is_for_support, is_ours, token_in
from sincerely.inbound.applications import take_application
from sincerely.inbound.bounces import is_report, take_report
from sincerely.inbound.for_support import take_for_support
from sincerely.inbound.invitations import take_answer
from sincerely.inbound.limits import is_a_flood
from sincerely.inbound.machines import take_automatic
from sincerely.inbound.models import InboundMail, Kind
from sincerely.inbound.outcome import Sorted
from sincerely.inbound.replies import take_reply
from sincerely.outbox.token import INVITATION, REPLY
from sincerely.reading.bounce import read_bounce
from sincerely.reading.letter import Letter, read_letter

FLOOD = "There was too much mail from this address today to answer it."


def sort(mail: InboundMail) -> Sorted:
    """Act on one mail. Reports come first, whatever address they were sent to; then what no person
    wrote; the rest by the address."""
    raw, token = bytes(mail.raw), token_in(mail.recipients)
    report = read_bounce(raw)
    if is_report(report):
        made = take_report(report, token)
        if made.reason:
            mail.describe(read_letter(raw))
        return made
    letter = read_letter(raw)
    mail.describe(letter)
    if token and token.purpose == INVITATION:  # a calendar may answer by itself
        return take_answer(mail, token)
    place = place_of(mail.recipients)
    if not _is_from_a_person(mail, letter):
        return take_automatic(mail, letter, token, place)
    if token and token.purpose == REPLY:
        flood = Sorted.about(Kind.REPLY, token, reason=FLOOD)
        return flood if is_a_flood(letter.sender) else take_reply(mail, letter, token)
    if place:
        flood = Sorted(Kind.APPLICATION, reason=FLOOD, employer_id=place.employer.pk)
        return flood if is_a_flood(letter.sender) else take_application(mail, letter, place)
    if any(map(is_for_support, mail.recipients)):
        flood = Sorted(Kind.SUPPORT, reason=FLOOD)
        return flood if is_a_flood(letter.sender) else take_for_support(mail, letter)
    if token:
        reason = "It was written to the address for delivery reports."
        return Sorted.about(Kind.OTHER, token, reason=reason)
    return Sorted(Kind.OTHER, reason="It was sent to no address that we read.")


def _is_from_a_person(mail: InboundMail, letter: Letter) -> bool:
    """With a way back, and not from ourselves: what we wrote is never answered by us."""
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()
    ours = letter.sender == own or is_ours(letter.sender)
    return letter.may_answer and mail.sender != "<>" and not ours
