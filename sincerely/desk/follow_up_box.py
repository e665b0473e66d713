"""The box in which a follow-up is answered: a text, ready sentences, a date, and the message as it
will be sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from sincerely.desk.access import DeskRequest
from sincerely.desk.promised_days import LONGEST_PROMISE, NO_DATE, require_promisable
from sincerely.hiring.compose import compose_reply
from sincerely.hiring.dates import in_words
from sincerely.hiring.links import status_token
from sincerely.hiring.models import FollowUp
from sincerely.hiring.ready_replies import ready_replies
from sincerely.hiring.status import Status, status_of
from sincerely.hiring.wording import Wording
from sincerely.kernel import clock

LONGEST_REPLY = 5_000
# Where the box stands, and so what its answer replaces.
PLACES = ("inbox", "focus", "page")


class ReplyForm(forms.Form):
    """`more`: it is not the whole answer, which comes by `day`; else `day` is when they hear next.
    `seen` is the reply that stood when the box was opened, `written_for` the day in the text."""

    use_required_attribute = False
    text = forms.CharField(
        max_length=LONGEST_REPLY,
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "required": "Write a sentence, or take a ready one. Nothing was sent.",
            "max_length": "This has %(show_value)d characters; a reply may have %(limit_value)d."
            " Nothing was sent.",
        },
    )
    day = forms.DateField(
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NO_DATE},
    )
    more = forms.BooleanField(required=False)
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    written_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"reply-{follow_up.pk}-%s"
        super().__init__(*args, **kwargs)
        self.today = clock.today(follow_up.application.employer.time_zone)

    def clean_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["day"]
        if day:
            require_promisable(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("more") and not given.get("day") and "day" not in self.errors:
            self.add_error("day", "Choose the day by which you give the whole answer.")
        return given

    @property
    def dates(self) -> dict[str, dt.date | None]:
        """The day, by what it is for: `due_on` or `rest_by`."""
        given = self.cleaned_data
        return {"rest_by": given["day"]} if given["more"] else {"due_on": given["day"]}


def fresh_form(follow_up: FollowUp) -> ReplyForm:
    """Empty, or with what was written and taken back."""
    before = follow_up.taken_back()
    rest_by = before.get("rest_by", "")
    day = _day(rest_by or before.get("due_on", ""))
    initial = {
        "text": before.get("text", ""),
        "day": day,
        "more": bool(rest_by),
        "seen": follow_up.reply_id,
        "written_for": day,
    }
    return ReplyForm(initial=initial, follow_up=follow_up)


def rewritten_form(follow_up: FollowUp, posted: Any, status: Status) -> ReplyForm:
    """The form after a ready sentence was taken or another day was chosen; nothing is judged yet.

    A day that stands in the text follows the one that is chosen.
    """
    text = posted.get("text", "").replace("\r\n", "\n")
    day, before = _day(posted.get("day", "")), _day(posted.get("written_for", ""))
    more = bool(posted.get("more"))
    if day and before:
        text = text.replace(in_words(before), in_words(day))
    for ready in ready_replies(follow_up, status):
        if ready.key == posted.get("add"):
            text = (
                f"{text} {ready.text}" if text.strip() and text[-1:] != "\n" else text + ready.text
            )
            day, more = ready.rest_by or day, more or bool(ready.rest_by)
    initial = {
        "text": text,
        "day": day or posted.get("day", ""),
        "more": more,
        "seen": posted.get("seen", ""),
        "written_for": day or "",
    }
    return ReplyForm(initial=initial, follow_up=follow_up)


def box_context(
    request: DeskRequest, follow_up: FollowUp, form: ReplyForm, status: Status | None = None
) -> dict[str, Any]:
    """What the box shows; takes up to seven statements, fewer with `status`."""
    status = status or status_of(follow_up.application)
    today, window = form.today, request.employer.undo_window
    place = request.POST.get("place") or request.GET.get("place") or "inbox"
    return {
        "follow_up": follow_up,
        "application": follow_up.application,
        "form": form,
        "status": status,
        "ready": ready_replies(follow_up, status),
        "paper": _paper(request, follow_up, form),
        "place": place if place in PLACES else "inbox",
        "today": today,
        "last_day": today + LONGEST_PROMISE,
        "until": clock.now() + window if window else None,
    }


def _paper(request: DeskRequest, follow_up: FollowUp, form: ReplyForm) -> Wording:
    """The message as it will be sent, without the key to the applicant's own page."""
    application = follow_up.application
    text, day = form["text"].value() or "…", _day(str(form["day"].value() or ""))
    if day and day < form.today:
        day = None
    dates = {"rest_by" if form["more"].value() else "due_on": day}
    words = compose_reply(application, text, by=request.user, **dates)
    return Wording(words.subject, words.body.replace(status_token(application), "…"))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
