"""What is typed at the front desk: a name, and whatever else there is."""

from __future__ import annotations

from typing import Any

from django import forms

from sincerely.accounts.models import Employer
from sincerely.documents.form_fields import FormWithFile, ResumeField
from sincerely.hiring.front_desk import SOURCES
from sincerely.hiring.intake import Submission
from sincerely.kernel.asking_back import ask_back
from sincerely.kernel.form_fields import AddressField, LineField, LinesField, PhoneField

LONGEST_NAME = 200  # Application.name
LONGEST_NOTE = 2_000
# The tablet is shared: it must not offer the people before.
_UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false"}


class FrontDeskForm(FormWithFile):
    """`same` answers “is it the same person?”: the reference of their application, or ANOTHER."""

    ANOTHER = "another"
    use_required_attribute = False

    job = forms.CharField(label="Job", error_messages={"required": "Choose the job."})
    source = forms.ChoiceField(
        label="How did it come?", choices=SOURCES, initial="walk-in", widget=forms.RadioSelect
    )
    name = LineField(
        longest=LONGEST_NAME,
        label="Name",
        widget=forms.TextInput({**_UNREMEMBERED, "autocapitalize": "words"}),
        error_messages={"required": "Write the name, as they want to be called."},
    )
    phone = PhoneField(
        label="Phone",
        required=False,
        widget=forms.TextInput({**_UNREMEMBERED, "type": "tel"}),
    )
    email = AddressField(label="E-mail", required=False, widget=forms.EmailInput(_UNREMEMBERED))
    note = LinesField(
        longest=LONGEST_NOTE,
        label="A note for the team",
        required=False,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )
    resume = ResumeField(pictures=True, label="Resume, or a photo of it", required=False)
    same = forms.CharField(required=False)

    def __init__(self, employer: Employer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].country = employer.country  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if address := cleaned.get("email"):
            why = "Ask which one is right: the receipt goes there."
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
            document=self.document,
            source=given["source"],
        )
