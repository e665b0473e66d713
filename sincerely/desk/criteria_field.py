"""What a stage's scorecard asks for, typed one criterion a line."""

from __future__ import annotations

from typing import Any

from django import forms

from sincerely.hiring.models.stage import LONGEST_CRITERION, MOST_CRITERIA


class CriteriaField(forms.CharField):
    """A list of names on one side, lines of text on the other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea({"rows": 4}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Each name once; raises ValidationError for too many, or one that is too long."""
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > MOST_CRITERIA:
            raise forms.ValidationError(
                f"A scorecard has {MOST_CRITERIA} criteria at most; these are {len(names)}."
            )
        for name in names:
            if len(name) > LONGEST_CRITERION:
                raise forms.ValidationError(
                    f"“{name[:30]}…” is too long: a criterion has {LONGEST_CRITERION} characters "
                    "at most."
                )
        return names
