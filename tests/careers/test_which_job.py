from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from django.conf import LazySettings
from django.test import Client

from sincerely.hiring.models import Application, Job
from sincerely.inbound.models import InboundMail
from sincerely.outbox.models import Message
from tests.careers.conftest import text_of


@pytest.fixture
def asked(cook: Job, settings: LazySettings) -> str:
    """The link that Jo got, who wrote to the diner's address without naming a job."""
    settings.APPLY_DOMAIN = "jobs.example"
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Jo Smith <jo@example.org>", "<b>Hello"
    mail.set_content("I would like to cook with you.")
    InboundMail.objects.take_in(
        sender="jo@example.org", recipients=["blue-spoon@jobs.example"], raw=mail.as_bytes()
    )
    InboundMail.objects.get().read()
    with cook.employer.scope():
        found = re.search(r"(/e/blue-spoon/mail/\S+)", Message.objects.get(kind="which_job").text)
    assert found
    return found[1]


def test_the_page_names_the_open_jobs_and_changes_nothing(asked: str, visitor: Client) -> None:
    answer = visitor.get(asked)
    page = text_of(answer)
    assert "Line cook" in page
    assert "&lt;b&gt;Hello" in page
    assert answer["Referrer-Policy"] == "no-referrer"
    assert InboundMail.objects.get().state == "asked"


def test_the_chosen_job_gets_the_application_once(asked: str, cook: Job, visitor: Client) -> None:
    for _ in range(2):
        page = text_of(visitor.post(asked, {"job": "line-cook"}, follow=True))
        assert "We have your application." in page
    with cook.employer.scope():
        jo = Application.objects.get()
        assert (jo.email, jo.job_id) == ("jo@example.org", cook.pk)
        assert Message.objects.filter(kind="receipt").count() == 1


def test_what_is_no_application_goes_to_a_person(asked: str, cook: Job, visitor: Client) -> None:
    page = text_of(visitor.post(asked, {"job": "none"}, follow=True))
    assert "A person will read it." in page
    kept = InboundMail.objects.for_a_person().of(cook.employer).get()
    assert kept.reason == "Its sender says that it is no application."
    with cook.employer.scope():
        assert not Application.objects.exists()


@pytest.mark.parametrize("job", ["", "gone", "../x"])
def test_a_choice_that_is_none_says_so(asked: str, visitor: Client, job: str) -> None:
    answer = visitor.post(asked, {"job": job})
    assert answer.status_code == 422
    assert InboundMail.objects.get().waits


def test_a_job_that_was_paused_meanwhile_is_not_offered(
    asked: str, cook: Job, visitor: Client
) -> None:
    with cook.employer.scope():
        cook.pause(by="Rosa")
    assert "not open any more" in text_of(visitor.post(asked, {"job": "line-cook"}))


def test_another_employers_or_a_broken_link_is_not_found(
    asked: str, hospital: object, visitor: Client
) -> None:
    for address in (asked.replace("blue-spoon", "st-brigid"), asked[:-4] + "x/"):
        assert visitor.get(address).status_code == 404
        assert visitor.post(address, {"job": "line-cook"}).status_code == 404
