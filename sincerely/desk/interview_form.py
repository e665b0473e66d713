"""The form that plans an interview: times, how, where, with whom."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from sincerely.accounts.models import Identity
from sincerely.hiring.interview_dates import suggested_pick_by
from sincerely.hiring.interviews import Plan
from sincerely.hiring.job_setup import may_interview
from sincerely.hiring.models import Application, Interview
from sincerely.hiring.models.interview import Way
from sincerely.hiring.models.stage import InterviewKind
from sincerely.kernel import clock
from sincerely.kernel.form_fields import LineField, LinesField

SLOTS = ("first", "second", "third")
MINUTES = {InterviewKind.PHONE_SCREEN: 30, InterviewKind.INTERVIEW: 60}


class MomentField(forms.Field):
    """Day and time as the employer's clock shows them, from the browser's own control."""

    widget = forms.DateTimeInput({"type": "datetime-local", "step": 300}, "%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> dt.datetime | None:
        if not value:
            return None
        try:
            naive = dt.datetime.fromisoformat(str(value)).replace(second=0, tzinfo=None)
            moment = naive.replace(tzinfo=timezone.get_current_timezone())
            instant = moment.astimezone(dt.UTC)
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(
                "This is no day and time. Write it like 2026-12-03T14:30."
            ) from error
        if instant.astimezone(moment.tzinfo).replace(tzinfo=None) != naive:
            raise forms.ValidationError(
                "That hour does not exist: the clocks go forward that night. Choose another one."
            )
        if instant <= clock.now():
            raise forms.ValidationError("This time has passed. Choose a later one.")
        return instant

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value) if isinstance(value, dt.datetime) else value


class PlanForm(forms.Form):
    """`slots` are the fields of times that it has; `seen` is the key of what was looked at last."""

    use_required_attribute = False
    first = MomentField(label="First time", error_messages={"required": "Choose a day and a time."})
    second = MomentField(label="Second", required=False)
    third = MomentField(label="Third", required=False)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=5,
        max_value=480,
        widget=forms.NumberInput({"min": 5, "max": 480, "step": 5}),
        error_messages={"required": "Say how long it takes."},
    )
    way = forms.ChoiceField(label="How", choices=Way.choices, widget=forms.RadioSelect)
    where = LineField(
        longest=300,
        label="Number, link or address",
        error_messages={"required": "Say where: a number, a link or an address."},
    )
    people = forms.MultipleChoiceField(
        label="Who interviews",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They get an invitation for their calendar once a date is agreed.",
    )
    pick_by = forms.DateField(
        label="To be picked by", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    line = LinesField(
        longest=1_000,
        label="A line of your own",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Stands in the message. What to bring, which door.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, application: Application, number: int = len(SLOTS), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.application, self.slots = application, SLOTS[:number]
        for name in SLOTS[number:]:
            del self.fields[name]
        if number == 1:
            del self.fields["pick_by"]
            self.fields["first"].label = "Day and time"
        known = {str(person.pk): person for person in may_interview(application.job)}
        self.members = known
        people: Any = self.fields["people"]
        people.choices = [(key, str(person)) for key, person in known.items()]
        people.error_messages["invalid_choice"] = "Somebody you chose does not work here any more."

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        link = given.get("where", "")
        if given.get("way") == Way.VIDEO and link and not link.startswith("https://"):
            self.add_error("where", "Write the whole link of the meeting, with https://.")
        today = clock.today(self.application.employer.time_zone)
        if given.get("pick_by") and given["pick_by"] < today:
            self.add_error("pick_by", "This day has passed. Choose today or a later one.")
        return given

    @property
    def starts(self) -> list[dt.datetime]:
        found = {self.cleaned_data[name] for name in self.slots if self.cleaned_data.get(name)}
        return sorted(found)

    @property
    def chosen_people(self) -> list[Identity]:
        return [self.members[key] for key in self.cleaned_data["people"]]

    @property
    def plan(self) -> Plan:
        given = self.cleaned_data
        return Plan(
            given["way"], given["where"], given["minutes"], self.chosen_people, given["line"]
        )

    def key(self, shown: Sequence[str]) -> str:
        """Changes with whatever was typed, and with what is `shown` beside it."""
        typed = sorted((name, str(value)) for name, value in self.cleaned_data.items())
        text = repr(([pair for pair in typed if pair[0] != "seen"], list(shown)))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def suggested(application: Application) -> dict[str, Any]:
    """What is likely: as in the interview before, in this job; else the team, in person."""
    before = Interview.objects.filter(application__job=application.job_id)
    last = before.filter(stage=application.stage_id).for_page().order_by("-at").first()
    known: dict[str, Any] = {"pick_by": suggested_pick_by(application)}
    if last:
        known |= {"way": last.way, "minutes": last.minutes, "where": last.where}
        known["people"] = [str(identity.pk) for identity in last.members()]
    else:
        kind = application.stage.kind or InterviewKind.INTERVIEW
        is_call = kind == InterviewKind.PHONE_SCREEN
        known |= {"way": Way.PHONE if is_call else Way.PLACE, "minutes": MINUTES[kind]}  # type: ignore[index]
        team = application.job.team.values_list("identity_id", flat=True)  # type: ignore[attr-defined]
        known["people"] = [str(key) for key in team]
    if known["way"] == Way.PHONE:
        known["where"] = application.phone
    return known


def of_interview(interview: Interview) -> dict[str, Any]:
    """As it is now."""
    return {
        "first": interview.starts_at,
        "minutes": interview.minutes,
        "way": interview.way,
        "where": interview.where,
        "people": [str(identity.pk) for identity in interview.members()],
        "pick_by": suggested_pick_by(interview.application),
    }
