"""What is written about a referral: to the person referred, to the colleagues, to the applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sincerely.hiring import wording
from sincerely.hiring.compose import compose, wording_of
from sincerely.hiring.dates import in_words
from sincerely.hiring.letters import send, write_to
from sincerely.hiring.links import status_link
from sincerely.hiring.referral_links import answer_link, apply_link, referral_link, vouch_link
from sincerely.hiring.referral_wording import MAY_THEY, THANKS, WAY_BACK
from sincerely.hiring.vouch_words import contact_way
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock
from sincerely.outbox.models import Message

if TYPE_CHECKING:
    from sincerely.hiring.models import Referral, Vouch


def send_invitation(referral: Referral) -> Message:
    """To the person referred: the way to apply, or where their application stands."""
    applied = referral.applications().for_page().first()
    if applied:
        next_step = (
            "Your application for it is here already, and counts. There is nothing more to do. "
            f"This is where it stands:\n{status_link(applied)}"
        )
    else:
        next_step = f"This is the job, and the form to apply:\n{apply_link(referral)}"
    values = {**_values(referral), "name": referral.name, "what_next": next_step}
    return _queue(
        "referral",
        wording_of(referral.employer, "referral"),
        values,
        about=referral,
        to=(referral.name, referral.email),
    )


def send_thanks(referral: Referral, vouch: Vouch | None) -> Message:
    """To the referrer; also how they learn that somebody used their name."""
    if vouch:
        about = f"We have asked {vouch.person}. Until they agree, {referral.name} is told no name."
    else:
        about = f"Nobody is named to {referral.name} as somebody to contact."
    values = {**_values(referral), "about_vouch": about, "link": referral_link(referral)}
    to = (referral.referrer_name, referral.referrer_email)
    return _queue("referral_thanks", THANKS, values, about=referral, to=to)


def ask(vouch: Vouch) -> Message:
    """To the contact person, at their own address: yes or no?"""
    values = _values_of(vouch) | {"link": answer_link(vouch)}
    to = (vouch.person, vouch.email)
    return _queue("vouch_request", MAY_THEY, values, about=vouch, to=to)


def send_way_back(vouch: Vouch) -> Message:
    """To the contact person after a yes, which somebody else may have clicked."""
    values = _values_of(vouch) | {"link": vouch_link(vouch)}
    to = (vouch.person, vouch.email)
    return _queue("vouch_given", WAY_BACK, values, about=vouch, to=to)


def tell_applicant(vouch: Vouch, kind: str) -> None:
    """That they may contact somebody, or may not any more: who has applied, can be reached by
    e-mail, and does not know of an end.

    A decision that is still held changes nothing here, so that no mail or its lack tells of it.
    """
    for application in vouch.referral.applications().for_page():
        if not application.closures.filter(shown_at__lte=clock.now()).exists():
            send(application, kind, compose(application, kind, said=_values_of(vouch)))


def _queue(
    kind: str, text: Wording, values: dict[str, str], *, about: Any, to: tuple[str, str]
) -> Message:
    filled = Wording(wording.fill(text.subject, values), wording.fill(text.body, values))
    return write_to(about.employer, kind, filled, to=to, about=about)


def _values(referral: Referral) -> dict[str, str]:
    job = referral.job
    return {
        "referrer": referral.referrer_name,
        "person": referral.name,
        "job": job.title,
        "employer": referral.employer.name,
        "recruiter": job.recruiter.name if job.recruiter else referral.employer.name,
    }


def _values_of(vouch: Vouch) -> dict[str, str]:
    return {
        **_values(vouch.referral),
        "contact": vouch.person,
        "contact_way": contact_way(vouch),
        "until": in_words(vouch.until),
    }
