"""Changing the wording of a message that has not gone out yet."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.going_back import address_of
from sincerely.kernel import clock


class MessageForm(forms.Form):
    subject = forms.CharField(max_length=200)
    text = forms.CharField(max_length=10_000)


@desk_view(recruits=True)
def held_message(request: DeskRequest, reference: str, message_id: UUID) -> HttpResponse:
    application = application_or_404(request, reference)
    message = get_object_or_404(application.messages(), pk=message_id)
    if request.method == "POST":
        form = MessageForm(request.POST)
        if not form.is_valid():
            messages.error(request, "A message needs a subject and a text. Nothing was changed.")
        elif message.is_held(clock.now()) and message.edit(**form.cleaned_data):
            messages.success(request, "The message is changed.")
        else:
            messages.error(request, "It is on its way already and cannot be changed any more.")
    return redirect(address_of("application", request, reference) + "#messages")
