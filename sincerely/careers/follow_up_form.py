"""The applicant's question, as a form."""

from __future__ import annotations

from typing import Any

from django import forms

from sincerely.hiring.asking import ANSWER_WITHIN, LONGEST_TEXT
from sincerely.hiring.contact_advice import ContactAdvice
from sincerely.hiring.models.follow_up import ALWAYS_OPEN, NEEDS_A_PERSON, Topic


class FollowUpForm(forms.Form):
    """Takes every topic, whatever was offered: what was open when the page was shown may have been
    used by a call since, and nothing that was written may be lost."""

    use_required_attribute = False
    topic = forms.ChoiceField(
        label="What is it about?",
        choices=Topic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of these.",
            "invalid_choice": "Choose one of these.",
        },
    )
    text = forms.CharField(
        label="Your message",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"Whatever needs a person is answered within {ANSWER_WITHIN} working days.",
        error_messages={
            "max_length": f"This is longer than {LONGEST_TEXT:,} characters. Say it shorter."
        },
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("topic") in NEEDS_A_PERSON and given.get("text") == "":
            self.add_error("text", "Write what it is, so that a person can answer it.")
        return given

    def offer(self, advice: ContactAdvice) -> FollowUpForm:
        """Show what is open now."""
        offered = [(topic.value, topic.label) for topic in ALWAYS_OPEN]
        if advice.may_ask:
            offered = list(Topic.choices)
        elif advice.used:
            offered.insert(0, (Topic.STATUS.value, "Something to add, kept with my application"))
        topic: Any = self.fields["topic"]
        topic.choices = offered
        self.initial.setdefault("topic", offered[0][0])
        return self
