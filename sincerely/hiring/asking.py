"""The applicant asks, and is always answered: at once by the true state, and by a person where one
is needed.

One follow-up for each application; what is sent beyond it is kept, answered alike, and rings
nobody.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from sincerely.hiring.answer import answer_of
from sincerely.hiring.compose import compose
from sincerely.hiring.contact_advice import ContactAdvice, contact_advice
from sincerely.hiring.dates import date_to_promise, in_words
from sincerely.hiring.letters import send
from sincerely.hiring.models import Application, Call, FollowUp, Vouch
from sincerely.hiring.models.application import APPLICANT
from sincerely.hiring.models.follow_up import ALWAYS_OPEN, NEEDS_A_PERSON, Channel, Topic
from sincerely.hiring.models.vouch import VouchState
from sincerely.hiring.refusal import CannotDo
from sincerely.kernel import clock
from sincerely.outbox.models import Message

LONGEST_TEXT = 5_000
# Business days in which a person answers what the true state does not.
ANSWER_WITHIN = 2
ONE_ANSWER_PER = dt.timedelta(days=1)
# In that time, also when there is something new to say each time.
MOST_ANSWERS = 5
# What the protocol calls a contact (facts.ABOUT), by the rule that advised it.
_ABOUT = {"not-received": "arrival", "incident-escalate": "incident"}


class NotYet(CannotDo):
    """The follow-up is not open: it is too early, it was used, or the application has ended.
    `advice` says why and until when."""

    def __init__(self, advice: ContactAdvice) -> None:
        super().__init__(" ".join(advice.asking_now))
        self.advice = advice


def ask(
    application: Application, topic: Topic, *, channel: Channel = Channel.PAGE, text: str = ""
) -> FollowUp:
    """Take the applicant's follow-up and answer it, in one transaction.

    `text` is what they wrote; a person sees it where `topic` needs one. An adjustment and a problem
    are taken until the end, and use nothing up; a second one, while the first waits, is added to
    it. Raises NotYet when no follow-up is open.
    """
    with transaction.atomic():
        application.lock()
        advice = contact_advice(application)
        if topic in ALWAYS_OPEN and rights_are_open(advice):
            waiting = application.follow_ups.waiting().filter(topic=topic, counts=False).first()
            if waiting:
                keep(application, text, channel)
                return waiting
            return _take(application, topic, channel, text, about="", counts=False)
        if not advice.may_ask:
            raise NotYet(advice)
        return _take(
            application,
            topic,
            channel,
            text,
            about=_ABOUT.get(advice.asking.rule, "follow_up"),
            counts=_use_up(advice),
        )


def rights_are_open(advice: ContactAdvice) -> bool:
    """Whether an adjustment or a problem may be told of: until the end that the applicant knows."""
    return not advice.facts.told_on and not advice.facts.withdrawn_on


def hear(
    application: Application, topic: Topic, *, channel: Channel = Channel.PAGE, text: str = ""
) -> FollowUp | None:
    """Whatever the applicant sends: a follow-up while one is open; what comes beyond it, or after
    the end, is kept. Raises NotYet when it is only too early."""
    try:
        return ask(application, topic, channel=channel, text=text)
    except NotYet as refusal:
        if refusal.advice.used is None and refusal.advice.opens_on:
            raise
    if text:
        write_again(application, text, channel=channel)
    return None


def write_again(
    application: Application,
    text: str,
    *,
    channel: Channel = Channel.PAGE,
    news_counts: bool = False,
) -> bool:
    """Keep a further message on the timeline and answer it by the true state, once a day at most.

    With `news_counts` it is answered again when the state has changed since: who asks where it
    stands gets the answer of now. Rings nobody. Returns whether an answer was sent by mail.
    """
    with transaction.atomic():
        application.lock()
        keep(application, text, channel)
        if _was_answered(application, but_for_news=news_counts):
            return False
        said = _words(application, None, *contact_advice(application).asking_now)
        return _send(application, said) is not None


def _was_answered(application: Application, *, but_for_news: bool) -> bool:
    """Within a day; `but_for_news`: only when that answer would be the same now."""
    lately = clock.now() - ONE_ANSWER_PER
    answers = application.messages().filter(kind="answer", created_at__gt=lately)
    sent = list(answers.newest_first().values_list("text", flat=True)[:MOST_ANSWERS])
    if not but_for_news or len(sent) == MOST_ANSWERS:
        return bool(sent)
    return bool(sent) and "\n\n".join(answer_of(application)) in sent[0]


def keep(application: Application, text: str, channel: Channel) -> None:
    """Put what the applicant wrote on the timeline."""
    data = {"text": text[:LONGEST_TEXT], "channel": channel}
    application.record("wrote_again", by=APPLICANT, data=data)


def was_sent_lately(application: Application, kind: str) -> bool:
    """Whether a message of this kind went out within a day: one is enough, and two machines that
    answer each other stop there."""
    lately = clock.now() - ONE_ANSWER_PER
    return bool(application.messages().filter(kind=kind, created_at__gt=lately).exists())


def note_spoken(
    application: Application, call: Call, *, by: Any, invited: bool = False
) -> FollowUp | None:
    """A call, voicemail or visit of the applicant's counts as the follow-up, unless it was used.

    `invited`: it reached the person who had agreed to be contacted; so did one that this very
    person logs. Within the transaction that logged it; the call's own Event says what it counted
    as. It was answered by whoever took it; their note is for the team, and stays with the call.
    """
    advice = contact_advice(application)
    vouch = None if advice.in_touch else advice.vouch
    if vouch and (invited or getattr(by, "email", "").lower() == vouch.email):
        return _note_invited(application, advice, vouch, Channel(call.kind), call.at)
    if advice.used and not advice.given_back:
        return None
    _use_up(advice)
    return FollowUp.objects.create(
        application=application,
        channel=Channel(call.kind),
        topic=Topic.STATUS,
        about=_ABOUT.get(advice.asking.rule, "follow_up"),
        counts=advice.asking.rule != "not-received",
        at=call.at,
        answered_at=call.at,
        answered_by=call.by,
    )


def note_in_touch(application: Application, vouch: Vouch, *, by: Any) -> FollowUp:
    """The applicant contacted the person who had agreed to it: once, so it is noted once.

    Raises CannotDo when they had not agreed, or do not any more.
    """
    with transaction.atomic():
        application.lock()
        if known := invited_contact(vouch):
            return known
        if vouch.state_now() != VouchState.STANDING:
            raise CannotDo("They have not agreed to be contacted, or the days of it are over.")
        advice, channel = contact_advice(application), Channel(vouch.channel)
        noted = _note_invited(application, advice, vouch, channel, clock.now())
        application.record("in_touch", by=by, data={"person": vouch.person})
    return noted


def invited_contact(vouch: Vouch) -> FollowUp | None:
    """The contact that this person agreed to, once it was made and noted."""
    if vouch.confirmed_at is None:
        return None
    theirs = {"about": "invited", "answered_by": vouch.person, "at__gte": vouch.confirmed_at}
    applications = vouch.referral.applications().values("pk")
    rows = FollowUp.objects.filter(application__in=applications, **theirs)
    found: FollowUp | None = rows.order_by("-at").first()
    return found


def forget_in_touch(application: Application, *, by: Any) -> None:
    """It was noted by mistake. Raises CannotDo when something has followed it."""
    with transaction.atomic():
        application.lock()
        noted = application.follow_ups.filter(about="invited").order_by("-at", "-id").first()
        if noted is None:
            return
        if noted.given_back_at or application.follow_ups.filter(at__gt=noted.at).exists():
            raise CannotDo("They have followed up since, so it stays.")
        noted.delete()
        application.record("in_touch_undone", by=by)


def _note_invited(
    application: Application,
    advice: ContactAdvice,
    vouch: Vouch,
    channel: Channel,
    at: dt.datetime,
) -> FollowUp:
    """The row of a contact with the vouched person, who answers it. Also beside a follow-up that
    was used before: what somebody agreed to is no second one."""
    if advice.given_back:
        _use_up(advice)
    return FollowUp.objects.create(
        application=application,
        channel=channel,
        topic=Topic.STATUS,
        about="invited",
        counts=advice.used is None or advice.given_back,
        at=at,
        answered_at=at,
        answered_by=vouch.person,
    )


def _use_up(advice: ContactAdvice) -> bool:
    """Whether this contact uses up the follow-up; one that was used before is given back first."""
    if advice.given_back and advice.used:
        advice.used.give_back(advice.asking.because[0].because)
    return advice.asking.uses_follow_up


def _take(
    application: Application, topic: Topic, channel: Channel, text: str, *, about: str, counts: bool
) -> FollowUp:
    now = clock.now()
    person = topic in NEEDS_A_PERSON
    answer_by = date_to_promise(application.employer, ANSWER_WITHIN) if person else None
    said = _words(application, answer_by)
    row = FollowUp.objects.create(
        application=application,
        channel=channel,
        topic=topic,
        text=text[:LONGEST_TEXT],
        about=about,
        counts=counts,
        at=now,
        answer_text=said,
        answer=_send(application, said),
        answer_by=answer_by,
        answered_at=None if person else now,
        answered_by="" if person else "sincerely",
    )
    data = {"topic": row.topic, "channel": row.channel, "text": row.text, "counts": row.counts}
    application.record("follow_up", by=APPLICANT, data=data)
    return row


def _send(application: Application, said: str) -> Message | None:
    return send(application, "answer", compose(application, "answer", said={"answer": said}))


def _words(application: Application, answer_by: dt.date | None, *more: str) -> str:
    said = answer_of(application)
    if answer_by:
        said.append(f"Your message needs a person, who answers by {in_words(answer_by)}.")
    if more:
        said.append(" ".join(more))
    return "\n\n".join(said)
