"""The application form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from sincerely.careers.questions import answers, field_name, field_of
from sincerely.documents.form_fields import FormWithFile, ResumeField
from sincerely.hiring.intake import Submission
from sincerely.hiring.models import Job
from sincerely.hiring.referring import referral_of
from sincerely.kernel.asking_back import ask_back
from sincerely.kernel.form_fields import AddressField, LineField, PhoneField
from sincerely.kernel.honeypot import refuse_programs
from sincerely.kernel.text import one_line

LONGEST_NAME = 200  # Application.name


class ApplyForm(FormWithFile):
    """Name, address, phone, resume and the job's own questions."""

    use_required_attribute = False

    name = LineField(
        longest=LONGEST_NAME,
        label="Your name",
        help_text="As you want to be called. One word is fine.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Please write your name."},
    )
    email = AddressField(
        label="E-mail",
        help_text="Your receipt goes here within a minute, and every answer after it.",
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Please write your e-mail address, so that we can answer you."},
    )
    phone = PhoneField(
        label="Phone",
        required=False,
        help_text="Only if we may reach you there.",
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel"}),
    )
    resume = ResumeField(
        label="Resume",
        help_text="PDF, Word (.docx), OpenDocument, RTF, text or HTML, up to 10 MB.",
        error_messages={"required": "Please choose your resume."},
    )

    def __init__(
        self, job: Job, *args: Any, source: str = "", referral: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        self.referral_token = self.data.get("referral", referral)
        self.referral = referral_of(job, self.referral_token) if self.referral_token else None
        self.questions: list[dict[str, Any]] = job.asked  # type: ignore[attr-defined]
        self.source = _claimed_source(self.data.get("source", source))
        self.fields["phone"].country = job.employer.country  # type: ignore[attr-defined]
        self.fields["resume"].required = job.resume_required and self.document is None
        if self.referral:
            self.initial = {"name": self.referral.name, "email": self.referral.email}
            self.source = f"Referral: {self.referral.referrer_name}"[:60]
        for question in self.questions:
            self.fields[field_name(question)] = field_of(question)

    # ── reading it ───────────────────────────────────────────────────────────────────────────

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refuse_programs(self)
        if address := cleaned.get("email"):
            why = "Please choose one: your receipt goes to this address."
            cleaned["email"] = ask_back(self, "email", address, why=why)
        return cleaned

    def submission(self) -> Submission:
        """What a valid form says, with `document` as it stands."""
        given = self.cleaned_data
        return Submission(
            id=self.form_key,
            name=given["name"],
            email=given["email"],
            phone=given["phone"],
            answers=answers(self.questions, given),
            document=self.document,
            source=self.source,
            referral=self.referral.pk if self.referral else None,
        )

    def show_as_typed(self) -> None:
        """Show it again without a word about mistakes, because it was not looked at."""
        self._errors = ErrorDict()

    # ── showing it ───────────────────────────────────────────────────────────────────────────

    def question_fields(self) -> list[forms.BoundField]:
        return [self[field_name(question)] for question in self.questions]


def _claimed_source(text: str) -> str:
    """What the address of the page says; that somebody referred, only a signed link can say."""
    source = one_line(text)[:60]
    return "" if source.lower().startswith("referral") else source
