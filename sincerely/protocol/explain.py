"""A verdict in plain words: for the nervous applicant, and for the recruiter who looks at it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sincerely.protocol.policy_words import ROLE_NAMES
from sincerely.protocol.verdict import Action, Verdict
from sincerely.protocol.words import Translate, day_in_words, english, gettext_noop

Reader = Literal["applicant", "recruiter"]

TITLES: dict[Action, str] = {
    "no_contact": gettext_noop("No contact"),
    "wait": gettext_noop("Not yet"),
    "read_status": gettext_noop("Read your status"),
    "apply": gettext_noop("Apply first"),
    "follow_steps": gettext_noop("Try the steps first"),
    "ask_support": gettext_noop("Ask support"),
    "email": gettext_noop("E-mail"),
    "call": gettext_noop("Call"),
    "visit": gettext_noop("Walk in"),
}

FOR_APPLICANT: dict[str, str] = {
    "told": gettext_noop("You have your answer. Please do not ask again."),
    "withdrawn": gettext_noop("You withdrew this application. There is nothing more to do."),
    "incident-support": gettext_noop(
        "Contact support, with your reference code and your notes. It is not your fault."
    ),
    "incident-wait": gettext_noop(
        "Wait for the reply of support. If none comes, there is a next step {from_day}."
    ),
    "incident-steps": gettext_noop(
        "Try the steps on the error page once more. Note the time, what you did and what it said."
    ),
    "incident-escalate": gettext_noop(
        "You may call {who} once, {from_day}. Have the code, your steps and the error text ready."
    ),
    "not-received": gettext_noop(
        "Write to {who} once, from another address or another way, and ask whether it arrived."
        " This does not use up your follow-up."
    ),
    "vouched": gettext_noop("You may contact {who} once, by {channel}, {from_day}."),
    "status-page": gettext_noop("Look at your status page. It has the answer."),
    "once": gettext_noop("You have asked once, and that was enough. Now it is their turn."),
    "promise-running": gettext_noop("Wait. If you hear nothing, you may ask {from_day}."),
    "walk-in": gettext_noop("You may come in {on_day}, during the walk-in hours."),
    "not-applied": gettext_noop("Send your application first. Then come back."),
    "bold-culture": gettext_noop("You may call {who} once, {from_day}. Boldness is welcome here."),
    "too-early": gettext_noop("You may ask {from_day}."),
}
FOR_APPLICANT_BY_ACTION: dict[Action, str] = {
    "email": gettext_noop("You may write one e-mail to {who}, {from_day}."),
    "call": gettext_noop(
        "You may call {who} once, {from_day}. If nobody answers, a voicemail is your one call."
    ),
}
WHEN_BROKEN = gettext_noop("They missed the date they gave you.")
WHEN_LAW_BROKEN = gettext_noop("The time in which the law wants you to be told is over.")

FOR_RECRUITER: dict[str, str] = {
    "told": gettext_noop(
        "This applicant was told the outcome and has been asked not to follow up."
    ),
    "withdrawn": gettext_noop("This applicant withdrew. No contact is expected."),
    "incident-support": gettext_noop(
        "The application system failed. The applicant was sent to support, not to you."
    ),
    "incident-wait": gettext_noop(
        "Support still has time to reply to this applicant; the next step opens {from_day}."
    ),
    "incident-steps": gettext_noop(
        "The application failed. The applicant was asked to retrace the steps before calling you."
    ),
    "incident-escalate": gettext_noop(
        "Support stayed silent, so this applicant may call once {from_day}. Please take the code"
        " and the steps down; the fault is not theirs."
    ),
    "not-received": gettext_noop(
        "It is in doubt whether this application or its receipt arrived. The applicant may confirm"
        " by another way; it does not count as the follow-up."
    ),
    "vouched": gettext_noop(
        "Someone vouched that {who} will not mind. The applicant may make contact once, by"
        " {channel}, {from_day}."
    ),
    "status-page": gettext_noop("The status page answers this applicant. Nobody needs to."),
    "promise-broken": gettext_noop(
        "A promised date was missed. The applicant has the follow-up back and may use it"
        " {from_day}, by {channel}. An update before then would spare you both."
    ),
    "ontario-45-days": gettext_noop(
        "More than 45 days have passed since the last interview and no outcome was told, as Ontario"
        " law asks. The applicant may ask {from_day}, by {channel}."
    ),
    "once": gettext_noop(
        "This applicant has used the follow-up. Further questions get the status."
    ),
    "promise-running": gettext_noop(
        "This applicant was asked to wait for the promised date, and may ask {from_day}."
    ),
    "walk-in": gettext_noop("This applicant may come in {on_day}, during the walk-in hours."),
    "not-applied": gettext_noop("Nothing was sent yet. The person was told to apply first."),
    "bold-culture": gettext_noop("One call from this applicant to {who} is welcome, {from_day}."),
    "too-early": gettext_noop("This applicant was asked to wait, and may ask {from_day}."),
}
FOR_RECRUITER_BY_ACTION: dict[Action, str] = {
    "email": gettext_noop("One e-mail from this applicant is fine {from_day}."),
    "call": gettext_noop(
        "One call from this applicant is fine {from_day}. A voicemail counts as that call."
    ),
}
CHANNEL_NAMES: dict[str, str] = {
    "email": gettext_noop("e-mail"),
    "call": gettext_noop("phone"),
    "visit": gettext_noop("a visit"),
}


ONE_OF: dict[str, str] = {
    "email": gettext_noop("One e-mail instead is fine too, but not both."),
    "call": gettext_noop("One short call instead is fine too, but not both."),
    "visit": gettext_noop("Coming in during the walk-in hours is fine too, but not both."),
}


def title(verdict: Verdict, _: Translate = english) -> str:
    """Two or three words: ``"Not yet"``, ``"E-mail"``, ``"Call"``."""
    return _(TITLES[verdict.action])


def explain(
    verdict: Verdict,
    reader: Reader = "applicant",
    _: Translate = english,
    today: date | None = None,
) -> list[str]:
    """The verdict in a few short sentences: what may be done, until when, and why.

    With ``today``, that day is called today, and days of another year are told with their year.
    """
    reasons = [_(rule.because) for rule in verdict.because if rule.id != "hear-anyway"]
    return [*what_to_do(verdict, reader, _, today), *reasons]


def what_to_do(
    verdict: Verdict,
    reader: Reader = "applicant",
    _: Translate = english,
    today: date | None = None,
) -> list[str]:
    """The same without the reasons, for a page that lists them with their sources."""
    pattern = _pattern(verdict, reader)
    said = [_(pattern).format(**_names(verdict, _, today))]
    if reader == "applicant" and verdict.rule in ("promise-broken", "ontario-45-days"):
        said.insert(0, _(WHEN_BROKEN if verdict.rule == "promise-broken" else WHEN_LAW_BROKEN))
    said += _dates(verdict, reader, _, today)
    return said + _alternatives(verdict, reader, _)


def _pattern(verdict: Verdict, reader: Reader) -> str:
    by_rule = FOR_APPLICANT if reader == "applicant" else FOR_RECRUITER
    by_action = FOR_APPLICANT_BY_ACTION if reader == "applicant" else FOR_RECRUITER_BY_ACTION
    return by_rule.get(verdict.rule) or by_action[verdict.action]


def _names(verdict: Verdict, _: Translate, today: date | None) -> dict[str, str]:
    to = verdict.to
    who = to and (to.name or _(ROLE_NAMES[to.role]))
    day = verdict.not_before
    now = day is None or day == today
    words = "" if day is None or now else day_in_words(day, _, today)
    return {
        "who": who or _("the employer"),
        "from_day": _("from today") if now else _("from {day}").format(day=words),
        "on_day": _("today") if now else _("on {day}").format(day=words),
        "channel": _(CHANNEL_NAMES.get(verdict.channel, "")) if verdict.channel else "",
    }


def _dates(verdict: Verdict, reader: Reader, _: Translate, today: date | None) -> list[str]:
    said = []
    if verdict.rule == "once" and verdict.not_before:
        opens = day_in_words(verdict.not_before, _, today)
        pattern = (
            _("If the promised date passes in silence, you may ask again from {day}.")
            if reader == "applicant"
            else _("If the promised date is missed, the follow-up comes back on {day}.")
        )
        said.append(pattern.format(day=opens))
    if verdict.until:
        last = day_in_words(verdict.until, _, today)
        said.append(_("The last day for this is {day}.").format(day=last))
    if verdict.hear_by:
        by = day_in_words(verdict.hear_by, _, today)
        pattern = (
            _("You will hear by {day} anyway.")
            if reader == "applicant"
            else _("They were promised to hear by {day}.")
        )
        said.append(pattern.format(day=by))
    return said


def _alternatives(verdict: Verdict, reader: Reader, _: Translate) -> list[str]:
    if reader != "applicant":
        return []
    return [_(ONE_OF[action]) for action in verdict.alternatives]
