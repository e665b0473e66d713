"""A failure that concerns an application is kept before anybody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application, Failure, Job
from sincerely.kernel.clock import clock_at, now
from sincerely.kernel.ids import uuid7
from sincerely.support.models import Incident
from sincerely.support.noting import FROM_ONE, forget_unreported, note
from tests.careers.conftest import text_of
from tests.support.conftest import failed

Send = Callable[..., HttpResponse]


def test_a_form_that_fails_opens_an_incident_with_what_happened(
    broken_apply: Send, cook: Job
) -> None:
    key = uuid7()
    answer = broken_apply(form_key=str(key))
    assert answer.status_code == 500
    incident = Incident.objects.get()
    assert incident.code in text_of(answer)
    assert f"/help/{incident.code}/" in text_of(answer)
    assert (incident.name, incident.email) == ("Jo Smith", "jo@example.org")
    assert (incident.employer, incident.job_key) == (cook.employer, cook.pk)
    assert (incident.application_key, incident.is_ours, incident.was_try) == (key, True, True)
    step = incident.steps.get()
    assert step.code == incident.code
    assert "POST /e/<slug:employer>/jobs/<slug:slug>/apply/" in step.text
    assert "RuntimeError: a bug" in step.text


def test_the_same_form_that_fails_again_is_the_same_incident(broken_apply: Send) -> None:
    key = str(uuid7())
    codes = [broken_apply(form_key=key).context["code"] for _ in range(3)]
    incident = Incident.objects.get()
    assert [step.code for step in incident.steps.all()] == codes
    assert {Incident.objects.by_code(code) for code in codes} == {incident}


def test_a_full_disk_opens_one_although_the_form_is_shown_again(
    cook: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.careers.conftest import resume
    from tests.careers.test_failures import FullDisk

    monkeypatch.setattr("sincerely.documents.models.default_storage", FullDisk())
    fields = {"name": "Jo", "email": "jo@example.org", "form_key": uuid7(), "resume": resume()}
    answer = Client().post("/e/blue-spoon/jobs/line-cook/apply/", fields)
    assert answer.status_code == 503
    assert f"/help/{Incident.objects.get().code}/" in text_of(answer)


def test_a_status_page_that_fails_is_known_without_its_key(
    jo: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sincerely.careers.status.status_of", _fail)
    address = f"/a/{status_token(jo)}/"
    assert Client(raise_request_exception=False).get(address).status_code == 500
    incident = Incident.objects.get()
    assert incident.application_key == jo.pk
    assert status_token(jo) not in incident.steps.get().text
    with jo.employer.scope():
        assert not Failure.objects.exists()  # it may work in a minute: no matter of hers yet


def test_a_page_that_concerns_nobody_opens_none(cook: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sincerely.careers.pages.job_posting", _fail)
    Client(raise_request_exception=False).get("/e/blue-spoon/jobs/line-cook/")
    assert not Incident.objects.exists()


def test_while_the_database_is_away_nothing_is_tried(
    cook: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sincerely.careers.apply.receive", _lose_the_database)
    fields = {"name": "Jo", "email": "jo@example.org"}
    client = Client(raise_request_exception=False)
    assert client.post("/e/blue-spoon/jobs/line-cook/apply/", fields).status_code == 503
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "\0" * 5, "email": "\0"},
        {"name": "x" * 9_000, "email": "y" * 9_000},
        {"employer": "nobody", "job": "nothing"},
        {"name": "{0}", "email": "not an address"},
    ],
)
def test_whatever_was_typed_can_be_kept(typed: dict[str, str], cook: Job) -> None:
    assert note(replace(failed(**typed), reason="\0 \udc80 no room"))


def test_a_flood_is_left_to_the_log(cook: Job) -> None:
    made = [note(failed()) for _ in range(FROM_ONE.most + 5)]
    assert len(list(filter(None, made))) == FROM_ONE.most
    assert note(failed(network="198.51.100.1"))


def test_what_nobody_asked_about_is_forgotten(cook: Job) -> None:
    with clock_at(now() - dt.timedelta(days=31)):
        note(failed(job="line-cook", is_try=True, email="jo@example.org"))
    kept = note(failed())
    with cook.employer.scope():
        assert Failure.objects.count() == 1
        assert forget_unreported() == 1
        assert not Failure.objects.exists()
    assert list(Incident.objects.all()) == [kept]


def _fail(*arguments: Any) -> None:
    raise RuntimeError("a bug")


def _lose_the_database(*arguments: Any) -> None:
    raise OperationalError("connection refused")
