"""What support writes by itself. Who runs the system speaks, and not the employer."""

from __future__ import annotations

from sincerely.hiring.wording import Wording

ACKNOWLEDGED = Wording(
    "We have your report: {code}",
    """Hello {name},

you told us that something went wrong{place}. We are sorry for the trouble.

You will hear from us by {date}, by e-mail to this address. Your code is {code}, and this page shows how far we are:
{link}

An application that failed through our fault counts from your first try. {no_call}

Support of sincerely""",
)

REPLIED = Wording(
    "{code}: what went wrong",
    """Hello {name},

{reply}

If that does not help, answer this message. Your code is still {code}:
{link}

{by}
Support of sincerely""",
)

LATE = Wording(
    "{code}: we are late",
    """Hello {name},

we told you that you would hear from us by {date}. That day has passed without an answer. We are sorry.

{may_call}

We still look into it, and write to you as soon as we know more:
{link}

Support of sincerely""",
)

ARRIVED = Wording(
    "{code}: your application has arrived",
    """Hello {name},

since you wrote to us, your application{place} has arrived. It counts from {failed_on}, the day of your first try. You have a receipt for it in another mail.

If anything is still wrong, answer this message.

Support of sincerely""",
)

NO_CALL = "There is no need to call {employer}: they cannot see what happened here."
MAY_CALL = (
    "You may now call {employer} once; they have been told. Have this ready: the code {code}, what "
    "you did, and what you saw."
)
