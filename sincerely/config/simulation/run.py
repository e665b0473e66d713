"""A simulated quarter: people act in the order of a moving clock, the worker works, we watch.

The employers of one run share a database, a worker and a mail server, as they would in life.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.test.utils import override_settings

from sincerely.config.simulation import applying, staff
from sincerely.config.simulation.agenda import Agenda
from sincerely.config.simulation.mail import MailServer, Postman, Taken
from sincerely.config.simulation.people import Applicant
from sincerely.config.simulation.results import results_of
from sincerely.config.simulation.watching import Watch
from sincerely.config.simulation.working import Worker
from sincerely.config.simulation.world import A_DAY, BEGINS, Scenario, found
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import repeatable_ids

Tell = Callable[[int, int], Any]


def simulate(scenario: Scenario, tell: Tell = lambda day, applied: None) -> Counter[str]:
    """Run it on the database this process is connected to, which holds no employer yet.

    `tell` hears of each day that is over, and how many have applied by then.
    """
    with ExitStack() as block:
        server = block.enter_context(MailServer())
        block.enter_context(override_settings(**_mail_settings(server.port)))
        block.enter_context(repeatable_ids(f"{scenario.seed} {scenario.numbers}"))
        quarter = _Quarter(scenario, server, tell)
        quarter.run()
        with clock_at(scenario.ends):
            return results_of(scenario, quarter.houses, quarter.watch, quarter.worker)


def _mail_settings(port: int) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "",
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
        "REPLY_DOMAIN": "replies.example",
    }


class _Quarter:
    def __init__(self, scenario: Scenario, server: MailServer, tell: Tell) -> None:
        self.scenario, self.provider, self.tell = scenario, server.provider, tell
        self.agenda, self.watch = Agenda(), Watch()
        self.postman = Postman(scenario.seed, self.agenda, server.provider)
        self.postman.on_delivery = self._deliver
        self.received: Counter[str] = Counter()
        with clock_at(BEGINS):
            self.worker = Worker(BEGINS)
            self.houses = [found(scenario, each, self.agenda) for each in scenario.numbers]
            for house in self.houses:
                applying.schedule(scenario, house)
                staff.begin(house)

    def run(self) -> None:
        now = BEGINS
        while now < self.scenario.ends:
            now += self.scenario.every
            for at, act in self.agenda.until(now):
                with clock_at(at):
                    act()
            with clock_at(now):
                self._round(now)

    def _round(self, now: dt.datetime) -> None:
        begins, ends = self.scenario.outage
        self.provider.down = begins <= now < ends
        self.worker.work()
        self.postman.collect()
        if not (now + self.scenario.every - BEGINS) % A_DAY:
            for house in self.houses:
                with house.employer.scope():
                    self.watch.look(house)
            self.tell((now - BEGINS).days + 1, sum(len(house.applicants) for house in self.houses))

    def _deliver(self, taken: Taken) -> None:
        """Put a mail into an applicant's mailbox; the team's own are not looked into."""
        address = taken.asked.recipient
        if person := self._person_at(address):
            self.received[address] += 1
            applying.open_mail(person, taken, self.received[address])

    def _person_at(self, address: str) -> Applicant | None:
        for house in self.houses:
            if person := house.mailboxes.get(address):
                return person
        return None
