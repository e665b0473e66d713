"""The employer's name and look, and what its dates and mail go by."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.accounts.logo import MOST_BYTES, LogoRefused, store_logo
from sincerely.accounts.models import Employer
from sincerely.desk.access import DeskRequest, desk_view
from sincerely.hiring.legal_clocks import laws_of
from sincerely.hiring.places import countries, is_known_place
from sincerely.kernel.models import record


class LookForm(forms.ModelForm):
    use_required_attribute = False
    logo_file = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG, JPEG or WebP, up to 512 KB and 2000 × 2000 pixels. Best wide, on a clear "
        "ground, because it also stands on dark pages.",
        widget=forms.FileInput(
            {"accept": ".png,.jpg,.jpeg,.webp", "data-max-bytes": str(MOST_BYTES)}
        ),
    )
    website = forms.URLField(
        label="Website",
        required=False,
        assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )
    remove_logo = forms.BooleanField(label="Remove the logo", required=False)

    class Meta:
        model = Employer
        fields = (
            "name",
            "accent",
            "about",
            "website",
            "time_zone",
            "country",
            "subdivision",
            "employees",
            "reply_to",
            "undo_minutes",
            "quiet_from",
            "quiet_until",
            "asks_before_late_notes",
        )
        labels = {
            "name": "Name",
            "accent": "Your colour",
            "about": "About you",
            "time_zone": "Time zone",
            "country": "Country",
            "subdivision": "State or region",
            "employees": "How many people work for you?",
            "reply_to": "Answers go to",
            "undo_minutes": "Minutes to undo",
            "quiet_from": "Quiet from",
            "quiet_until": "Quiet until",
            "asks_before_late_notes": "When we miss a date, ask us before the applicant is told",
        }
        help_texts = {
            "accent": "We keep its hue and choose the lightness, so that everyone can read it, on "
            "light and on dark pages.",
            "about": "Stands on your careers page. A few honest sentences.",
            "time_zone": "In which a day begins and ends, for every date you promise.",
            "country": "Its public holidays are no business days.",
            "subdivision": "Its code, such as CA or BY, where its holidays differ.",
            "employees": "Some laws bind larger employers only. Empty: they count as binding you.",
            "reply_to": "The e-mail address that applicants reach when they answer a message.",
            "undo_minutes": "So long a decision waits before its message goes out. Empty: the "
            "usual ones; 0: at once, and nothing can be taken back.",
            "quiet_from": "No refusal goes out at night. Receipts and answers always do.",
            "quiet_until": "In your time zone. Both empty: no quiet hours.",
            "asks_before_late_notes": "Else they are told on the next business day, with an "
            "apology and a new date. Asked, you have five business days; then they are told "
            "all the same.",
        }
        widgets = {
            "accent": forms.TextInput({"type": "color"}),
            "about": forms.Textarea({"rows": 5, "maxlength": 3000}),
            "undo_minutes": forms.NumberInput({"class": "input-narrow", "min": 0, "max": 1440}),
            "subdivision": forms.TextInput({"class": "input-narrow"}),
            "employees": forms.NumberInput({"class": "input-narrow", "min": 1}),
            "quiet_from": forms.TimeInput({"type": "time", "class": "input-narrow"}, "%H:%M"),
            "quiet_until": forms.TimeInput({"type": "time", "class": "input-narrow"}, "%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.instance.time_zone
        zones = sorted(available_timezones() | {zone} - {"localtime", "Factory"})
        self.fields["time_zone"] = _choice(self.fields["time_zone"], [(z, z) for z in zones])
        known = dict(countries())
        known.setdefault(self.instance.country, self.instance.country)
        self.fields["country"] = _choice(self.fields["country"], list(known.items()))

    def clean_undo_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["undo_minutes"]
        if minutes is not None and minutes > 24 * 60:
            raise forms.ValidationError("At most a day, which is 1440 minutes.")
        return minutes

    def clean_about(self) -> str:
        text: str = self.cleaned_data["about"]
        if len(text) > 3_000:
            raise forms.ValidationError(f"This has {len(text)} characters; 3000 fit.")
        return text

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        part = given["subdivision"] = given.get("subdivision", "").strip().upper()
        if part and "country" in given and not is_known_place(given["country"], part):
            self.add_error("subdivision", "This country has no such part, as far as we know.")
        if (given.get("quiet_from") is None) != (given.get("quiet_until") is None):
            self.add_error("quiet_until", "Say both, from when and until when; or neither.")
        if (upload := given.get("logo_file")) and not self.errors:
            try:
                given["stored_logo"] = store_logo(upload)
            except LogoRefused as refusal:
                self.add_error("logo_file", str(refusal))
        return given

    def save(self, commit: bool = True) -> Any:
        if stored := self.cleaned_data.get("stored_logo"):
            self.instance.logo = stored
        elif self.cleaned_data["remove_logo"]:
            self.instance.logo = ""
        return super().save(commit)


def _choice(field: Any, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=field.label, help_text=field.help_text, choices=choices)


@desk_view(admin=True)
def look(request: DeskRequest) -> HttpResponse:
    # A copy of its own: what is typed wrongly must not show in the head of the page.
    employer = Employer.objects.get(pk=request.employer.pk)
    posted = request.POST if request.method == "POST" else None
    form = LookForm(posted, request.FILES if posted is not None else None, instance=employer)
    if posted is not None and form.is_valid():
        if form.has_changed():
            form.save()
            record("employer_changed", employer, by=request.user, data=_changed(form))
        messages.success(request, "Saved.")
        return redirect("desk:settings", employer=request.employer.slug)
    context = {"form": form, "laws": laws_of(request.employer), "at": "look"}
    return render(request, "desk/settings/look.html", context)


def _changed(form: LookForm) -> dict[str, Any]:
    return {"fields": form.changed_data}
