"""The conversation: what is said next, and what is done. Each step is one request.

Whoever called, and whatever they pressed, number and PIN are asked for both before either is
judged, so that a wrong one sounds like the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from uuid import UUID

from sincerely.hiring.asking import rights_are_open
from sincerely.hiring.by_voice import note_heard
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.models import Application
from sincerely.hiring.models.follow_up import ALWAYS_OPEN, Topic
from sincerely.hiring.phone_line import line_of
from sincerely.hiring.pins import WrongPin, check_pin
from sincerely.hiring.status import status_of
from sincerely.inbound.voice import prompts
from sincerely.inbound.voice.call import Call, address
from sincerely.inbound.voice.carried import Carried, NotCarried
from sincerely.inbound.voice.step import once
from sincerely.inbound.voice.twiml import Gather, Record, Redirect, Verb
from sincerely.inbound.voice.voicemails import take, wants_transcript, write_down
from sincerely.kernel import clock
from sincerely.kernel.limits import Limit, TooMany, count_use

CALLS_FROM_ONE = Limit("voice-from", most=60, per=dt.timedelta(hours=1))
MESSAGES_OF_ONE = Limit("voice-messages", most=10, per=dt.timedelta(days=1))
TRIES = 3
MOST_TURNS = 40
_TOPICS = {"2": Topic.QUESTION, "3": Topic.ADJUSTMENT, "4": Topic.PROBLEM}


def begin(call: Call) -> list[Verb]:
    """The first step; and, with what the call carries, where it left off."""
    line = line_of(call.employer)
    if not line.is_on:
        return [prompts.OFF]
    if call.carried:
        return _go_on(call, call.carried, prompts.NOTHING_PRESSED)
    began = once(call.sid, 0, "begin", lambda: _began(call))
    if began == "busy":
        return [prompts.BUSY]
    carried = Carried(call=call.sid, number=call.number, began=int(began))
    return _ask_reference(carried, prompts.greeting(call.employer, line))


def reference(call: Call) -> list[Verb]:
    carried = _carried(call)
    if len(call.digits) != 10:
        return _go_on(call, _muddled(carried), prompts.NOT_TEN)
    return _ask_pin(carried.on(reference=call.digits))


def pin(call: Call) -> list[Verb]:
    carried = _carried(call)
    if len(call.digits) != 6:
        return _go_on(call, _muddled(carried), prompts.NOT_SIX)
    outcome = once(call.sid, carried.turn, "pin", lambda: _judged(call, carried))
    if outcome == "locked":
        return [prompts.LOCKED]
    if outcome == "wrong":
        wrong = carried.wrong + 1
        if wrong == TRIES:
            return [prompts.WRONG_LAST]
        return _ask_reference(carried.on(wrong=wrong, reference=""), prompts.WRONG)
    return _tell(call, carried.on(application=outcome))


def choice(call: Call) -> list[Verb]:
    carried = _carried(call)
    if call.digits == "1":
        return _tell(call, carried.on())
    topic = _TOPICS.get(call.digits)
    outcome = once(call.sid, carried.turn, "choice", lambda: _chosen(topic, carried))
    if outcome == "enough":
        return [prompts.ENOUGH]
    if topic and outcome == "open":
        return _record(call, carried.on(topic=str(topic)))
    return _go_on(call, _muddled(carried), prompts.NO_SUCH_KEY)


def voicemail(call: Call) -> list[Verb]:
    """It was recorded: by the pound key, by silence, by its longest time, or by hanging up."""
    outcome = _take(call)
    if outcome == "nothing":
        return [prompts.NOTHING_RECORDED, prompts.GOODBYE]
    return [prompts.thanks(dt.date.fromisoformat(outcome) if outcome != "kept" else None)]


def recorded(call: Call) -> None:
    """It can be fetched now; and it is taken here when its step of the call was lost."""
    if call.fields.get("RecordingStatus", "completed") == "completed":
        _take(call)


STEPS: Mapping[str, Callable[[Call], list[Verb]]] = {
    "begin": begin,
    "reference": reference,
    "pin": pin,
    "choice": choice,
    "voicemail": voicemail,
}
# What the provider tells later, when the call may be over.
LATER: Mapping[str, Callable[[Call], None]] = {"recording": recorded, "transcript": write_down}


# ── what the steps are made of ───────────────────────────────────────────────────────────────────


def _began(call: Call) -> str:
    try:
        count_use({CALLS_FROM_ONE: call.caller})
    except TooMany:
        return "busy"
    return str(int(clock.now().timestamp()))


def _judged(call: Call, carried: Carried) -> str:
    """The key of the application that number and PIN open, or why none."""
    try:
        application = check_pin(
            carried.reference,
            call.digits,
            caller=call.caller,
            call=call.sid,
            employer_key=call.employer.pk,
        )
    except WrongPin:
        return "wrong"
    except TooMany:
        return "locked"
    note_heard(application)
    return application.pk.hex


def _go_on(call: Call, carried: Carried, why: str) -> list[Verb]:
    """Ask once more for what is missing, until that was often enough."""
    if carried.silent >= TRIES or carried.turn > MOST_TURNS:
        return [why, prompts.GOODBYE]
    if carried.application:
        return _tell(call, carried, why, again=True)
    return _ask_pin(carried, why) if carried.reference else _ask_reference(carried, why)


def _chosen(topic: Topic | None, carried: Carried) -> str:
    """Whether a message about this is taken now: "open", "closed", or "enough" for one day."""
    advice = contact_advice(_application(carried))
    if not (rights_are_open(advice) if topic in ALWAYS_OPEN else topic and advice.may_ask):
        return "closed"
    try:
        count_use({MESSAGES_OF_ONE: carried.application})
    except TooMany:
        return "enough"
    return "open"


def _ask_reference(carried: Carried, *said: str) -> list[Verb]:
    return _ask(carried, "reference", 10, *said, prompts.ASK_REFERENCE)


def _ask_pin(carried: Carried, *said: str) -> list[Verb]:
    return _ask(carried, "pin", 6, *said, prompts.ASK_PIN)


def _ask(carried: Carried, step: str, digits: int, *texts: str) -> list[Verb]:
    keys = Gather(texts=texts, action=address(step, carried), digits=digits)
    return [keys, Redirect(address("begin", _muddled(carried)))]


def _tell(call: Call, carried: Carried, *said: str, again: bool = False) -> list[Verb]:
    """Where it stands, and what may be done. `again`: they have heard it, and only chose badly."""
    application = _application(carried)
    sentence = [] if again else [status_of(application).sentence]
    texts = [*said, *sentence, *prompts.offer(call.employer, contact_advice(application))]
    keys = Gather(texts=tuple(texts), action=address("choice", carried), digits=1)
    return [keys, prompts.GOODBYE]


def _record(call: Call, carried: Carried) -> list[Verb]:
    record = Record(
        action=address("voicemail", carried),
        ready=address("recording", carried),
        transcript=address("transcript", carried) if wants_transcript() else "",
        longest=prompts.LONGEST_SECONDS,
    )
    nothing = [prompts.NOTHING_RECORDED, prompts.GOODBYE]
    return [prompts.after_the_tone(call.employer), record, *nothing]


def _take(call: Call) -> str:
    carried = _carried(call)
    topic = carried.topic
    if topic not in Topic.values:
        raise NotCarried
    return take(call, _application(carried), Topic(topic))


def _muddled(carried: Carried) -> Carried:
    return carried.on(silent=carried.silent + 1)


def _carried(call: Call) -> Carried:
    if call.carried is None:
        raise NotCarried
    return call.carried


def _application(carried: Carried) -> Application:
    """The one that the PIN opened, on the line of its own employer."""
    if not carried.application:
        raise NotCarried
    rows = Application.objects.for_page().filter(pk=UUID(carried.application))
    application: Application | None = rows.first()
    if application is None:
        raise NotCarried
    return application
