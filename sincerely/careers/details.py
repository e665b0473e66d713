"""What an application by mail still lacks, added on a page of the applicant's own."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sincerely.careers.questions import answers, field_name, field_of
from sincerely.careers.status import applicant_view
from sincerely.documents.form_fields import FormWithFile, ResumeField
from sincerely.documents.uploads import StorageFailed, body_first
from sincerely.hiring.adding import complete
from sincerely.hiring.missing import Missing, missing_from
from sincerely.hiring.models import Application, CannotDo
from sincerely.kernel.failures import note_failure
from sincerely.kernel.form_fields import PhoneField
from sincerely.kernel.limits import Limit, TooMany, count_use

FROM_ONE_APPLICATION = Limit("details", most=20, per=dt.timedelta(hours=1))


class DetailsForm(FormWithFile):
    """Only what is missing, and of that as much as one likes."""

    use_required_attribute = False
    resume = ResumeField(
        label="Resume",
        required=False,
        help_text="PDF, Word (.docx), OpenDocument, RTF, text or HTML, up to 10 MB.",
    )
    phone = PhoneField(
        label="Phone",
        required=False,
        help_text="Only if we may reach you there.",
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )

    def __init__(self, lacks: Missing, country: str, *args: Any) -> None:
        super().__init__(*args)
        self.questions = lacks.questions
        self.fields["phone"].country = country  # type: ignore[attr-defined]
        for name, is_missing in (("resume", lacks.resume), ("phone", lacks.phone)):
            if not is_missing:
                del self.fields[name]
        for question in self.questions:
            self.fields[field_name(question)] = field_of({**question, "required": False})
            self._want(field_name(question), question["required"])
        self._want("resume", lacks.resume_required)

    def _want(self, name: str, is_wanted: bool) -> None:
        """It is not called optional, though it may be left out today."""
        if name in self.fields:
            self.fields[name].is_wanted = is_wanted  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.document and not any(cleaned.values()):
            self.add_error(None, "Nothing was filled in. Add what you like; the rest can wait.")
        return cleaned

    def question_fields(self) -> list[forms.BoundField]:
        return [self[field_name(question)] for question in self.questions]


# No CSRF token, as with a withdrawal: the link is the only proof there is.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@body_first
@applicant_view
def details(request: Any, application: Application, token: str) -> HttpResponse:
    lacks = missing_from(application)
    if not lacks:
        return redirect("careers:status", token=token)
    given = [request.POST, request.FILES] if request.method == "POST" else []
    form = DetailsForm(lacks, application.employer.country, *given)
    page = {"application": application, "token": token, "form": form, "lacks": lacks}
    if request.method != "POST":
        return render(request, "careers/details.html", page)
    try:
        count_use({FROM_ONE_APPLICATION: application.pk.hex})
        return _take(request, form, page)
    except TooMany as limit:
        page |= {"free_at": limit.free_at}
        answer = render(request, "careers/details.html", page, status=429)
        answer["Retry-After"] = http_date(limit.free_at.timestamp())
        return answer
    except StorageFailed as error:
        page |= {"code": note_failure(request, error)}
        return render(request, "careers/details.html", page, status=503)


def _take(request: Any, form: DetailsForm, page: dict[str, Any]) -> HttpResponse:
    if not form.is_valid():
        form.keep_file()
        return render(request, "careers/details.html", page, status=422)
    form.store_file()
    given = form.cleaned_data
    with contextlib.suppress(CannotDo):  # it ended meanwhile, which the page that follows shows
        complete(
            page["application"],
            answers=answers(form.questions, given),
            phone=given.get("phone", ""),
            document=form.document,
        )
    return redirect("careers:status", token=page["token"])
