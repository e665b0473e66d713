from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.careers.limits import REFERRALS_OF_ONE
from sincerely.hiring.house import set_mail_domains
from sincerely.hiring.models import Application, Job, Referral, Vouch
from sincerely.hiring.referral_links import apply_link, refer_link, referral_link
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Message
from tests.careers.conftest import applications, text_of

Refer = Callable[..., Referral]


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def in_days(days: int) -> str:
    return (clock.today("America/New_York") + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def house(diner: Employer) -> None:
    with diner.scope():
        set_mail_domains(diner, ["blue-spoon.example"], by="Ada")


@pytest.fixture
def send(visitor: Client, cook: Job, house: None) -> Callable[..., HttpResponse]:
    """Pat sends the form: `send(certainty="probably")`; None leaves a field out."""

    def post(path: str = "", **given: Any) -> HttpResponse:
        fields = {
            "form_key": str(uuid7()),
            "name": "Jo Smith",
            "email": "jo@example.org",
            "why": "",
            "referrer_name": "Pat Moss",
            "referrer_email": "pat@blue-spoon.example",
            "certainty": "certain",
            "contact_person": "Kim Adair",
            "contact_email": "kim@blue-spoon.example",
            "contact_role": "team_member",
            "contact_channel": "call",
            "contact_number": "(212) 555-0142",
            "contact_until": in_days(14),
        } | given
        fields = {key: value for key, value in fields.items() if value is not None}
        return visitor.post(path or path_of(refer_link(cook)), fields)

    return post


Send = Callable[..., HttpResponse]


def rows(employer: Employer) -> tuple[int, int]:
    """How many referrals and vouches there are."""
    with employer.scope():
        return Referral.objects.count(), Vouch.objects.count()


def test_the_form_is_for_whoever_has_the_link_and_looking_changes_nothing(
    visitor: Client, cook: Job, send: Send
) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = visitor.get(path_of(refer_link(cook)))
    page = text_of(answer)
    assert "Who comes to mind?" in page
    assert "Is there somebody at Blue Spoon Diner who will not mind" in page
    assert f'value="{in_days(30)}"' in page
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_referral_is_taken_and_leads_to_its_own_page(
    send: Send, visitor: Client, diner: Employer
) -> None:
    answer = send()
    assert answer.status_code == 303
    page = text_of(visitor.get(answer["Location"]))
    assert "Thank you, Pat Moss." in page
    assert "Kim Adair was asked on" in page
    assert rows(diner) == (1, 1)
    with diner.scope():
        vouch = Vouch.objects.get()
    assert (vouch.number, vouch.until.isoformat()) == ("+12125550142", in_days(14))


@pytest.mark.parametrize("certainty", ["probably", "unsaid"])
def test_less_than_certain_looks_at_nothing_about_the_colleague(
    send: Send, visitor: Client, diner: Employer, certainty: str
) -> None:
    answer = send(certainty=certainty, contact_email="?", contact_number="none", contact_until="x")
    assert answer.status_code == 303
    assert rows(diner) == (1, 0)
    page = text_of(visitor.get(answer["Location"]))
    assert ("You said “probably”" in page) == (certainty == "probably")
    assert "Kim" not in page


def test_somebody_outside_the_employer_is_refused_in_words_and_nothing_is_lost(
    send: Send, diner: Employer
) -> None:
    answer = send(contact_email="kim@gmail.com", why="We cooked together.")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "We do not know kim@gmail.com as an address at Blue Spoon Diner." in page
    assert "give their address at work, which ends in @blue-spoon.example." in page
    assert "We cooked together." in page
    assert rows(diner) == (0, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Write the name of the person you refer."),
        ({"name": "x" * 300}, "yours has 300"),
        ({"name": "Buy now https://evil.example"}, "without the address of a page"),
        ({"referrer_name": "see www.evil.example"}, "without the address of a page"),
        ({"contact_person": "http://evil.example"}, "without the address of a page"),
        ({"email": "jo"}, "has an @ in it"),
        ({"email": "jo@gmial.com"}, "Did you mean jo@gmail.com?"),
        ({"email": "pat@blue-spoon.example"}, "This is your own address"),
        ({"certainty": None}, "Choose one of the three."),
        ({"certainty": "maybe"}, "maybe is not one of the available choices"),
        ({"contact_person": ""}, "Write the name of the person who will not mind."),
        ({"contact_email": ""}, "their own yes is what counts"),
        ({"contact_number": ""}, "Write the number at which they may be called."),
        ({"contact_number": "call me"}, "Please write the number in digits"),
        ({"contact_role": "president"}, "president is not one of the available choices"),
        ({"contact_until": ""}, "Choose the last day."),
        ({"contact_until": "soon"}, "Write the day as year-month-day"),
        ({"contact_until": "0001-01-01"}, "This day has passed."),
        ({"contact_until": "2999-01-01"}, "That is far ahead."),
        ({"why": "x" * 1_001}, "This can have up to 1000 characters"),
        ({"website": "on"}, "A field that people cannot see was filled in"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    send: Send, diner: Employer, change: dict[str, Any], said: str
) -> None:
    answer = send(**change)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert rows(diner) == (0, 0)


def test_a_script_in_a_name_is_shown_and_never_run(
    send: Send, visitor: Client, diner: Employer
) -> None:
    name = "<script>alert(1)</script>{link}"
    answer = send(name=name, referrer_name=name, contact_person=name)
    pages = [text_of(visitor.get(answer["Location"]))]
    with diner.scope():
        for message in Message.objects.all():
            assert "{link}" in message.subject + message.text
            mail = message_from_bytes(bytes(message.raw), policy=policy.default)
            pages.append(mail.get_body(("html",)).get_content())
    assert len(pages) == 4
    for page in pages:
        assert "&lt;script&gt;alert" in page
        assert "<script>alert" not in page


def test_fifty_times_is_once(send: Send, diner: Employer) -> None:
    key = str(uuid7())
    places = {send(form_key=key)["Location"] for _ in range(5)}
    assert len(places) == 1
    assert rows(diner) == (1, 1)


def test_one_person_cannot_be_flooded_with_referrals(send: Send, diner: Employer) -> None:
    for number in range(REFERRALS_OF_ONE.most):
        assert send(referrer_email=f"pat{number}@blue-spoon.example").status_code == 303
    answer = send(referrer_email="another@blue-spoon.example", why="Please")
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    assert "Please</textarea>" in text_of(answer)
    assert rows(diner)[0] == REFERRALS_OF_ONE.most


def test_what_is_looked_through_again_counts_as_nothing(send: Send) -> None:
    for _ in range(REFERRALS_OF_ONE.most + 1):
        assert send(contact_until="").status_code == 422
    assert send().status_code == 303


def test_a_damaged_link_and_one_of_another_job_or_employer_lead_nowhere(
    send: Send, visitor: Client, cook: Job, rosa: Identity, diner: Employer, hospital: Employer
) -> None:
    with diner.scope():
        server = Job.objects.create(title="Server", slug="server", recruiter=rosa)
        server.open(by=rosa)
    with hospital.scope():
        nurse = Job.objects.create(title="Nurse", slug="line-cook", state="open")
    good = path_of(refer_link(cook))
    wrong = [
        good[:-4] + "/",
        good.replace("/refer/", "/refer/x"),
        good.replace("line-cook", "server"),
        good.replace("blue-spoon", "st-brigid"),
        path_of(refer_link(nurse)).replace("st-brigid", "blue-spoon"),
        "/e/blue-spoon/jobs/line-cook/refer/%00/",
    ]
    for path in wrong:
        for answer in (visitor.get(path), send(path)):
            assert answer.status_code == 404, path
            assert "Who comes to mind" not in text_of(answer)
    assert rows(diner) == (0, 0)


def test_a_link_whose_days_are_over_says_so(send: Send, visitor: Client, cook: Job) -> None:
    path = path_of(refer_link(cook))
    with clock_at(clock.now() + dt.timedelta(days=61)):
        for answer in (visitor.get(path), send(path)):
            assert answer.status_code == 410
            assert "This link has ended." in text_of(answer)


def test_a_job_that_is_not_open_says_so(
    send: Send, visitor: Client, cook: Job, rosa: Identity, diner: Employer
) -> None:
    with diner.scope():
        cook.pause(by=rosa)
    for answer in (visitor.get(path_of(refer_link(cook))), send()):
        assert answer.status_code == 410
        assert "takes no applications" in text_of(answer)
    assert rows(diner) == (0, 0)


def test_the_referrers_page_does_not_tell_whether_the_person_applied(
    refer: Refer, visitor: Client, cook: Job, apply: Any
) -> None:
    path = path_of(referral_link(refer()))
    before = text_of(visitor.get(path))
    apply(cook)
    assert text_of(visitor.get(path)) == before


def test_the_referrers_page_says_that_the_mail_came_back(
    refer: Refer, visitor: Client, diner: Employer
) -> None:
    referral = refer()
    with diner.scope():
        invitation = Message.objects.get(kind="referral")
        invitation.settle("bounced", source="dsn", evidence="5.1.1")
    assert "jo@example.org did not arrive" in text_of(visitor.get(path_of(referral_link(referral))))


def test_the_referrers_page_opens_by_its_own_link_alone(
    refer: Refer, visitor: Client, hospital: Employer
) -> None:
    path = path_of(referral_link(refer()))
    assert visitor.get(path).status_code == 200
    assert visitor.post(path).status_code == 405
    for wrong in (path[:-3] + "/", path.replace("blue-spoon", "st-brigid")):
        assert visitor.get(wrong).status_code == 404


# ── applying by the link in the mail ────────────────────────────────────────────────────────────


def test_the_link_fills_in_name_and_address_and_says_who_referred(
    refer: Refer, visitor: Client
) -> None:
    page = text_of(visitor.get(path_of(apply_link(refer()))))
    assert "Pat Moss has referred you." in page
    assert 'value="Jo Smith"' in page
    assert 'value="jo@example.org"' in page


def test_who_applies_by_the_link_with_another_address_is_still_the_one_referred(
    refer: Refer, visitor: Client, diner: Employer
) -> None:
    referral = refer()
    link = path_of(apply_link(referral))
    fields = {"name": "Jo", "email": "jo@home.example", "form_key": str(uuid7())}
    token = link.partition("referral=")[2]
    answer = visitor.post(link.partition("?")[0], fields | {"referral": token})
    assert answer.status_code == 303
    (jo,) = applications(diner)
    assert jo.source == "Referral: Pat Moss"
    with diner.scope():
        assert list(Referral.objects.of(jo)) == [referral]


def test_without_a_genuine_link_nobody_can_say_to_be_referred(
    refer: Refer, visitor: Client, diner: Employer, cook: Job
) -> None:
    path = path_of(apply_link(refer())).partition("?")[0]
    fields = {"name": "Max", "email": "max@example.org", "form_key": str(uuid7())}
    for claim in ("x", "", "." * 300, "%00", "ä"):
        assert "has referred you" not in text_of(visitor.get(path, {"referral": claim}))
    visitor.post(path, fields | {"referral": "x", "source": "Referral: The boss"})
    (max_,) = applications(diner)
    assert max_.source == ""
    with diner.scope():
        assert not Referral.objects.of(max_).exists()


def test_an_application_that_nobody_referred_costs_no_statement_more(
    visitor: Client, cook: Job, jo: Application
) -> None:
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/e/blue-spoon/jobs/line-cook/apply/")
    assert not any("referral" in query["sql"] for query in queries)
