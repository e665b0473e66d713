"""Our outbox and our IMAP reader, with Debian's postfix and dovecot between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, FollowUp, Job
from sincerely.kernel.clock import clock_at, now
from tests.mail.greylisting import Greylisting
from tests.mail.servers import PEOPLE, SLOW, Servers

Apply = Callable[..., Application]
Run = Callable[..., list[str]]
Fetch = Callable[..., None]

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow(mail: Servers) -> Iterator[Greylisting]:
    """A server that says 450 once, then takes the mail (RFC 6647)."""
    with Greylisting(mail.slow_port) as server:
        yield server


def receipt_of(application: Application) -> Any:
    with application.employer.scope():
        return application.receipt


def test_a_delivered_receipt_is_proven_by_postfix(
    mail: Servers, cook: Job, apply: Apply, run_jobs: Run, fetch: Fetch
) -> None:
    jo = apply(cook, email=f"jo@{PEOPLE}")
    run_jobs()
    assert receipt_of(jo).state == "sent"
    fetch(1)
    run_jobs()
    assert receipt_of(jo).state in {"relayed", "delivered"}
    assert len(mail.mails("jo")) >= 1


def test_a_real_bounce_comes_back_by_imap_and_shows_on_the_desk(
    cook: Job, apply: Apply, rosa: Identity, client: Client, run_jobs: Run, fetch: Fetch
) -> None:
    jo = apply(cook, email=f"nobody@{PEOPLE}")
    run_jobs()
    fetch(1)
    run_jobs()
    receipt = receipt_of(jo)
    assert receipt.state == "bounced"
    with jo.employer.scope():
        evidence = receipt.deliveries.last().evidence
    assert "5.1.1" in evidence
    assert "User doesn't exist" in evidence
    client.force_login(rosa)
    today = client.get("/desk/blue-spoon/")
    assert "Find another way to reach Jo Smith" in today.content.decode()
    page = client.get(f"/desk/blue-spoon/applications/{jo.reference}/").content.decode()
    assert "A message did not arrive: receipt" in page


def test_a_persons_answer_becomes_the_follow_up(
    mail: Servers,
    at_diner: Employer,
    cook: Job,
    apply: Apply,
    run_jobs: Run,
    fetch: Fetch,
    post: Callable[[EmailMessage], None],
) -> None:
    jo = apply(cook, email=f"jo@{PEOPLE}")
    run_jobs()
    fetch(1)
    run_jobs()
    jo.promises.update(due_on=now().date() + dt.timedelta(days=30))
    reply = EmailMessage()
    reply["From"], reply["Subject"] = f"Jo Smith <jo@{PEOPLE}>", "Re: We have your application"
    reply["To"] = BytesParser().parsebytes(bytes(receipt_of(jo).raw))["Reply-To"]
    reply.set_content("Is there a rack for bicycles?\n")
    post(reply)
    fetch(1)
    with clock_at(now() + dt.timedelta(days=9)):
        run_jobs()
    follow_up = FollowUp.objects.get()
    assert (follow_up.channel, follow_up.text) == ("email", "Is there a rack for bicycles?")
    assert follow_up.needs_a_person


def test_an_application_by_mail_arrives_and_its_receipt_is_proven(
    mail: Servers, cook: Job, run_jobs: Run, fetch: Fetch, post: Callable[[EmailMessage], None]
) -> None:
    written = EmailMessage()
    written["From"], written["To"] = f"Jo Smith <jo@{PEOPLE}>", "blue-spoon+line-cook@jobs.test"
    written["Subject"] = "Line cook"
    written.set_content("I would like to cook with you.\n")
    written.add_attachment("Jo Smith\nCook\n", filename="resume.txt")
    post(written)
    fetch(1)
    run_jobs()
    with cook.employer.scope():
        jo = Application.objects.for_page().get()
        assert jo.document.name == "resume.txt"
    fetch(1)
    run_jobs()
    assert receipt_of(jo).state in {"relayed", "delivered"}


def test_a_greylisted_mail_is_proven_in_the_end(
    slow: Greylisting, cook: Job, apply: Apply, run_jobs: Run, fetch: Fetch
) -> None:
    jo = apply(cook, email=f"jo@{SLOW}")
    run_jobs()
    fetch(1)
    run_jobs()
    assert slow.said == [450, 250]
    assert receipt_of(jo).state == "relayed"
