"""What colleagues are written about a referral. Not an employer's to change, unlike wording.py:
these say what a click does."""

from __future__ import annotations

from sincerely.hiring.wording import Wording

THANKS = Wording(
    "You have referred {person} for {job}",
    """Hello {referrer},

thank you for referring {person} for {job}. We have told them, and they apply themselves.

{about_vouch}

You can see what became of it here:
{link}

If it was not you who referred {person}, tell {recruiter}.

{employer}""",
)

MAY_THEY = Wording(
    "May {person} contact you about {job}?",
    """Hello {contact},

{referrer} has referred {person} for {job}, and is certain that you will not mind being contacted about it: once, {contact_way}, until {until}.

Only your own word counts. Say yes or no here:
{link}

Until you say yes, {person} hears nothing about you. If you do not answer, that is a no.

{employer}""",
)

WAY_BACK = Wording(
    "{person} may contact you about {job}",
    """Hello {contact},

you said yes: {person} may get in touch with you once about {job}, {contact_way}, until {until}. After that day it ends by itself.

If you change your mind, or if it was not you who said yes, take it back here:
{link}

{employer}""",
)
