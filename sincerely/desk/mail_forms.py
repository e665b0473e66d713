"""What may be said of a mail that could not be sorted."""

from __future__ import annotations

from typing import Any

from django import forms

from sincerely.desk.access import DeskRequest
from sincerely.hiring.apply_addresses import open_jobs
from sincerely.hiring.link_again import reference_in
from sincerely.inbound.models import InboundMail
from sincerely.kernel.form_fields import AddressField, LineField


class AttachForm(forms.Form):
    """The reference of the application that it belongs to."""

    use_required_attribute = False
    reference = forms.CharField(
        max_length=40,
        label="Reference",
        help_text="Ten digits, as the look-up shows them.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Write the reference of the application."},
    )

    def clean_reference(self) -> str:
        if number := reference_in(self.cleaned_data["reference"]):
            return number
        raise forms.ValidationError("A reference has ten digits, such as 4271 830 265.")


class NewApplicationForm(forms.Form):
    """Whose application it is, and for which job."""

    use_required_attribute = False
    job = forms.ChoiceField(
        label="Job",
        error_messages={
            "required": "Choose the job.",
            "invalid_choice": "This job is not open any more. Choose another.",
        },
    )
    name = LineField(
        longest=200, label="Name", error_messages={"required": "Write the applicant’s name."}
    )
    email = AddressField(
        label="E-mail",
        help_text="The receipt goes here at once.",
        error_messages={"required": "Write the applicant’s address: the receipt goes there."},
    )

    def __init__(self, jobs: list[tuple[str, str]], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["job"].choices = [("", "Choose a job"), *jobs]  # type: ignore[attr-defined]

    @classmethod
    def about(cls, request: DeskRequest, mail: InboundMail, *args: Any) -> NewApplicationForm:
        """Filled in with what the mail says, for a person to correct."""
        jobs = open_jobs(request.employer)
        meant = next((job.slug for job in jobs if job.pk == mail.job_id), "")
        known = {"job": meant, "name": mail.from_name, "email": mail.from_address}
        return cls([(job.slug, job.title) for job in jobs], *args, initial=known)
