"""The facts on one day, read once so that every rule can ask in a word.

A follow-up is available until a contact uses it up, and again from the day on which a promise
was broken or the application system failed.
"""

from __future__ import annotations

from datetime import date

from sincerely.protocol.business_days import (
    calendar_for,
    days_after,
    first_answered_day,
    next_business_day,
)
from sincerely.protocol.facts import Facts, Promise
from sincerely.protocol.hours import last_open_day, open_weekdays
from sincerely.protocol.legal_clocks import Place, tell_by
from sincerely.protocol.policy import ROLES_OUTSIDE_HR
from sincerely.protocol.rule import Rulebook, Table
from sincerely.protocol.verdict import Recipient

USES_UP = frozenset({"follow_up", "incident", "invited"})
SUPPORT_REPLY_BUSINESS_DAYS = 2


class Situation:
    """Facts, rulebook and day together with what follows from them. Built by ``decide`` only."""

    # Most applications have none of these: they stand here once, and are set where they differ.
    promise: Promise | None = None
    running = False
    broken = False
    used = False
    opens_on: date | None = None
    given_back_on: date | None = None

    def __init__(self, facts: Facts, rulebook: Rulebook, today: date) -> None:
        self.facts = facts
        self.rulebook = rulebook
        self.today = today
        self.applied_on = applied_on = _applied_on(facts)
        self.table: Table = rulebook.table_on(applied_on or today)
        # One bit for each of NEEDS, in its order.
        self.bits = (
            (facts.incident is not None)
            | (facts.vouch is not None) << 1
            | (4 if facts.promises else 0)
            | (8 if facts.contacts else 0)
        )
        if facts.promises:
            self._read_promises()
        if facts.incident is not None:
            self._give_back(facts.incident.failed_on)
        if facts.interviewed_on is not None:
            self._read_law(facts.interviewed_on)
        if facts.contacts and applied_on is not None:
            self.used = self._is_used(applied_on)

    def _read_promises(self) -> None:
        """Find the promise that stands, and every day on which one was broken."""
        facts = self.facts
        promises = facts.promises
        promise = promises[0]
        if len(promises) > 1:
            self._read_replaced_promises()
            promise = max(promises, key=_made_and_due)
        self.promise = promise
        opens_on = next_business_day(promise.due_on, facts.country, facts.subdivision)
        due = opens_on <= self.today
        if promise.kept_on is None:
            self.opens_on, self.broken, self.running = opens_on, due, not due
        if due and (promise.kept_on is None or promise.kept_on >= opens_on):
            self._give_back(opens_on)

    def _read_replaced_promises(self) -> None:
        facts = self.facts
        for promise in facts.promises:
            broken_on = next_business_day(promise.due_on, facts.country, facts.subdivision)
            if broken_on <= self.today and not self._was_answered(promise, broken_on):
                self._give_back(broken_on)

    def _was_answered(self, promise: Promise, broken_on: date) -> bool:
        """Whether something came in time: what was promised, or at least a new date."""
        if promise.kept_on is not None and promise.kept_on < broken_on:
            return True
        place = _made_and_due(promise)
        return any(
            other.made_on < broken_on and _made_and_due(other) > place
            for other in self.facts.promises
        )

    def _read_law(self, interviewed_on: date) -> None:
        broken_on = self.legal_break(interviewed_on)
        if broken_on is not None and broken_on <= self.today:
            self._give_back(broken_on)

    def legal_break(self, interviewed_on: date) -> date | None:
        """The day on which a legal time to tell an interviewed applicant is over, if one is."""
        if "ontario-45-days" not in self.table.ids:
            return None
        facts = self.facts
        place = Place(facts.country, facts.subdivision, facts.staff)
        deadline = tell_by(place, interviewed_on)
        if deadline is None:
            return None
        return next_business_day(deadline.day, deadline.law.country, deadline.law.subdivision)

    def _give_back(self, day: date) -> None:
        if self.given_back_on is None or day > self.given_back_on:
            self.given_back_on = day

    def _is_used(self, applied_on: date) -> bool:
        since = applied_on
        if self.given_back_on is not None and self.given_back_on > since:
            since = self.given_back_on
        return self.contacted_since(since)

    def contacted_since(self, day: date) -> bool:
        """Whether a contact that uses up the follow-up reached the employer on or after a day."""
        for contact in self.facts.contacts:
            if contact.on >= day and contact.about in USES_UP and not contact.bounced:
                return True
        return False

    def mail_bounced(self) -> bool:
        """Whether a contact came back undelivered."""
        return any(contact.bounced for contact in self.facts.contacts)

    def confirmed_arrival(self) -> bool:
        """Whether the applicant already wrote, from elsewhere, to confirm that it arrived."""
        contacts = self.facts.contacts
        return any(contact.about == "arrival" and not contact.bounced for contact in contacts)

    def wait_is_over_on(self) -> date:
        """The first day after the employer's own wait."""
        return days_after(self.applied_on or self.today, self.rulebook.wait_days)

    def call_day(self, day: date) -> date:
        """The first day from ``day`` on, and not before today, on which a call is fine."""
        day = max(day, self.today)
        facts, book = self.facts, self.rulebook
        return first_answered_day(day, book.phone_weekdays, facts.country, facts.subdivision)

    def visit_day(self) -> date | None:
        """The first day from today on with walk-in hours; ``None`` when there are none any more."""
        policy, facts = self.rulebook.policy, self.facts
        if policy is None or policy.walk_in is None:
            return None
        weekdays = open_weekdays(policy.walk_in.hours)
        day = first_answered_day(self.today, weekdays, facts.country, facts.subdivision)
        last = self.last_visit_day()
        return day if last is None or day <= last else None

    def last_visit_day(self) -> date | None:
        """The last day with walk-in hours; ``None`` when no end was said."""
        policy, facts = self.rulebook.policy, self.facts
        if policy is None or policy.walk_in is None or policy.walk_in.until is None:
            return None
        hours, day = policy.walk_in.hours, last_open_day(policy.walk_in.until, policy.walk_in.hours)
        while calendar_for(facts.country, facts.subdivision).is_public_holiday(day):
            day = last_open_day(days_after(day, -1), hours)
        return day

    def recipient(self) -> Recipient:
        """Who is contacted: as the facts say, else as the policy says."""
        role = self.facts.recipient
        if role is None or role == self.rulebook.contact.role:
            return self.rulebook.contact
        return Recipient(role)

    def is_bold(self) -> bool:
        """Whether the job's culture is bold; a published policy knows better than anybody."""
        policy = self.rulebook.policy
        return (policy.culture if policy else self.facts.culture) == "bold"

    def recipient_is_outside_hr(self) -> bool:
        """Whether the person contacted works in the field itself; unknown counts as HR."""
        role = self.facts.recipient
        if role is None and self.rulebook.policy is not None:
            role = self.rulebook.policy.contact_role
        return role in ROLES_OUTSIDE_HR

    def support_reply_by(self) -> date:
        """The last day of support's reply time, as it said or two business days after asking."""
        incident = self.facts.incident
        assert incident is not None
        if incident.reply_by is not None:
            return incident.reply_by
        asked = incident.support_asked_on or incident.failed_on
        facts = self.facts
        for _ in range(SUPPORT_REPLY_BUSINESS_DAYS):
            asked = next_business_day(asked, facts.country, facts.subdivision)
        return asked


def _applied_on(facts: Facts) -> date | None:
    if facts.applied_on is not None:
        return facts.applied_on
    incident = facts.incident
    # What failed through no fault of the applicant still counts from the first try.
    return incident.failed_on if incident is not None and incident.solved_on is None else None


def _made_and_due(promise: Promise) -> tuple[date, date, bool]:
    return promise.made_on, promise.due_on, promise.kept_on is None
