"""What applicants do: apply, look at their page, ask, write, call, come by, withdraw.

Each act is a verb of the product, the one that its door would call.
"""

from __future__ import annotations

import datetime as dt
import heapq
import re
from email.message import EmailMessage
from functools import partial
from uuid import UUID

from sincerely.config.simulation import parameters as rates
from sincerely.config.simulation.chance import draw
from sincerely.config.simulation.mail import Taken
from sincerely.config.simulation.people import Applicant, applicant
from sincerely.config.simulation.world import A_DAY, House, Opening, Scenario, business_days
from sincerely.hiring import front_desk
from sincerely.hiring.asking import NotYet, hear, write_again
from sincerely.hiring.dates import local_day, morning_after
from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.models import Application, Call, CannotDo
from sincerely.hiring.models.follow_up import Topic
from sincerely.hiring.status import status_of
from sincerely.inbound.models import InboundMail
from sincerely.kernel import clock
from sincerely.kernel.ids import uuid7

# At which level of the assumptions people act: where they interrupt most.
LEVEL = "high"
MOST_ATTEMPTS = 6
QUESTION = "I have a question: is it possible to work part-time?"
STATUS = "Where does my application stand?"
_REPLY_TO = re.compile(rb"^Reply-To: <?([^\s<>]+)>?\r?$", re.MULTILINE)


def schedule(scenario: Scenario, house: House) -> None:
    """Enter every application of an employer into the agenda."""
    weights = [house.draw("weight", each.number).lognormvariate(0, 0.8) for each in house.openings]
    sent = scenario.applications_of(house.number)
    too_late = round(sent * rates.TOO_LATE.value)
    before: tuple[Applicant, Opening] | None = None
    for number in range(sent + too_late):
        chance = house.draw("application", number)
        (opening,) = chance.choices(house.openings, weights)
        person = applicant(house.seed, house.number, number)
        if before and number < sent and chance.random() < rates.APPLIES_TWICE.value:
            person, opening = before[0], _another(before[1], house)
            before = None
        else:
            before = person, opening
        span = opening.last_arrival - opening.opens
        at = opening.opens + min(chance.expovariate(3), chance.random()) * span
        if number >= sent:
            at = opening.ends + chance.uniform(1, 4) * A_DAY
        house.agenda.enter(at, partial(_apply, house, opening, person, number))


def _another(opening: Opening, house: House) -> Opening:
    return house.openings[(opening.number + 1) % len(house.openings)]


def _apply(house: House, opening: Opening, person: Applicant, number: int) -> None:
    with house.employer.scope():
        given = Submission(id=uuid7(), name=person.name, email=person.email, phone=person.phone)
        chance = house.draw("sending", number)
        if person.email:
            received = receive(opening.job, given)
            if chance.random() < rates.SENDS_TWICE.value:
                receive(opening.job, given)
            if received.too_late:
                return
            application_id = given.id
        else:
            try:
                taken = front_desk.take_in(opening.job, given, by=opening.recruiter)
            except CannotDo:
                return
            application_id = taken.application.pk
        _has_applied(house, opening, person, application_id, number)


def _has_applied(
    house: House, opening: Opening, person: Applicant, application_id: UUID, number: int
) -> None:
    house.applicants[application_id] = person
    house.mailboxes[person.email] = person
    chance, now = house.draw("after", number), clock.now()
    day = local_day(now, house.employer)
    reads = morning_after(day, house.employer, business_days(chance, opening.days_to_read))
    heapq.heappush(opening.to_read, (reads, application_id))
    if person.wants < rates.WANTS_TO_KNOW.at(LEVEL):
        house.agenda.enter(now + person.wait, partial(_wonder, house, application_id, 1))
    if chance.random() < rates.WITHDRAWS.value:
        at = now + chance.uniform(1, 25) * A_DAY
        house.agenda.enter(at, partial(_withdraw, house, application_id))


