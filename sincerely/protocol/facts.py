"""What is known about one application and the contacts around it, as a verdict needs it.

All days are calendar days at the employer's place. Facts are taken as they are told: a day that
lies in the future is not a reason to disbelieve the event itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sincerely.protocol.policy import Culture, Role

ContactChannel = Literal["email", "call", "voicemail", "visit", "message"]
About = Literal["follow_up", "arrival", "incident", "invited", "thanks"]
ReceiptState = Literal["none", "awaited", "arrived", "bounced"]
VouchChannel = Literal["email", "call"]

CONTACT_CHANNELS: tuple[ContactChannel, ...] = get_args(ContactChannel)
ABOUT: tuple[About, ...] = get_args(About)
RECEIPT_STATES: tuple[ReceiptState, ...] = get_args(ReceiptState)
VOUCH_CHANNELS: tuple[VouchChannel, ...] = get_args(VouchChannel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One time the applicant turned to the employer, whether or not anybody answered.

    ``about``: ``follow_up`` asks how things stand; ``arrival`` only confirms that something
    arrived, from another address or by another channel; ``incident`` reports a failure of the
    application system; ``invited`` goes to a person someone vouched for; ``thanks`` says thanks.
    A contact that ``bounced`` reached nobody. Auto-replies and status requests are no contacts.
    """

    on: date
    channel: ContactChannel = "email"
    about: About = "follow_up"
    bounced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The day by which the applicant was told to hear next; ``kept_on`` when they did hear."""

    made_on: date
    due_on: date
    kept_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The application system failed on a day; a failure that lasted until ``solved_on``.

    ``reply_by`` is the last day of support's own reply time; without one, two business days
    after it was asked. ``steps_followed``: the steps of the error page were tried and noted.
    """

    failed_on: date
    support_exists: bool = True
    support_asked_on: date | None = None
    reply_by: date | None = None
    replied_on: date | None = None
    solved_on: date | None = None
    steps_followed: bool = False
    code: str = ""
    error_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouch:
    """A referrer's word that a named person will not mind. Only a ``certain`` one counts.

    ``until`` is its last day; ``None`` when no end was said.
    """

    person: str
    channel: VouchChannel = "email"
    given_on: date
    until: date | None = None
    certain: bool = False
    role: Role = "team_member"
    referrer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One application. ``applied_on`` is ``None`` when nothing was sent yet.

    ``status_answers``: a status page exists and answers what the applicant wants to know.
    ``recipient``: who would be contacted, where that is known better than the policy says.
    ``culture`` is the job's own, where no policy tells it. ``staff`` is the number of people the
    employer employs, 0 when unknown. Names serve the drafts only.
    """

    applied_on: date | None = None
    told_on: date | None = None
    withdrawn_on: date | None = None
    interviewed_on: date | None = None
    receipt: ReceiptState = "none"
    own_mail_bounced: bool = False
    status_answers: bool = False
    contacts: tuple[Contact, ...] = ()
    promises: tuple[Promise, ...] = ()
    incident: Incident | None = None
    vouch: Vouch | None = None
    recipient: Role | None = None
    culture: Culture = "standard"
    country: str = ""
    subdivision: str = ""
    staff: int = 0
    applicant: str = ""
    employer: str = ""
    job: str = ""
    reference: str = ""
