"""A colleague who was named says yes or no, once; and may take a yes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.careers.access import employer_view, key_view
from sincerely.careers.referral_form import LastDayField
from sincerely.careers.referrals import not_complete, over
from sincerely.hiring.asking import forget_in_touch, invited_contact, note_in_touch
from sincerely.hiring.links import BadLink
from sincerely.hiring.models import CannotDo, Vouch
from sincerely.hiring.models.vouch import ContactChannel, VouchState, require_possible_end
from sincerely.hiring.referral_links import Purpose, read_token, token_of
from sincerely.kernel import clock
from sincerely.kernel.form_fields import PhoneField


class AnswerForm(forms.Form):
    """The number and the last day, as the referrer wrote them, for the person to put right."""

    use_required_attribute = False
    number = PhoneField(
        label="At this number",
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
        error_messages={"required": "Write the number at which you may be called."},
    )
    until = LastDayField(label="Until, the last day")

    def __init__(self, vouch: Vouch, data: Any = None) -> None:
        known = {"number": vouch.readable_number, "until": vouch.until}
        super().__init__(data, initial=known)
        self.today = clock.today(vouch.employer.time_zone)
        self.fields["until"].between(self.today)  # type: ignore[attr-defined]
        self.fields["number"].country = vouch.employer.country  # type: ignore[attr-defined]
        if vouch.channel != ContactChannel.CALL:
            del self.fields["number"]

    def clean_until(self) -> Any:
        try:
            require_possible_end(self.cleaned_data["until"], self.today)
        except CannotDo as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return self.cleaned_data["until"]


def vouch_view(purpose: Purpose) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Run the view with the vouch in a link of this purpose, in its employer's scope."""

    def decorate(view: Callable[..., HttpResponse]) -> Any:
        @wraps(view)
        def opened(request: Any, token: str) -> HttpResponse:
            try:
                key = read_token(purpose, request.employer, token)
            except BadLink:
                return not_complete(request)
            rows = Vouch.objects.select_related("employer", "referral__job__recruiter")
            vouch = rows.filter(pk=key).first()
            return view(request, vouch, token) if vouch else not_complete(request)

        # No CSRF token: the link is the only proof there is, and no cookie plays a part.
        only = require_http_methods(["GET", "HEAD", "POST"])
        return csrf_exempt(only(key_view(employer_view(opened))))

    return decorate


@vouch_view(Purpose.ANSWER)
def answer(request: Any, vouch: Vouch, token: str) -> HttpResponse:
    """Ask on GET; take the answer on POST. Afterwards the link names nobody any more."""
    form = AnswerForm(vouch, request.POST if request.POST.get("answer") == "yes" else None)
    try:
        if request.method == "POST" and request.POST.get("answer") == "no":
            vouch.decline()
            return _to_own_page(vouch)
        if form.is_valid():
            vouch.confirm(**form.cleaned_data)
            return _to_own_page(vouch)
    except CannotDo:
        return _answered(request)
    if vouch.state_now() != VouchState.WAITING:
        return _answered(request)
    context = {"vouch": vouch, "form": form, "token": token}
    status = 422 if request.method == "POST" else 200
    return render(request, "careers/vouch_answer.html", context, status=status)


@vouch_view(Purpose.VOUCH)
def contact(request: Any, vouch: Vouch, token: str) -> HttpResponse:
    """The person says that they have been in touch, or that this was a mistake."""
    application = vouch.referral.applications().for_page().first()
    if request.method == "POST" and application:
        try:
            if request.POST.get("answer") == "undo":
                forget_in_touch(application, by=vouch.person)
            else:
                note_in_touch(application, vouch, by=vouch.person)
        except CannotDo:
            return _to_own_page(vouch)  # which says what is so
    return _to_own_page(vouch)


@vouch_view(Purpose.VOUCH)
def vouch(request: Any, vouch: Vouch, token: str) -> HttpResponse:
    """What the person said, and on POST: take it back."""
    if request.method == "POST":
        vouch.revoke(by=vouch.person)
        return _to_own_page(vouch)
    context = {
        "vouch": vouch,
        "token": token,
        "state": vouch.state_now(),
        "applied": vouch.referral.applications().exists(),
        "in_touch": invited_contact(vouch),
    }
    return render(request, "careers/vouch.html", context)


def _to_own_page(vouch: Vouch) -> HttpResponse:
    names = {"employer": vouch.employer.slug, "token": token_of(Purpose.VOUCH, vouch)}
    response = HttpResponseRedirect(reverse("careers:vouch", kwargs=names))
    response.status_code = 303
    return response


def _answered(request: Any) -> HttpResponse:
    text = (
        "It can be answered once, and until its last day. Who said yes has a mail with the way to "
        "take it back."
    )
    return over(request, "This question is not open any more.", text, status=410)
