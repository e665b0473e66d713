"""The form by which an employee refers somebody, and may name a colleague to contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms

from sincerely.documents.form_fields import form_key
from sincerely.hiring.house import require_works_here
from sincerely.hiring.models import CannotDo, Job
from sincerely.hiring.models.referral import Certainty
from sincerely.hiring.models.vouch import (
    MOST_DAYS,
    USUAL_DAYS,
    ContactChannel,
    ContactRole,
    require_possible_end,
)
from sincerely.hiring.referring import Contact, Given
from sincerely.kernel import clock
from sincerely.kernel.asking_back import ask_back
from sincerely.kernel.form_fields import AddressField, LinesField, NameField, PhoneField
from sincerely.kernel.honeypot import refuse_programs

CHOICES = [
    (Certainty.CERTAIN, "Yes, I am certain"),
    (Certainty.PROBABLY, "Probably"),
    (Certainty.UNSAID, "I would rather not say"),
]
_OWN_NAME = forms.TextInput({"autocomplete": "name"})
_OWN_ADDRESS = forms.EmailInput({"autocomplete": "email", "spellcheck": "false"})
_NAME = forms.TextInput({"autocomplete": "off"})
_ADDRESS = forms.EmailInput({"autocomplete": "off", "spellcheck": "false"})


class LastDayField(forms.DateField):
    """The last day of a vouch; the form hands in today."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            error_messages={
                "required": "Choose the last day.",
                "invalid": "Write the day as year-month-day, such as 2026-12-24.",
            },
            **given,
        )

    def between(self, today: dt.date) -> None:
        """Let the browser offer what is possible."""
        last = today + dt.timedelta(days=MOST_DAYS)
        self.widget = forms.DateInput(
            {
                "type": "date",
                "class": "input-narrow",
                "min": today.isoformat(),
                "max": last.isoformat(),
            },
            format="%Y-%m-%d",
        )
        self.initial = today + dt.timedelta(days=USUAL_DAYS)


class ReferralForm(forms.Form):
    """Whom, by whom, and whether somebody may be contacted; `given` is what it says."""

    use_required_attribute = False

    name = NameField(
        label="Their name",
        widget=_NAME,
        error_messages={"required": "Write the name of the person you refer."},
    )
    email = AddressField(
        label="Their e-mail",
        help_text="We write to them once, with the job and the way to apply.",
        widget=_ADDRESS,
        error_messages={"required": "Write their e-mail address, so that we can tell them."},
    )
    why = LinesField(
        longest=1_000,
        label="How do you know them, and why this job?",
        required=False,
        help_text="A sentence is enough. Only who decides here reads it.",
        widget=forms.Textarea({"rows": 3}),
    )
    referrer_name = NameField(
        label="Your name", widget=_OWN_NAME, error_messages={"required": "Write your name."}
    )
    referrer_email = AddressField(
        label="Your e-mail",
        help_text="You get a copy, and can see what became of it.",
        widget=_OWN_ADDRESS,
        error_messages={"required": "Write your e-mail address."},
    )
    certainty = forms.ChoiceField(
        choices=CHOICES,
        widget=forms.RadioSelect,
        help_text="Only “certain” counts, and only once that person has said yes to us.",
        error_messages={"required": "Choose one of the three."},
    )
    # Of the colleague, looked at only where the referrer is certain.
    contact_person = NameField(
        label="Their name",
        widget=_NAME,
        error_messages={"required": "Write the name of the person who will not mind."},
    )
    contact_role = forms.ChoiceField(label="Who are they?", choices=ContactRole)
    contact_email = AddressField(
        label="Their e-mail at work",
        help_text="We ask them there, and show it to nobody before they agree.",
        widget=_ADDRESS,
        error_messages={"required": "Write their e-mail address: their own yes is what counts."},
    )
    contact_channel = forms.ChoiceField(
        label="How may they be contacted?",
        choices=ContactChannel,
        widget=forms.RadioSelect,
        initial=ContactChannel.EMAIL,
    )
    contact_number = PhoneField(
        label="Their number",
        widget=forms.TextInput({"autocomplete": "off", "type": "tel"}),
        error_messages={"required": "Write the number at which they may be called."},
    )
    contact_until = LastDayField(label="Until, the last day")

    def __init__(self, job: Job, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        self.form_key = form_key(self.data)
        self.today = clock.today(job.employer.time_zone)
        self.fields["contact_number"].country = job.employer.country  # type: ignore[attr-defined]
        self.fields["contact_until"].between(self.today)  # type: ignore[attr-defined]
        self.fields["certainty"].label = (
            f"Is there somebody at {job.employer.name} who will not mind if they get in touch, "
            "once, to ask about it?"
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        refuse_programs(self)
        if address := given.get("email"):
            why = "Choose one: what we write to them goes to this address."
            given["email"] = ask_back(self, "email", address, why=why)
            if address == given.get("referrer_email"):
                self.add_error("email", "This is your own address. You can apply for the job.")
        if given.get("certainty") != Certainty.CERTAIN:
            self._forget("contact_")  # what is no vouch is not looked at either
            return given
        if given.get("contact_channel") == ContactChannel.EMAIL:
            self._forget("contact_number")
        if colleague := given.get("contact_email"):
            self._check("contact_email", require_works_here, self.job.employer, colleague)
        if until := given.get("contact_until"):
            self._check("contact_until", require_possible_end, until, self.today)
        return given

    @property
    def contact(self) -> Contact | None:
        given = self.cleaned_data
        if given["certainty"] != Certainty.CERTAIN:
            return None
        return Contact(
            person=given["contact_person"],
            role=given["contact_role"],
            email=given["contact_email"],
            channel=given["contact_channel"],
            number=given.get("contact_number", ""),
            until=given["contact_until"],
        )

    @property
    def given(self) -> Given:
        names = ("name", "email", "why", "referrer_name", "referrer_email", "certainty")
        said = {name: self.cleaned_data[name] for name in names}
        return Given(id=self.form_key, contact=self.contact, **said)

    def _forget(self, beginning: str) -> None:
        """Drop what was found wrong in the fields whose names begin so."""
        for name in [name for name in self.errors if name.startswith(beginning)]:
            del self.errors[name]

    def _check(self, name: str, require: Callable[..., None], *about: Any) -> None:
        try:
            require(*about)
        except CannotDo as refusal:
            self.add_error(name, str(refusal))
