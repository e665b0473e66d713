"""What is written to somebody who applied by mail, beyond the messages of wording.py."""

from __future__ import annotations

from sincerely.hiring.wording import Wording

# The receipt of an application of which something is missing, or of which something was not taken.
# An employer's own receipt is used where there is one, with the same lines in it.
RECEIPT_BY_MAIL = Wording(
    "We have your application: {job} at {employer}",
    """Hello {name},

your application for {job} has arrived, and it counts from today on. Thank you for the time you put into it.

{personal_line}

You will hear from us by {date}.

Your reference is {reference}. You can see where things stand at any time, without asking anybody:
{status_link}

If you would like to get in touch:
{contact_policy}

{follow_up}

{employer}""",
)

NOT_OPEN = Wording(
    "{job}: the job takes no applications just now",
    """Hello {name},

thank you for applying for {job}. When your mail came, the job took no more applications. What you sent is kept, and {recruiter} may still accept it. Either way you hear from us by e-mail, and there is nothing for you to do.

These are the jobs that are open now:
{link}

{employer}""",
)

WHICH_JOB = Wording(
    "Which job is it for? Your mail to {employer}",
    """Hello {name},

thank you for writing to us. Your mail has arrived, with everything in it, and it is safe. For it to become an application we need to know for which job. Choose it here, it takes a moment:
{link}

If it is no application, you can say so there, too, and a person reads it.

{employer}""",
)

NO_JOB_OPEN = Wording(
    "Your mail to {employer}",
    """Hello {name},

thank you for writing to us. Your mail has arrived, and a person will read it. No job is open at the moment; when one is, it stands here:
{link}

{employer}""",
)

FILE_REFUSED = Wording(
    "Your file did not arrive: {job}",
    """Hello {name},

your mail about {job} has arrived, but not all that came with it:

{refused}

You can answer this message with another file.

{employer}""",
)
