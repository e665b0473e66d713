"""A receipt with lines for one person: what is missing, which file was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sincerely.hiring.compose import compose
from sincerely.hiring.mail_wording import RECEIPT_BY_MAIL
from sincerely.hiring.setup import setup_of
from sincerely.hiring.wording import Wording

if TYPE_CHECKING:
    from sincerely.hiring.models import Application


def with_notes(application: Application, kind: str, notes: Sequence[str]) -> Wording:
    """The message of this kind with the notes in it; the default receipt would call complete what
    is not."""
    if not notes:
        return compose(application, kind)
    own = kind in setup_of(application.employer).templates
    written = RECEIPT_BY_MAIL if kind == "receipt" and not own else None
    said = {"personal_line": "\n\n".join(notes)}
    return compose(application, kind, written=written, said=said)
