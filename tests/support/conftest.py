from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sincerely.hiring.models import Application, Job
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at
from sincerely.kernel.failures import Concern, Failed
from sincerely.kernel.ids import help_code, uuid7
from sincerely.support.models import Incident
from sincerely.support.reporting import Report, report

# A Tuesday, noon in New York.
TUESDAY = dt.datetime(2026, 11, 24, 17, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def tuesday(db: None) -> Iterator[dt.datetime]:
    with clock_at(TUESDAY):
        yield TUESDAY


def failed(**about: Any) -> Failed:
    """A failure of a request, as the kernel tells of it."""
    return Failed(
        code=about.pop("code", None) or help_code(),
        at=clock.now(),
        where="POST /e/<slug:employer>/jobs/<slug:slug>/apply/",
        error="OSError",
        reason="No space left on device",
        network=about.pop("network", "192.0.2.7"),
        concern=Concern(**{"employer": "blue-spoon"} | about),
    )


def tell(code: str = "", **given: Any) -> Incident:
    """Jo reports what went wrong."""
    said = {"name": "Jo Smith", "email": "jo@example.org", "did": "I pressed send.", "saw": ""}
    return report(code, Report(id=given.pop("id", None) or uuid7(), **said | given))


@pytest.fixture
def broken_apply(cook: Job, monkeypatch: pytest.MonkeyPatch) -> Callable[..., HttpResponse]:
    """Send the form of the cook's job while a bug of ours breaks it; returns the error page."""

    def send(**given: Any) -> HttpResponse:
        fields = {"name": "Jo Smith", "email": "jo@example.org", "form_key": str(uuid7())} | given
        with monkeypatch.context() as patched:
            patched.setattr("sincerely.careers.apply.receive", _fail)
            client = Client(raise_request_exception=False)
            return client.post("/e/blue-spoon/jobs/line-cook/apply/", fields)

    return send


def _fail(*arguments: Any) -> None:
    raise RuntimeError("a bug")


def fresh(application: Application) -> Application:
    return Application.objects.for_page().get(pk=application.pk)
