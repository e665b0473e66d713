from __future__ import annotations

import pytest

from sincerely.reading.contact import find_basics, find_email, find_name, find_phone


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("write to jo.murphy+jobs@mail.example.org.", "jo.murphy+jobs@mail.example.org"),
        ("jo@müller-köche.example", "jo@müller-köche.example"),
        ("Jo|jo@example.org|Cork", "jo@example.org"),
        ("nobody at example", ""),
        ("@jomurphy", ""),
    ],
)
def test_an_email_address_is_found_among_words(text: str, email: str) -> None:
    assert find_email(text) == email


def test_an_email_address_behind_an_icon_is_found() -> None:
    assert find_email("Jo", ["mailto:jo@example.org?subject=Hi"]) == "jo@example.org"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("Phone: +49 (0)1512 3456789", "+49 (0)1512 3456789"),
        ("(415) 555-0123", "(415) 555-0123"),
        ("Tel 01 555 0123", "01 555 0123"),
        ("0015551234567", "0015551234567"),
        ("born 12.03.1990, 2014 - 2016", ""),
        ("2015-2019 and 2019/2020", ""),
        ("call ABC", ""),
    ],
)
def test_a_phone_number_is_found_and_years_are_none(text: str, phone: str) -> None:
    assert find_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "email", "name"),
    [
        ("Jo Murphy\nLine Cook", "", "Jo Murphy"),
        ("Curriculum Vitae\nJO MURPHY", "", "Jo Murphy"),
        ("RESUME Jo Murphy M.Sc.\nDublin", "", "Jo Murphy"),
        (
            "Line Cook | Dublin\nBlue Spoon\nMurphy, Jo\nJo Murphy",
            "jo.murphy@x.example",
            "Jo Murphy",
        ),
        ("ليلى حداد\nطاهية", "", "ليلى حداد"),
        ("Name: Anna van der Berg", "", "Anna van der Berg"),
        ("Line Cook at a diner\n1 Main Street", "", ""),
        ("", "", ""),
    ],
)
def test_the_name_is_what_looks_most_like_one(text: str, email: str, name: str) -> None:
    assert find_name(text, email, set()) == name


def test_a_heading_is_no_name() -> None:
    assert find_name("Work Experience\nJo Murphy", "", {"Work Experience"}) == "Jo Murphy"


def test_profiles_and_the_own_site_are_told_from_other_links() -> None:
    text = "Jo Murphy\njomurphy.example | www.linkedin.com/in/jomurphy\nExperience"
    links = ["https://jomurphy.example/", "https://employer.example/", "mailto:jo@example.org"]
    basics = find_basics(text, links, [])
    assert basics["url"] == "https://jomurphy.example/"
    assert basics["profiles"] == [
        {
            "network": "LinkedIn",
            "username": "jomurphy",
            "url": "https://www.linkedin.com/in/jomurphy",
        }
    ]
    assert basics["email"] == "jo@example.org"


def test_what_was_not_found_is_left_out() -> None:
    assert find_basics("nothing here", [], []) == {}
