"""An employer's contact policy in plain words, for the job page, the receipt and the status page.

Written for someone who is nervous and may read in a second language: short sentences, no terms.
"""

from __future__ import annotations

from sincerely.protocol.hours import hours_in_words
from sincerely.protocol.policy import Policy, Role
from sincerely.protocol.words import Translate, day_in_words, english, gettext_noop

ROLE_NAMES: dict[Role, str] = {
    "recruiter": gettext_noop("the recruiter"),
    "hr": gettext_noop("the HR team"),
    "hiring_manager": gettext_noop("the hiring manager"),
    "owner": gettext_noop("the owner"),
    "team_member": gettext_noop("the team"),
    "front_desk": gettext_noop("the front desk"),
    "support": gettext_noop("support"),
}


def sentences(policy: Policy, _: Translate = english) -> list[str]:
    """What an applicant may do, one short sentence each, the most important first."""
    said = [_follow_up(policy, _), _who(policy, _)]
    if policy.allows_calls and policy.phone_hours:
        hours = hours_in_words(policy.phone_hours, _)
        said.append(
            _("The phone is answered: {hours}{zone}.").format(hours=hours, zone=_zone(policy))
        )
    if policy.walk_in:
        said.append(_walk_in(policy, _))
    else:
        said.append(_("Please do not drop in without an appointment."))
    if policy.rewards_boldness and policy.wait_days:
        said.append(_("A little boldness is welcome here: you need not wait before you call."))
    elif policy.rewards_boldness:
        said.append(_("A little boldness is welcome here."))
    said.append(_("If we miss a date we gave you, you may write to us again."))
    return [sentence for sentence in said if sentence]


def _follow_up(policy: Policy, _: Translate) -> str:
    if policy.stance == "no_follow_up_before_promise":
        return _("We tell you the date by which you will hear from us. Please wait for it.")
    if policy.wait_days == 0:
        patterns = {
            "email_once": _(
                "You may ask about your application once, by e-mail. Please do not call."
            ),
            "call_once": _("You may call once about your application. A voicemail counts too."),
            "calls_welcome": _(
                "You are welcome to call once about your application, or to e-mail."
            ),
        }
    else:
        patterns = {
            "email_once": _(
                "You may ask about your application once, by e-mail, from {days} after you"
                " applied. Please do not call."
            ),
            "call_once": _(
                "You may call once about your application, from {days} after you applied."
                " A voicemail counts too."
            ),
            "calls_welcome": _(
                "You are welcome to call once about your application, or to e-mail, from"
                " {days} after you applied."
            ),
        }
    return patterns[policy.stance].format(days=days_in_words(policy.wait_days, _))


def _who(policy: Policy, _: Translate) -> str:
    role = policy.contact_name or _(ROLE_NAMES[policy.contact_role])
    if policy.allows_calls and policy.phone:
        return _("Ask for {role}, phone {phone}.").format(role=role, phone=policy.phone)
    if policy.email:
        return _("Write to {role} at {email}.").format(role=role, email=policy.email)
    return _("{role} answers.").format(role=role[:1].upper() + role[1:])


def _walk_in(policy: Policy, _: Translate) -> str:
    assert policy.walk_in is not None
    hours = hours_in_words(policy.walk_in.hours, _)
    said = _("You may come in without an appointment: {place}. {hours}.").format(
        place=policy.walk_in.place, hours=hours
    )
    if policy.walk_in.until:
        last = day_in_words(policy.walk_in.until, _)
        said += " " + _("The last such day is {day}.").format(day=last)
    return said


def _zone(policy: Policy) -> str:
    return f" ({policy.time_zone})" if policy.time_zone else ""


def days_in_words(count: int, _: Translate = english) -> str:
    """``"one day"`` or ``"7 days"``."""
    return _("one day") if count == 1 else _("{count} days").format(count=count)
