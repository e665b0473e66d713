"""The one error a verb raises when the state of things forbids it."""

from __future__ import annotations


class CannotDo(Exception):
    """The verb is not possible now. The text is plain English, fit to be shown on a page."""
