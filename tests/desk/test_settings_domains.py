from __future__ import annotations

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.house import mail_domains, works_here
from sincerely.kernel.models import Event
from tests.desk.conftest import signed_in, text_of

DOMAINS = "/desk/blue-spoon/settings/domains/"


@pytest.fixture
def at_adas_desk(ada: Identity) -> Client:
    return signed_in(ada)


def listed(diner: Employer) -> list[str]:
    with diner.scope():
        return mail_domains(diner)


def test_domains_are_listed_however_they_are_written(at_adas_desk: Client, diner: Employer) -> None:
    typed = "@Blue-Spoon.example, kim@spoon.example;\r\nxn--bcher-kva.example blue-spoon.example"
    assert at_adas_desk.post(DOMAINS, {"domains": typed}).status_code == 302
    assert listed(diner) == ["blue-spoon.example", "bücher.example", "spoon.example"]
    page = text_of(at_adas_desk.get("/desk/blue-spoon/settings/members/"))
    assert "bücher.example" in page
    with diner.scope():
        assert works_here(diner, "anybody@spoon.example")
        assert not works_here(diner, "anybody@spoon.example.org")
        assert Event.objects.get(kind="mail_domains_changed").by == "Ada"


def test_an_empty_list_is_one(at_adas_desk: Client, diner: Employer) -> None:
    at_adas_desk.post(DOMAINS, {"domains": "blue-spoon.example"})
    at_adas_desk.post(DOMAINS, {"domains": "  "})
    assert listed(diner) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gmail.com", "Anybody can have an address at gmail.com"),
        ("blue spoon", "“blue” is not the name of a domain"),
        ("https://spoon.example", "is not the name of a domain"),
        ("<script>", "&lt;script&gt;” is not the name of a domain"),
        ("x" * 300 + ".example", "is not the name of a domain"),
        (" ".join(f"d{number}.example" for number in range(51)), "These are 51 domains; 50 fit."),
        ("x" * 3_001, "at most 3000 characters"),
    ],
)
def test_what_is_no_domain_of_theirs_is_refused_and_stays_in_the_field(
    at_adas_desk: Client, diner: Employer, typed: str, said: str
) -> None:
    page = text_of(at_adas_desk.post(DOMAINS, {"domains": typed}))
    assert said in page
    assert listed(diner) == []


def test_who_recruits_sets_no_domains(at_rosas_desk: Client, diner: Employer) -> None:
    assert at_rosas_desk.post(DOMAINS, {"domains": "spoon.example"}).status_code == 404
    assert listed(diner) == []
