"""What an employer should know of its own policy: settings that have another effect, or none.

For the person who writes the policy. Each note says what happens and, where there is a way, how to
get what was meant. The rules are those of ``rulebooks.compile_policy``.
"""

from __future__ import annotations

from sincerely.protocol.policy import Policy
from sincerely.protocol.policy_words import ROLE_NAMES, days_in_words
from sincerely.protocol.words import Translate, english


def notes(policy: Policy, first_answer_days: int = 0, _: Translate = english) -> list[str]:
    """One or two sentences for each odd effect; an empty list for a policy that has none.

    ``first_answer_days``: business days within which the employer itself answers; 0 when unknown.
    """
    said = [
        _bold(policy, _),
        _walk_in(policy, _),
        _wait(policy, first_answer_days, _),
        _phone(policy, _),
        _email(policy, _),
    ]
    return [sentence for sentence in said if sentence]


def _bold(policy: Policy, _: Translate) -> str:
    if policy.culture != "bold" or policy.rewards_boldness:
        return ""
    if not policy.allows_calls:
        return _("Bold changes nothing: you ask people not to call, and that is stronger.")
    return _(
        "Bold changes nothing while {role} answers: the normal rules hold, because a bold call is"
        " for people of the field. It counts where the hiring manager, the owner or the team"
        " answers."
    ).format(role=_(ROLE_NAMES[policy.contact_role]))


def _walk_in(policy: Policy, _: Translate) -> str:
    if policy.walk_in is None:
        return ""
    if policy.stance == "no_follow_up_before_promise":
        return _(
            "Only people who have not applied yet are told to come in. Who has applied is told to"
            " wait for your date."
        )
    return _(
        "Walk-in hours come first: who has applied is told to come in, from the first day on. The"
        " other ways count once you have missed a date."
    )


def _wait(policy: Policy, first_answer_days: int, _: Translate) -> str:
    days = days_in_words(policy.wait_days, _)
    if policy.walk_in:
        return ""
    if policy.stance == "no_follow_up_before_promise":
        pattern = _("The wait of {days} counts only where no date stands.")
        return pattern.format(days=days) if policy.wait_days else ""
    if policy.rewards_boldness:
        pattern = _("The wait of {days} plays no part: a bold call is welcome at once.")
        return pattern.format(days=days) if policy.wait_days else ""
    if policy.wait_days < first_answer_days:
        return _(
            "People may ask before your answer is due: {after}, while your first answer may take"
            " {count} business days."
        ).format(
            after=_("after {days}").format(days=days) if policy.wait_days else _("at once"),
            count=first_answer_days,
        )
    return ""


def _phone(policy: Policy, _: Translate) -> str:
    if policy.allows_calls and not policy.phone:
        return _("You let people call and give no number.")
    if policy.allows_calls and not policy.phone_hours:
        return _("Say when the phone is answered. Without hours, any business day counts as fine.")
    if policy.phone and not policy.allows_calls:
        return _("The phone number is kept but not shown: you ask people not to call.")
    return ""


def _email(policy: Policy, _: Translate) -> str:
    if policy.stance in ("email_once", "calls_welcome") and not policy.email:
        return _(
            "People may write, but no address is given. They can ask on their status page, or"
            " answer their receipt."
        )
    return ""
