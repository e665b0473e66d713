"""Mail to support's own address: the same as a report on the help page."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from sincerely.inbound.models import InboundMail, Kind
from sincerely.inbound.outcome import Sorted
from sincerely.kernel.ids import help_code_in
from sincerely.reading.letter import Letter
from sincerely.support.reporting import LONGEST_LETTER, Report, report


def take_for_support(mail: InboundMail, letter: Letter) -> Sorted:
    """Open the incident of the code it names, or one of its own. With files a person looks at the
    mail itself, which has them."""
    if letter.files or letter.more_files:
        return Sorted(Kind.SUPPORT, reason="It was written to support, and has files.")
    words = f"{letter.subject}\n\n{letter.text}".strip()
    given = Report(
        id=uuid5(NAMESPACE_URL, f"mail:{mail.digest}"),
        name=letter.name,
        email=letter.sender,
        did=words[:LONGEST_LETTER],
    )
    incident = report(help_code_in(words), given)
    return Sorted(Kind.SUPPORT, outcome=f"handed to support: {incident.code}")
