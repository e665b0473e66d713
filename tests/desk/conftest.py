"""Rosa at her desk, and short ways to its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from sincerely.accounts.models import Identity
from sincerely.documents.models import Document
from sincerely.hiring.asking import ask
from sincerely.hiring.models import Application, FollowUp, Job
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock


def signed_in(identity: Identity) -> Client:
    client = Client()
    client.force_login(identity)
    return client


@pytest.fixture
def at_rosas_desk(rosa: Identity) -> Client:
    return signed_in(rosa)


@pytest.fixture
def at_hugos_desk(hugo: Identity) -> Client:
    return signed_in(hugo)


@pytest.fixture
def hugos_job(cook: Job, hugo: Identity) -> Job:
    """The cook's job, with Hugo on its team."""
    with cook.employer.scope():
        cook.add_to_team(hugo)
    return cook


@pytest.fixture
def page_of() -> Callable[..., str]:
    """The address of a page about one application: `page_of(jo, "closure")`."""

    def address(application: Application, name: str = "application", **kwargs: Any) -> str:
        slug = application.employer.slug
        known = {"employer": slug, "reference": application.reference}
        return reverse(f"desk:{name}", kwargs=known | kwargs)

    return address


@pytest.fixture
def resume(jo: Application) -> Document:
    """The resume that came with Jo's application, already read."""
    with jo.employer.scope():
        document = Document.objects.receive(
            ContentFile(b"%PDF-1.4 a resume"), name="jo smith <resume>.pdf", kind="pdf"
        )
        document.keep_text("Line cook at The Griddle", resume={})
        Application.objects.filter(pk=jo.pk).update(document=document)
    return document


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.fixture
def asks(cook: Job, apply: Callable[..., Application]) -> Callable[..., FollowUp]:
    """`asks("Lee", -2)`: somebody who needs something, and whom a person answers by a day that
    lies two days back; `topic`, `text` and what `apply` takes may be given."""

    def send(
        name: str, days: int = 0, *, topic: Topic = Topic.ADJUSTMENT, text: str = "", **given: Any
    ) -> FollowUp:
        job = given.pop("job", cook)
        fields = {"name": name, "email": f"{name.lower().replace(' ', '.')}@example.org"} | given
        one = apply(job, **fields)
        with job.employer.scope():
            row = ask(one, topic, text=text or f"Can {name} have a lift?")
            day = clock.today(job.employer.time_zone) + dt.timedelta(days=days)
            FollowUp.objects.filter(pk=row.pk).update(answer_by=day)
            return FollowUp.objects.for_page().get(pk=row.pk)

    return send


@pytest.fixture
def apply_due(cook: Job, apply: Callable[..., Application]) -> Callable[..., Application]:
    """`apply_due("Lee", 3)`: an application that is owed an answer three days from today."""

    def send(name: str, days: int, job: Job = cook) -> Application:
        one = apply(job, name=name, email=f"{name.lower().replace(' ', '.')}@example.org")
        with job.employer.scope():
            day = clock.today(job.employer.time_zone) + dt.timedelta(days=days)
            Application.objects.filter(pk=one.pk).update(due_on=day)
        return one

    return send
