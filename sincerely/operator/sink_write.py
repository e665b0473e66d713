"""`/sink/write/`: in the demo only, a mail to us without a mail program."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sincerely.hiring.apply_addresses import apply_address
from sincerely.hiring.models import Job
from sincerely.kernel.form_fields import AddressField, LineField, LinesField
from sincerely.kernel.tenancy import across_employers
from sincerely.operator.sink_views import in_demo_only
from sincerely.outbox.sink.writing import Written, write

MOST_JOBS = 50
MOST_BYTES = 10 * 1024 * 1024


class WriteForm(forms.Form):
    use_required_attribute = False
    to = forms.ChoiceField(label="To")
    name = LineField(longest=100, label="Your name", initial="Jo Smith")
    email = AddressField(label="Your address", initial="jo@example.org")
    subject = LineField(longest=200, label="Subject", required=False)
    text = LinesField(longest=20_000, label="What you write", required=False)
    file = forms.FileField(label="A file, such as a resume", required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["to"].choices = _addresses()  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 10 MB. Choose a smaller one.")
        return file

    def written(self) -> Written:
        given = self.cleaned_data
        file = given["file"]
        return Written(
            sender=f"{given['name'].replace(',', '')} <{given['email']}>",
            to=given["to"],
            subject=given["subject"],
            text=given["text"],
            file_name=file.name if file else "",
            content=file.read() if file else b"",
        )


@require_http_methods(["GET", "HEAD", "POST"])
@in_demo_only
def sink_write(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = WriteForm(initial={"to": request.GET.get("to", "")})
        return render(request, "operator/sink_write.html", {"form": form})
    form = WriteForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "operator/sink_write.html", {"form": form}, status=422)
    try:
        write(form.written())
        messages.success(request, "Sent. What comes of it is here in a moment.")
    except OSError as error:
        messages.error(request, f"Nobody took it: {error}. Is `sincerely mailin` running?")
    return redirect("sink")


def _addresses() -> list[tuple[str, Any]]:
    """Where a mail is read by the product: each open job, its employer, and support."""
    with across_employers():
        jobs = Job.objects.published().select_related("employer").defer("description")
        jobs = list(jobs.order_by("employer__name", "title")[:MOST_JOBS])
    grouped: dict[str, list[tuple[str, str]]] = {}
    for job in jobs:
        own = grouped.setdefault(job.employer.name, [])
        if not own:
            employers_own = apply_address(job.employer)
            own.append((employers_own, f"{employers_own} (no job named)"))
        own.append((apply_address(job.employer, job), apply_address(job.employer, job)))
    found: list[tuple[str, Any]] = list(grouped.items()) if settings.APPLY_DOMAIN else []
    return [*found, ("Support", [(settings.SUPPORT_EMAIL, settings.SUPPORT_EMAIL)])]
