from __future__ import annotations

import pytest

from sincerely.hiring.intake import Submission, receive
from sincerely.hiring.late_drafts import accept
from sincerely.hiring.models import Application, ApplicationDraft
from sincerely.kernel.ids import uuid7
from sincerely.outbox.models import Message

pytestmark = pytest.mark.django_db
DRAFTS = "/desk/blue-spoon/jobs/line-cook/drafts/"


@pytest.fixture
def late(cook, rosa) -> ApplicationDraft:
    """Jo's application, sent when the job was paused."""
    with cook.employer.scope():
        cook.pause(by=rosa)
        received = receive(cook, Submission(id=uuid7(), name="Jo Smith", email="jo@example.org"))
        assert received.too_late
        return ApplicationDraft.objects.get()


def test_the_board_leads_to_those_who_came_too_late(client, rosa, cook, late):
    client.force_login(rosa)
    board = client.get("/desk/blue-spoon/jobs/line-cook/").content.decode()
    assert "1 application came too late" in board
    assert "Jo Smith" in client.get(DRAFTS).content.decode()


def test_an_accepted_one_counts_from_its_first_try_and_gets_its_receipt(client, rosa, cook, late):
    client.force_login(rosa)
    answer = client.post(f"{DRAFTS}{late.pk}/", {"answer": "accept"})
    with cook.employer.scope():
        application = Application.objects.get(pk=late.pk)
        assert application.applied_at == late.at
        assert application.messages().filter(kind="receipt").exists()
    assert answer.headers["Location"].endswith(f"/applications/{application.reference}/")


def test_a_second_answer_is_told_of_the_first(client, rosa, cook, late):
    client.force_login(rosa)
    client.post(f"{DRAFTS}{late.pk}/", {"answer": "accept"})
    page = client.post(f"{DRAFTS}{late.pk}/", {"answer": "accept"}, follow=True)
    assert "has been answered already" in page.content.decode()
    no = {"answer": "decline", "subject": "s", "text": "t"}
    page = client.post(f"{DRAFTS}{late.pk}/", no, follow=True)
    assert "has been answered already" in page.content.decode()


def test_who_is_declined_is_told_so(client, rosa, cook, late):
    client.force_login(rosa)
    form = client.get(f"{DRAFTS}{late.pk}/").context["form"]
    no = {"answer": "decline", "subject": form["subject"].value(), "text": form["text"].value()}
    client.post(f"{DRAFTS}{late.pk}/", no)
    with cook.employer.scope():
        message = Message.objects.get(kind="too_late")
        assert message.to_address == "jo@example.org"
        assert "Hello Jo Smith" in message.text
        assert not Application.objects.exists()


def test_who_applied_in_time_as_well_has_one_application(client, rosa, cook, late, apply):
    with cook.employer.scope():
        cook.open(by=rosa)
    apply(cook)
    client.force_login(rosa)
    page = client.post(f"{DRAFTS}{late.pk}/", {"answer": "accept"}, follow=True)
    assert "has another application for this job" in page.content.decode()


def test_a_closed_job_takes_nobody(client, rosa, cook, late):
    with cook.employer.scope():
        cook.begin_closing(by=rosa)
        cook.close_if_all_told()
    client.force_login(rosa)
    assert "Let it count" not in client.get(f"{DRAFTS}{late.pk}/").content.decode()
    page = client.post(f"{DRAFTS}{late.pk}/", {"answer": "accept"}, follow=True)
    assert "This job is closed" in page.content.decode()
    with cook.employer.scope():
        assert not Application.objects.exists()


def test_another_job_does_not_show_it(client, rosa, hugo, mallory, cook, late):
    for who in (hugo, mallory):
        client.force_login(who)
        assert client.get(DRAFTS).status_code == 404
        assert client.get(f"{DRAFTS}{late.pk}/").status_code == 404
        assert client.post(f"{DRAFTS}{late.pk}/", {"answer": "accept"}).status_code == 404


def test_an_accepted_one_keeps_who_referred_it(cook, rosa, refer):
    with cook.employer.scope():
        referral = refer()
        cook.pause(by=rosa)
        form = Submission(
            id=uuid7(),
            name="Jo Smith",
            email="other@example.org",
            source="Referral: Pat Moss",
            referral=referral.pk,
        )
        receive(cook, form)
        application = accept(ApplicationDraft.objects.get(), by=rosa)
        referral.refresh_from_db()
        assert referral.application_id == application.pk
        assert application.source == "Referral: Pat Moss"
