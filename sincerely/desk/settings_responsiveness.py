"""Whether anybody may read how well the employer keeps its word; what they would read is shown."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sincerely.desk.access import DeskRequest, desk_view
from sincerely.hiring.responsiveness import LEAST, publish, responsiveness_of


class ResponsivenessForm(forms.Form):
    public = forms.BooleanField(
        label="Anybody may read these figures",
        required=False,
        help_text="A page of their own, linked from your careers page. You can take it back at any "
        "time; the figures themselves cannot be changed by anybody.",
    )


@desk_view(admin=True)
def responsiveness(request: DeskRequest) -> HttpResponse:
    employer = request.employer
    form = ResponsivenessForm(initial={"public": employer.publishes_responsiveness})
    if request.method == "POST":
        form = ResponsivenessForm(request.POST)
        if form.is_valid():
            wanted = form.cleaned_data["public"]
            changed = publish(employer, wanted, by=request.user)
            said = "Anybody may read it now." if wanted else "Nobody can read it any more."
            messages.success(request, said if changed else "Nothing changed.")
            return redirect("desk:settings_responsiveness", employer=employer.slug)
    context = {
        "form": form,
        "responsiveness": responsiveness_of(employer),
        "least": LEAST,
        "at": "responsiveness",
    }
    return render(request, "desk/settings/responsiveness.html", context)
