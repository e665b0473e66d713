"""The demo's three employers: a diner chain that hires walk-ins, a hospital with slow hiring
managers, and a PR agency that likes to be called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoJob:
    """A job of the demo; `applicants` were sent over the last `days`.

    `contact` are the fields in which its contact policy differs from the employer's.
    """

    title: str
    location: str
    applicants: int
    days: int = 24
    state: str = "open"
    pay: str = ""
    employment_type: str = "Full time"
    summary: str = ""
    description: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    contact: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DemoEmployer:
    """`slowness` is the share of applicants whom the hiring manager keeps waiting too long;
    `planned` are the fields of its contact policy that change in a month, `walked_in` is the name
    of somebody who came by, `has_mail` says that mail came to it that a person must sort."""

    slug: str
    fields: dict[str, Any]
    policy: dict[str, Any]
    slowness: float
    recruiter: str = "Rosa"
    has_referrals: bool = False
    has_mail: bool = False
    planned: dict[str, Any] = field(default_factory=dict)
    walked_in: str = ""
    jobs: tuple[DemoJob, ...] = field(default=())


KITCHEN = """You cook what is on the card, fast and clean, with two others on the line.

What we offer
- fixed shifts, known three weeks ahead
- a meal on every shift
- tips are shared with the kitchen

What we ask
- you have worked in a kitchen before, anywhere
- you can be on your feet for eight hours"""
WARD = """You look after twelve patients with one colleague on each shift.

What we offer
- a plan that is made six weeks ahead and kept
- paid training every year

What we ask
- a nursing registration
- good spoken English"""
ACCOUNT = """You run the day-to-day work for three clients, and you talk to journalists yourself.

What we ask
- you have pitched a story before, and it ran
- you like the phone"""

EMPLOYERS = (
    DemoEmployer(
        slug="blue-spoon",
        fields={
            "name": "Blue Spoon Diner",
            "accent": "#c2410c",
            "about": "Five diners along the harbour. Breakfast all day since 1987.",
            "time_zone": "America/New_York",
            "country": "US",
            "publishes_responsiveness": True,
        },
        policy={
            "stance": "email_once",
            "wait_days": 5,
            "phone": "+1 212 555 0142",
            "walk_in": {"place": "Blue Spoon, 12 Harbour Street", "hours": ["Mon-Fri 14:00-17:00"]},
            "time_zone": "America/New_York",
        },
        slowness=0.05,
        walked_in="Bo Lee",
        has_mail=True,
        jobs=(
            DemoJob(
                "Line cook",
                "Harbour Street",
                26,
                pay="$21–24 an hour",
                summary="Breakfast and lunch on a fast line, with two others.",
                description=KITCHEN,
                questions=(
                    ("How many years have you cooked in a kitchen?", "short"),
                    ("Can you work at weekends?", "yes_no"),
                ),
            ),
            DemoJob(
                "Server",
                "Pier 4",
                18,
                pay="$16 an hour and tips",
                employment_type="Part time",
                summary="Ten tables, friendly people, home before midnight.",
                description=KITCHEN.replace("You cook what is on the card", "You serve ten tables"),
            ),
            DemoJob("Dishwasher", "Harbour Street", 6, state="paused", summary="Evenings."),
            DemoJob("Baker", "Pier 4", 0, state="draft", summary="Nights, from 2 a.m."),
        ),
    ),
    DemoEmployer(
        slug="st-brigid",
        fields={
            "name": "St. Brigid Hospital",
            "accent": "#0f766e",
            "about": "A teaching hospital with 640 beds.",
            "time_zone": "Europe/Dublin",
            "country": "IE",
        },
        policy={"stance": "email_once", "wait_days": 10, "time_zone": "Europe/Dublin"},
        slowness=0.45,
        recruiter="Mallory",
        has_referrals=True,
        planned={"wait_days": 7},
        jobs=(
            DemoJob(
                "Ward nurse",
                "Dublin",
                34,
                days=40,
                pay="€37,000–48,000 a year",
                summary="Twelve beds, two nurses, a plan that is kept.",
                description=WARD,
                questions=(("What is your registration number?", "short"),),
            ),
            DemoJob("Radiographer", "Dublin", 9, days=35, summary="Day shifts in the new wing."),
        ),
    ),
    DemoEmployer(
        slug="loud-and-clear",
        fields={
            "name": "Loud & Clear PR",
            "accent": "#7c3aed",
            "about": "We make small companies heard.",
            "time_zone": "America/Toronto",
            "country": "CA",
            "subdivision": "ON",
            "employees": 40,
        },
        policy={
            "stance": "calls_welcome",
            "culture": "bold",
            "wait_days": 3,
            "phone": "+1 416 555 0191",
            "phone_hours": ["Mon-Fri 10:00-12:00"],
            "contact_role": "hiring_manager",
            "time_zone": "America/Toronto",
        },
        slowness=0.1,
        jobs=(
            DemoJob(
                "Account executive",
                "Toronto",
                15,
                pay="$58,000 a year",
                summary="Three clients, and you talk to journalists yourself.",
                description=ACCOUNT,
                questions=(("Which story of yours ran, and where?", "long"),),
            ),
            DemoJob(
                "Press assistant",
                "Toronto",
                7,
                employment_type="Internship",
                days=12,
                contact={
                    "stance": "email_once",
                    "wait_days": 7,
                    "contact_role": "recruiter",
                    "contact_name": "Rosa",
                    "email": "interns@loud-and-clear.example",
                    "culture": "standard",
                },
            ),
        ),
    ),
)
