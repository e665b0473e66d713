"""The form field for a document, and the form that keeps one at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from sincerely.documents.models import Document
from sincerely.documents.uploads import (
    ACCEPTED_EXTENSIONS,
    ACCEPTED_PICTURES,
    UploadRefused,
    judge,
    kept,
    store,
    token_of,
)
from sincerely.kernel.ids import uuid7

FILE_GONE = "The file that you chose earlier is not kept any longer. Choose it again."


class ResumeField(forms.FileField):
    """A document, judged by its content; `kind` afterwards is what it turned out to be.

    With `pictures`, a photo of a paper is one, too.
    """

    def __init__(self, *, pictures: bool = False, **given: Any) -> None:
        super().__init__(**given)
        self.pictures = pictures
        accepted = ACCEPTED_EXTENSIONS + (ACCEPTED_PICTURES if pictures else ())
        self.widget.attrs["accept"] = ",".join(accepted)

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        self.widget.attrs["data-max-bytes"] = str(settings.MAX_UPLOAD_BYTES)
        return super().get_bound_field(form, field_name)

    def clean(self, data: UploadedFile | None, initial: Any = None) -> UploadedFile | None:
        if not data:
            if self.required and not initial:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            self.kind = judge(data, pictures=self.pictures)
        except UploadRefused as error:
            raise ValidationError(str(error), code="invalid") from error
        return data


class FormWithFile(forms.Form):
    """A form with a ResumeField `resume`, whose file is stored also when another field has a
    mistake.

    `form_key` is made before the form is sent first and comes back with it, so that a form sent
    twice is known. `document` is the file that goes with it: the one just sent, or one that an
    earlier try of the same form has left here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_key = form_key(self.data)
        self.document = self._document_kept_before()

    def store_file(self) -> None:
        """Store the file that was sent, if there is one that we take; raises StorageFailed.

        Its row is written with what it belongs to.
        """
        if upload := getattr(self, "cleaned_data", {}).get("resume"):
            self.document = store(upload, self.fields["resume"].kind, form_key=self.form_key)  # type: ignore[attr-defined]

    def keep_file(self) -> None:
        """Store it, and keep it for another try of the same form."""
        self.store_file()
        if self.document:
            self.document.keep_for_later(self.form_key)

    @property
    def kept_file_token(self) -> str:
        return token_of(self.document) if self.document else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._names_kept_file and self.document is None:
            self.errors.pop("resume", None)  # one word about it is enough
            self.add_error("resume", FILE_GONE)
        return cleaned

    @property
    def _names_kept_file(self) -> bool:
        """Whether it rests on a file that was sent before, and brings or drops none itself."""
        given = self.files.get("resume") or self.data.get("drop_file")
        return bool(self.data.get("kept_file") and not given)

    def _document_kept_before(self) -> Document | None:
        return kept(self.data["kept_file"]) if self._names_kept_file else None


def form_key(data: Mapping[str, Any]) -> UUID:
    """The form's own key, by which a second sending is known; a new one where there is none."""
    try:
        return UUID(data.get("form_key") or "")
    except ValueError:
        return uuid7()
