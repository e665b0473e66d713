from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sincerely.reading.json_resume import to_json_resume

COOK = """JO MURPHY
Dublin | jo.murphy@example.org | +353 1 555 0123
Profile
Cook with ten years behind the grill.
Experience
Blue Spoon Diner – Line Cook June 2019 – present
• Ran the grill on weekends and trained four people who had never
worked in a kitchen
• Cut waste by a third
Harbour Hotel – Kitchen Porter 2015 - 2019
Education
Cork Institute of Technology
BA in Culinary Arts
2012 – 2015
Skills
Kitchen: grill, sauces, menus
Knife work, Stock keeping
Languages
English (native), Irish (B2), French
References
On request
"""


def test_a_plain_resume_is_understood() -> None:
    assert to_json_resume(COOK) == {
        "basics": {
            "name": "Jo Murphy",
            "email": "jo.murphy@example.org",
            "phone": "+353 1 555 0123",
            "summary": "Cook with ten years behind the grill.",
        },
        "work": [
            {
                "name": "Blue Spoon Diner",
                "position": "Line Cook",
                "startDate": "2019-06",
                "highlights": [
                    "Ran the grill on weekends and trained four people who had never "
                    "worked in a kitchen",
                    "Cut waste by a third",
                ],
            },
            {
                "name": "Harbour Hotel",
                "position": "Kitchen Porter",
                "startDate": "2015",
                "endDate": "2019",
            },
        ],
        "education": [
            {
                "institution": "Cork Institute of Technology",
                "studyType": "BA",
                "area": "Culinary Arts",
                "startDate": "2012",
                "endDate": "2015",
            }
        ],
        "skills": [
            {"name": "Kitchen", "keywords": ["grill", "sauces", "menus"]},
            {"name": "Knife work"},
            {"name": "Stock keeping"},
        ],
        "languages": [
            {"language": "English", "fluency": "native"},
            {"language": "Irish", "fluency": "B2"},
            {"language": "French"},
        ],
    }


def work(text: str) -> list[dict[str, Any]]:
    return to_json_resume(f"Experience\n{text}").get("work", [])


def test_a_period_printed_after_the_entry_belongs_to_it() -> None:
    found = work(
        "Blue Spoon, Line Cook\n• Grill\nDublin, Ireland\n2019 – present\n6 years\n"
        "Harbour Hotel, Chef\n• Menus\n2015 – 2019"
    )
    assert [(job["name"], job["position"], job["startDate"]) for job in found] == [
        ("Blue Spoon", "Line Cook", "2019"),
        ("Harbour Hotel", "Chef", "2015"),
    ]


def test_a_period_on_its_own_line_below_the_header_belongs_to_it() -> None:
    found = work("Line Cook\nBlue Spoon\nDublin, Ireland\n2019 – present\n• Grill")
    assert found == [
        {
            "name": "Blue Spoon",
            "position": "Line Cook",
            "startDate": "2019",
            "highlights": ["Grill"],
        }
    ]


def test_what_cannot_be_told_apart_is_kept_as_a_summary() -> None:
    assert work("Simulation, Blue Spoon 2011") == [
        {"startDate": "2011", "summary": "Simulation, Blue Spoon"}
    ]


def test_headings_in_other_languages_are_known() -> None:
    found = to_json_resume("Berufserfahrung\nKöchin, Hafenhotel 2015 - 2019\nKENNTNISSE\nGrill")
    assert [*found] == ["work", "skills"]


def test_prose_under_skills_is_not_cut_into_skills() -> None:
    text = "Skills\nMost of what I do is in the field of\ncooking\nTools: knife, pan"
    assert to_json_resume(text)["skills"] == [{"name": "Tools", "keywords": ["knife", "pan"]}]


def test_page_numbers_are_no_skills() -> None:
    assert to_json_resume("Skills\nGrill\nJo Murphy – 2/3\nPage 3 of 3")["skills"] == [
        {"name": "Grill"}
    ]


@given(st.text(max_size=300), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_gives_an_object_that_can_be_stored(text: str, links: list[str]) -> None:
    headed = f"{text}\nExperience\n{text} 2019 - 2020\nEducation\n{text}\n2018\nSkills\n{text}"
    json.dumps(to_json_resume(headed, links))
