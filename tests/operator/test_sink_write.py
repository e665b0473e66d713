"""A mail to us without a mail program, in the demo."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sincerely.hiring.models import Application, Job
from sincerely.inbound.models import InboundMail
from tests.careers.conftest import files_of_the_test
from tests.inbound.conftest import mailin

__all__ = ["files_of_the_test", "mailin"]
WRITE = "/sink/write/"
GIVEN = {
    "to": "blue-spoon+line-cook@jobs.example",
    "name": "Smith, Jo",
    "email": "jo@example.org",
    "subject": "",
    "text": "I would like to cook with you.",
}


@pytest.fixture
def demo(settings: LazySettings, tmp_path: Any) -> LazySettings:
    settings.DEMO, settings.SINK_FOLDER, settings.APPLY_DOMAIN = True, tmp_path, "jobs.example"
    return settings


@pytest.mark.django_db(transaction=True)
def test_a_mail_with_a_file_becomes_an_application(
    demo: LazySettings, cook: Job, client: Client, mailin: Any
) -> None:
    demo.INBOUND_PORT = mailin.port
    file = SimpleUploadedFile("resume.txt", b"Jo Smith, cook")
    assert client.post(WRITE, GIVEN | {"file": file}).status_code == 302
    InboundMail.objects.get().read()
    with cook.employer.scope():
        jo = Application.objects.for_page().get()
        assert (jo.name, jo.document.name) == ("Smith Jo", "resume.txt")


@pytest.mark.django_db
def test_every_open_job_can_be_written_to(demo: LazySettings, cook: Job, client: Client) -> None:
    page = client.get(WRITE).content.decode()
    assert "blue-spoon+line-cook@jobs.example" in page
    assert demo.SUPPORT_EMAIL in page


@pytest.mark.django_db
def test_a_mistake_loses_nothing(demo: LazySettings, cook: Job, client: Client) -> None:
    answer = client.post(WRITE, GIVEN | {"email": "jo@", "to": "x@y.z"})
    assert answer.status_code == 422
    assert "I would like to cook with you." in answer.content.decode()


@pytest.mark.django_db
def test_where_nobody_receives_that_is_said(
    demo: LazySettings, cook: Job, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    page = client.post(WRITE, GIVEN, follow=True).content.decode()
    assert "Nobody took it" in page


@pytest.mark.django_db
def test_outside_of_the_demo_there_is_no_such_page(client: Client, settings: LazySettings) -> None:
    settings.DEMO = False
    assert client.get(WRITE).status_code == client.post(WRITE).status_code == 404
