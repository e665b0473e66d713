"""Whose turn it is: no more mail a minute than was set, and no employer before all the others.

A message that has to wait gets a job for its turn. That is no attempt, and is not noted as one.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from sincerely.kernel import clock
from sincerely.kernel.jobs import put_behind
from sincerely.kernel.limits import Count, Limit, count_each
from sincerely.kernel.tenancy import across_employers
from sincerely.outbox import outage
from sincerely.outbox.models import Message
from sincerely.outbox.models.message import GIVE_UP_AFTER, LONGEST_PAUSE
from sincerely.outbox.render import wire_address

MINUTE = dt.timedelta(minutes=1)
# So many mails of one employer go out in a row while another one waits.
SHARE = 50
_SHARE = Limit("mail-share", most=SHARE, per=dt.timedelta(seconds=5))


def turn(message: Message) -> dt.datetime | None:
    """When this message may go out; None for now, and then it is counted."""
    now = clock.now()
    if now - message.created_at <= GIVE_UP_AFTER and (until := outage.ask_again_at()):
        # The older, the longer, as after an attempt of its own.
        age = now - message.created_at
        return max(until, now + min(max(age, MINUTE), LONGEST_PAUSE) * _spread(message))
    counts = count_each(_uses(message))
    if counts[_SHARE].so_far == SHARE + 1 and _others_wait(message):
        let_others_in(message)
    delays = [_delay(limit, count) for limit, count in counts.items() if limit != _SHARE]
    longest = max(delays, default=dt.timedelta())
    return now + longest if longest else None


def let_others_in(message: Message) -> None:
    """Put what waits of this employer behind the others', SHARE by SHARE: so two employers with
    thousands each take turns, and a third one's single receipt goes out before both."""
    put_behind("sincerely.outbox.jobs.deliver_message", SHARE, employer_id=str(message.employer_id))


def _uses(message: Message) -> dict[Limit, str]:
    employer = message.employer_id.hex  # type: ignore[union-attr]
    domain = wire_address(message.to_address).rpartition("@")[2].lower().strip("> ")
    uses = {_SHARE: employer}
    if most := settings.MAIL_PER_EMPLOYER:
        uses[Limit("mail-employer", most, MINUTE)] = employer
    if most := settings.MAIL_PER_DOMAIN:
        uses[Limit("mail-domain", most, MINUTE)] = domain
    return uses


def _delay(limit: Limit, count: Count) -> dt.timedelta:
    """Zero within the limit; else the place of whoever comes that many too late, in the minutes
    that follow: as many in each as the limit allows."""
    over = count.so_far - limit.most
    if over <= 0:
        return dt.timedelta()
    rest = count.since + limit.per - dt.datetime.now(dt.UTC)  # the counter goes by real time
    return max(rest, dt.timedelta()) + limit.per * (over / limit.most)


def _others_wait(message: Message) -> bool:
    with across_employers():
        due = Message.objects.unsent().filter(wake_at__lte=clock.now())
        # Two ranges of one index, whatever the number of this employer's own.
        own = message.employer_id
        return due.filter(employer_id__gt=own).exists() or due.filter(employer_id__lt=own).exists()


def _spread(message: Message) -> float:
    """Between 1 and 1.1, so that what an outage held up does not come back at once."""
    return 1 + message.id.int % 100 / 1000