# ── turning to the employer ──────────────────────────────────────────────────────────────────────


def _wonder(house: House, application_id: UUID, attempt: int) -> None:
    """They look at their page, and turn to the employer unless that answers it."""
    person = house.applicants[application_id]
    with house.employer.scope():
        application = Application.objects.for_page().get(pk=application_id)
        status = status_of(application)
        if status.ended:
            return
        person.saw_a_miss |= status.is_late or status.missed is not None
        if not person.turns_to_us(LEVEL):
            return
        _turn_to_us(house, application, person, attempt)
    if person.is_pushy(LEVEL) and attempt < MOST_ATTEMPTS:
        again = clock.now() + rates.PUSHY_EVERY.value * A_DAY
        house.agenda.enter(again, partial(_wonder, house, application_id, attempt + 1))


def _turn_to_us(house: House, application: Application, person: Applicant, attempt: int) -> None:
    if person.calls_anyway(LEVEL) or (attempt % 2 == 0 and person.is_pushy(LEVEL)):
        opens = morning_after(local_day(clock.now(), house.employer), house.employer)
        minutes = dt.timedelta(minutes=person.chance("call", attempt).randrange(60, 540))
        call = partial(_call, house, application.pk, attempt)
        house.agenda.enter(opens + minutes, call)
    elif person.by_email and person.reply_to:
        _write(person, QUESTION if person.has_a_question(LEVEL) else STATUS)
    else:
        _ask_on_page(house, application, person, attempt)


def _call(house: House, application_id: UUID, attempt: int) -> None:
    """They call or come by: whoever takes it logs it."""
    person = house.applicants[application_id]
    chance = person.chance("taken", attempt)
    with house.employer.scope():
        application = Application.objects.for_page().get(pk=application_id)
        kind = Call.Kind.VISIT if person.in_person else Call.Kind.CALL
        if not person.in_person and chance.random() < 1 - rates.ANSWERS_THE_PHONE.value:
            kind = Call.Kind.VOICEMAIL
        taken_by = house.recruiters[attempt % len(house.recruiters)]
        application.log_call(kind, by=taken_by, told=application.is_open)


def _write(person: Applicant, text: str, *, by_machine: bool = False) -> None:
    """By mail, to the address that the last mail gave for answers."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = person.email, person.reply_to, "Re: my application"
    if by_machine:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text)
    InboundMail.objects.take_in(
        sender=person.email, recipients=[person.reply_to], raw=mail.as_bytes()
    )


def _ask_on_page(house: House, application: Application, person: Applicant, attempt: int) -> None:
    topic = Topic.QUESTION if person.has_a_question(LEVEL) else Topic.STATUS
    text = QUESTION if topic == Topic.QUESTION else ""
    try:
        hear(application, topic, text=text)
    except NotYet as refusal:
        if person.is_pushy(LEVEL):
            write_again(application, QUESTION)
        elif (opens := refusal.advice.opens_on) and attempt == 1:
            morning = morning_after(opens - A_DAY, house.employer)
            house.agenda.enter(morning, partial(_wonder, house, application.pk, 2))


def _withdraw(house: House, application_id: UUID) -> None:
    person = house.applicants[application_id]
    with house.employer.scope():
        application = Application.objects.for_page().get(pk=application_id)
        try:
            application.withdraw()
        except CannotDo:
            return
        if person.chance("thinks again").random() < rates.THINKS_AGAIN.value:
            application.undo_withdrawal()


def open_mail(person: Applicant, taken: Taken, number: int) -> None:
    """A mail lies in their mailbox: from now on they can answer it; a vacation notice does."""
    found = _REPLY_TO.search(taken.header)
    if found is None:
        return
    person.reply_to = found.group(1).decode()
    if draw(*person.key, "machine", number).random() < rates.MACHINE_ANSWERS.value:
        _write(person, "I am away until Monday.", by_machine=True)
