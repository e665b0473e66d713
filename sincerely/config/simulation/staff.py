"""What the team does on a business day: Today's debts first, then reading, words, offers, ends.

Whom to call and what to answer is what Today shows (`hiring.debts`): whoever is missing there is
forgotten here, too.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from sincerely.accounts.models import Identity
from sincerely.config.simulation import parameters as rates
from sincerely.config.simulation.world import A_DAY, House, Opening, business_days
from sincerely.hiring import bulk, closing, debts, late_drafts
from sincerely.hiring.dates import date_to_promise, local_day, morning_after
from sincerely.hiring.models import Application, Call, CannotDo, Job, Reason, Reminder, Review
from sincerely.hiring.models.job import JobState
from sincerely.hiring.setup import setup_of
from sincerely.kernel import clock

MOST_DEBTS = 60
AN_HOUR = dt.timedelta(hours=1)


def begin(house: House) -> None:
    """Open the jobs when they open, and come to work each business day."""
    for opening in house.openings:
        house.agenda.enter(opening.opens, partial(_open, opening))
    _come_again(house)


def _come_again(house: House) -> None:
    today = local_day(clock.now(), house.employer)
    house.agenda.enter(morning_after(today, house.employer) + AN_HOUR, partial(_day, house))


def _open(opening: Opening) -> None:
    with opening.house.employer.scope():
        opening.job.open(by=opening.recruiter)


def _day(house: House) -> None:
    with house.employer.scope():
        present = [each for each in house.recruiters if not house.is_away(each)]
        if present:
            _pay_debts(house, present[0])
    for at, opening in enumerate(house.openings):
        later = clock.now() + dt.timedelta(minutes=30 + 420 * at // len(house.openings))
        house.agenda.enter(later, partial(_work_on, opening))
    _come_again(house)


# ── Today ────────────────────────────────────────────────────────────────────────────────────────


def _pay_debts(house: House, recruiter: Identity) -> None:
    for follow_up in debts.to_answer(Job.objects.all()).for_page()[:MOST_DEBTS]:
        _answer(house, follow_up, recruiter)
    called: set[UUID] = set()
    for application in _to_call(house):
        if application.pk not in called:
            called.add(application.pk)
            _call(house, application, recruiter)
    for application in debts.to_discuss(Application.objects.for_page())[:MOST_DEBTS]:
        application.add_note("Talked it through.", by=recruiter)
    for draft in debts.late_drafts(Job.objects.all()).select_related("job__employer")[:MOST_DEBTS]:
        late_drafts.decline(draft, by=recruiter, message=late_drafts.TOO_LATE)
    for opening in house.openings:
        _decide_on_left_out(opening, recruiter)


def _to_call(house: House) -> Iterator[Application]:
    """Whom no mail reaches: by failed mails, untold ends, and dates of those without an address."""
    applications = Application.objects.for_page()
    today = local_day(clock.now(), house.employer)
    yield from debts.unreached(applications)[:MOST_DEBTS]
    yield from debts.untold(applications)[:MOST_DEBTS]
    yield from debts.due(applications, last=today).filter(email="")[:MOST_DEBTS]


def _call(house: House, application: Application, recruiter: Identity) -> None:
    day = local_day(clock.now(), house.employer)
    reached = house.draw("reached", application.pk, day).random() < rates.ANSWERS_THE_PHONE.value
    kind = Call.Kind.CALL if reached else Call.Kind.VOICEMAIL
    application.log_call(kind, by=recruiter, told=reached, by_us=True)


def _answer(house: House, follow_up: Any, recruiter: Identity) -> None:
    chance = house.draw("answer", follow_up.pk, local_day(clock.now(), house.employer))
    if chance.random() >= rates.ANSWERED_SAME_DAY.value:
        return
    application = follow_up.application
    if not application.email:
        follow_up.settle(by=recruiter, note="Answered by phone.")
        return
    gives_date = application.is_open and chance.random() < 0.3
    due_on = date_to_promise(house.employer, 5) if gives_date else None
    follow_up.respond("Yes, we can talk about that.", by=recruiter, due_on=due_on)


def _decide_on_left_out(opening: Opening, recruiter: Identity) -> None:
    """Who holds an offer elsewhere when a job ends is decided on by a person, some days later."""
    waited = opening.closed_at and clock.now() - opening.closed_at > 3 * A_DAY
    if not waited or opening.job.state != JobState.CLOSING:
        return
    for application in opening.job.applications.open().for_page():
        application.close(_reason(opening), by=recruiter)


# ── the jobs ─────────────────────────────────────────────────────────────────────────────────────


def _work_on(opening: Opening) -> None:
    now = clock.now()
    if opening.closed_at or now < opening.opens:
        return
    with opening.house.employer.scope():
        if now >= opening.ends and not opening.offers:
            close(opening)
            return
        if not opening.house.is_away(opening.recruiter):
            _read(opening)
        if not opening.house.is_away(opening.manager):
            _say_words(opening)


def _read(opening: Opening) -> None:
    """The recruiter goes through what came in: some go on, the others get a kind no together."""
    first, second = setup_of(opening.house.employer).stages[:2]
    declined: dict[UUID, UUID] = {}
    for application in _due(opening.to_read):
        if application.stage_id != first.pk:
            continue
        if _chance(opening, application, "read").random() < rates.READ_ON.value:
            application.move(second, by=opening.recruiter, tell=bool(application.email))
            _wait_for_a_word(opening, application)
            _perhaps_take_back(opening, application, opening.for_a_word)
        else:
            declined[application.pk] = application.stage_id
    if declined:
        _decline(opening, declined)


def _decline(opening: Opening, seen: dict[UUID, UUID]) -> None:
    """As many together as the desk lets them; whoever is left out is looked at again."""
    words = bulk.standard_words(opening.house.employer, None)
    keys, done = list(seen), set()
    for first in range(0, len(keys), bulk.MOST):
        chosen = {key: seen[key] for key in keys[first : first + bulk.MOST]}
        decided = bulk.decide(chosen, None, by=opening.recruiter, written=words)
        done |= {each.pk for each in decided.done}
    for key in seen.keys() - done:
        heapq.heappush(opening.to_read, (clock.now() + 3 * A_DAY, key))


def _say_words(opening: Opening) -> None:
    _heed_reminder(opening)
    for application in _due(opening.for_a_word):
        _say_a_word(opening, application)


def _heed_reminder(opening: Opening) -> None:
    """A mail of this morning brings some words forward."""
    today = local_day(clock.now(), opening.house.employer)
    if not Reminder.objects.filter(identity=opening.manager, day=today).exists():
        return
    soon = date_to_promise(opening.house.employer, 2)
    waiting = [key for _, key in opening.for_a_word]
    due = set(Application.objects.filter(pk__in=waiting, due_on__lte=soon).values_list("pk"))
    opening.for_a_word = [
        (clock.now(), key) if (key,) in due and _heeds(opening, key, today) else (at, key)
        for at, key in opening.for_a_word
    ]
    heapq.heapify(opening.for_a_word)


def _heeds(opening: Opening, key: UUID, today: dt.date) -> bool:
    chance = opening.house.draw("heeds", key, today.isocalendar().week)
    return bool(chance.random() < rates.REMINDER_MOVES.value)


def _say_a_word(opening: Opening, application: Application) -> None:
    stages = setup_of(opening.house.employer).stages
    chance = _chance(opening, application, "word", clock.now())
    share = chance.random()
    before_offer = application.stage_id == stages[-2].pk
    if application.stage_id == stages[-1].pk:
        return
    if share < rates.DISCUSSED.value:
        application.review(Review.Outcome.DISCUSS, by=opening.manager, reason="Let us talk.")
        _wait_for_a_word(opening, application)
    elif share < rates.DISCUSSED.value + rates.ADVANCED.value:
        if before_offer and opening.hired + opening.offers >= opening.places:
            _wait_for_a_word(opening, application)
            return
        application.review(Review.Outcome.ADVANCE, by=opening.manager, reason="Yes.")
        if before_offer:
            _offer(opening, application)
        else:
            _wait_for_a_word(opening, application)
    else:
        application.review(Review.Outcome.DECLINE, by=opening.manager, reason="Not this time.")


def _offer(opening: Opening, application: Application) -> None:
    opening.offers += 1
    house = opening.house
    days = business_days(_chance(opening, application, "offer"), 3)
    at = morning_after(local_day(clock.now(), house.employer), house.employer, days) + 2 * AN_HOUR
    house.agenda.enter(at, partial(_settle_offer, opening, application.pk))


def _settle_offer(opening: Opening, application_id: UUID) -> None:
    with opening.house.employer.scope():
        opening.offers -= 1
        application = Application.objects.for_page().get(pk=application_id)
        if not application.is_open:
            return
        if _chance(opening, application, "taken").random() < rates.OFFER_TAKEN.value:
            application.hire(by=opening.recruiter)
            opening.hired += 1
        else:
            application.withdraw()
        if opening.hired >= opening.places:
            opening.ends = max(clock.now() + A_DAY, opening.last_arrival)


def close(opening: Opening) -> None:
    """End the job: everybody without an end is told, with a line for those who came far."""
    opening.closed_at = clock.now()
    job, last = opening.job, setup_of(opening.house.employer).stages[-2:]
    closing.write(job, _reason(opening), {}, by=opening.recruiter)
    far = job.applications.open().for_page().filter(stage__in=last)[:25]
    lines = dict.fromkeys(far, "It was good to meet you.")
    closing.write_lines(lines, by=opening.recruiter)
    closing.close_out(job, by=opening.recruiter)


def _reason(opening: Opening) -> Reason:
    cancelled = opening.is_cancelled and not opening.hired
    return Reason.JOB_CANCELLED if cancelled else Reason.JOB_FILLED


def _wait_for_a_word(opening: Opening, application: Application) -> None:
    days = business_days(_chance(opening, application, "days", clock.now()), opening.days_to_a_word)
    today = local_day(clock.now(), opening.house.employer)
    heapq.heappush(
        opening.for_a_word, (morning_after(today, opening.house.employer, days), application.pk)
    )


def _perhaps_take_back(opening: Opening, application: Application, waits: list[Any]) -> None:
    """A click too fast: taken back within the undo window, and done again the next day."""
    if _chance(opening, application, "slip", clock.now()).random() >= rates.TAKEN_BACK.value:
        return
    waits.remove(next(each for each in waits if each[1] == application.pk))
    heapq.heapify(waits)

    def take_back() -> None:
        with opening.house.employer.scope():
            try:
                Application.objects.for_page().get(pk=application.pk).undo(by=opening.recruiter)
            except CannotDo:
                return
        heapq.heappush(opening.to_read, (clock.now() + A_DAY, application.pk))

    opening.house.agenda.enter(clock.now() + dt.timedelta(minutes=4), take_back)


def _due(waiting: list[tuple[dt.datetime, UUID]]) -> list[Application]:
    """Those whose time has come, without those that have an end by now."""
    keys = []
    while waiting and waiting[0][0] <= clock.now():
        keys.append(heapq.heappop(waiting)[1])
    found = {each.pk: each for each in Application.objects.open().for_page().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def _chance(opening: Opening, application: Application, *what: object) -> Any:
    return opening.house.draw(application.pk, *what)
