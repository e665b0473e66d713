"""Where the rules come from. A and B are the two recruiters' texts that the protocol rests on."""

from __future__ import annotations

from datetime import date

FIRST_EDITION = date(2026, 11, 22)
"""The day from which the first edition holds; it also judges what was sent before."""

A = "“The follow-up call”, a recruiter's blog post"
B = "“3 (Possible) Exceptions to the Do-Not-Call Rule”, an HR blog post"
A_AND_B = f"{A}; {B}"
B1 = f"{B}, first exception"
B2 = f"{B}, second exception"
B3 = f"{B}, third exception"
MANNERS = f"This protocol, from {A}: ask, thank and stop"
POLICY = "The employer's published contact policy"
FAIRNESS = "Fairness rule of this protocol: a missed date gives the follow-up back"
SURVEY = "Robert Half survey of HR managers, 19 September 2017"
ONTARIO = (
    "Ontario, Employment Standards Act, 2000: employers of 25 and more tell every interviewed"
    " applicant within 45 days of the last interview, since 1 January 2026"
)
