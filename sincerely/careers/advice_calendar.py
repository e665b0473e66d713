"""A calendar entry for the first day on which the next step is fine."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.utils.translation import gettext, gettext_noop

from sincerely.hiring.advice import Advice, Inquiry
from sincerely.kernel import clock

SUMMARIES = {
    "wait": gettext_noop("Ask how my application stands"),
    "email": gettext_noop("Write one e-mail about my application"),
    "call": gettext_noop("One short call about my application"),
    "visit": gettext_noop("Walk-in hours"),
}
IN_THE_MORNING = dt.timedelta(hours=9)


def calendar_file(inquiry: Inquiry, advice: Advice, link: str) -> bytes:
    """RFC 5545: one entry for the whole of `advice.remind_on`, with an alarm in the morning.

    The same advice makes the same entry, so that opening the file twice does not double it.
    """
    # Half a second and eleven megabytes, for a file that few ask for.
    from icalendar import Alarm, Calendar, Event

    assert advice.remind_on is not None
    event, alarm, calendar = Event(), Alarm(), Calendar()
    summary = gettext(SUMMARIES[advice.action])
    about = ", ".join(name for name in (inquiry.job_title, inquiry.employer_name) if name)
    digest = hashlib.sha256(f"{link}\n{advice.remind_on}".encode()).hexdigest()[:32]
    event.add("uid", f"{digest}@sincerely")
    event.add("dtstamp", clock.now())
    event.add("dtstart", advice.remind_on)
    event.add("dtend", advice.remind_on + dt.timedelta(days=1))
    event.add("summary", f"{summary}: {about}" if about else summary)
    event.add("description", "\n".join([*advice.sentences, "", link]))
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", IN_THE_MORNING)
    event.add_component(alarm)
    calendar.add("prodid", "-//sincerely//advice//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
