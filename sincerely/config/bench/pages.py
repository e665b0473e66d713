"""`bench pipeline` and `bench pages`: what a page costs, over HTTP, for one who is signed in."""

from __future__ import annotations

from typing import Any

from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.config.bench import database, figures, load
from sincerely.config.bench.lookup import ROSA
from sincerely.config.bench.served import Served
from sincerely.config.bench.statements import statements_of
from sincerely.hiring.links import status_token

EACH, WARM_UP = 200, 20
BOARDS = {
    "1,000 applications": "/desk/employer-1/jobs/job-2/",
    "20,000 applications": "/desk/employer-1/jobs/job-1/",
}
MANY_EMPLOYERS = 1_000


def pipeline(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    """The boards of a job with 1,000 and of one with 20,000 applications."""
    database.use(size, say)
    boards = _measured(BOARDS, port)
    largest = boards["20,000 applications"]
    return {
        "candidates": size.candidates,
        **{key: largest[key] for key in ("p50_ms", "p99_ms", "statements")},
        "boards": boards,
    }


def pages(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    """The main pages, with the applications spread over a thousand employers."""
    spread = database.Size(size.candidates, min(MANY_EMPLOYERS, size.candidates))
    database.use(spread, say)
    measured = _measured(_main_pages(), port)
    slowest = max(measured.values(), key=lambda page: page["p99_ms"])
    return {
        "candidates": spread.candidates,
        "employers": spread.employers,
        **{key: slowest[key] for key in ("p50_ms", "p99_ms")},
        "statements": max(page["statements"] for page in measured.values()),
        "pages": measured,
    }


def _main_pages() -> dict[str, str]:
    employer = Employer.objects.get(slug="employer-1")
    with employer.scope():
        application = employer.applications.order_by("-applied_at")[0]  # type: ignore[attr-defined]
    desk, reference = "/desk/employer-1/", application.reference
    return {
        "front page": "/",
        "careers": "/e/employer-1/",
        "job": "/e/employer-1/jobs/job-1/",
        "application form": "/e/employer-1/jobs/job-1/apply/",
        "status": f"/a/{status_token(application)}/",
        "today": desk,
        "look-up": f"{desk}lookup/?q={application.name.split()[0]}",
        "jobs": f"{desk}jobs/",
        "board": f"{desk}jobs/job-1/",
        "people": f"{desk}people/",
        "reports": f"{desk}reports/",
        "reports of a year": f"{desk}reports/?days=365",
        "application": f"{desk}applications/{reference}/",
        "call card": f"{desk}applications/{reference}/call/",
    }


def _measured(addresses: dict[str, str], port: int) -> dict[str, dict[str, Any]]:
    """Times, statements and bytes of each page."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Identity.objects.get(email=ROSA))
    measured: dict[str, dict[str, Any]] = {}
    with Served(port) as served:
        headers = {"Cookie": served.sign_in(ROSA)}
        for name, path in addresses.items():
            requests = [load.Request(path) for _ in range(EACH)]
            load.run(load.Plan(served.port, requests[:WARM_UP], 2, headers))
            report = load.run(load.Plan(served.port, requests, 1, headers))
            if failed := [answer.status for answer in report.answers if answer.status != 200]:
                raise RuntimeError(f"{path} answers {failed[0]}.")
            measured[name] = figures.spread(report.times) | {
                "statements": statements_of(client, path),
                "kb": round(report.answers[0].size / 1000, 1),
            }
    return measured
