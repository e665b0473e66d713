"""`bench pipeline` and `bench pages`: what a page costs, over HTTP, for one who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.config.bench import database, figures, load
from sincerely.config.bench.lookup import ROSA
from sincerely.config.bench.served import Served
from sincerely.config.bench.statements import statements_of
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application

EACH, WARM_UP = 200, 20
HUGO = "hugo@employer-1.example"
AT_ONE_EMPLOYER = 1_000


@dataclass(frozen=True, slots=True)
class Page:
    """An address, and who asks for it (nobody signed in when empty)."""

    path: str
    member: str = ""


# By who asks: nobody signed in, a recruiter, a hiring manager.
PAGES = {
    "": {
        "front page": "/",
        "advice": "/advice/",
        "careers": "/e/employer-1/",
        "job": "/e/employer-1/jobs/job-1/",
        "application form": "/e/employer-1/jobs/job-1/apply/",
        "policy": "/e/employer-1/jobs/job-1/follow-up-policy.json",
        "status": "/a/{token}/",
    },
    ROSA: {
        "today": "/desk/employer-1/",
        "today, one group": "/desk/employer-1/?group=overdue",
        "today, mine": "/desk/employer-1/?whose=mine",
        "look-up": "/desk/employer-1/lookup/?q={name}",
        "jobs": "/desk/employer-1/jobs/",
        "board": "/desk/employer-1/jobs/job-1/",
        "board, search": "/desk/employer-1/jobs/job-1/?q={name}",
        "ended": "/desk/employer-1/jobs/job-3/ended/",
        "closing": "/desk/employer-1/jobs/job-1/closing/",
        "late drafts": "/desk/employer-1/jobs/job-1/drafts/",
        "people": "/desk/employer-1/people/",
        "people, found": "/desk/employer-1/people/?q={name}",
        "reports": "/desk/employer-1/reports/",
        "reports of a year": "/desk/employer-1/reports/?days=365",
        "application": "/desk/employer-1/applications/{reference}/",
        "call card": "/desk/employer-1/applications/{reference}/call/",
        "move": "/desk/employer-1/applications/{reference}/move/",
        "decline": "/desk/employer-1/applications/{reference}/closure/",
    },
    HUGO: {
        "hiring manager: today": "/desk/employer-1/",
        "hiring manager: jobs": "/desk/employer-1/jobs/",
        "hiring manager: people": "/desk/employer-1/people/",
        "hiring manager: look-up": "/desk/employer-1/lookup/?q={name}",
        "hiring manager: application": "/desk/employer-1/applications/{hugos}/",
        "hiring manager: a word": "/desk/employer-1/applications/{hugos}/review/",
    },
}
BOARDS = {
    "1,000 applications": Page("/desk/employer-1/jobs/job-2/", ROSA),
    "20,000 applications": Page("/desk/employer-1/jobs/job-1/", ROSA),
}


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
    """The main pages, with a thousand applications at each of many employers."""
    spread = database.Size(size.candidates, max(size.candidates // AT_ONE_EMPLOYER, 1))
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


def _main_pages() -> dict[str, Page]:
    """What anybody, or a member, opens with a GET, at one of the employers."""
    employer = Employer.objects.get(slug="employer-1")
    with employer.scope():
        applications: Any = Application.objects.order_by("-applied_at")
        newest, hugos = applications[0], applications.filter(job__slug="job-1", ended_at=None)[0]
    known = {
        "token": status_token(newest),
        "reference": newest.reference,
        "name": newest.name.split()[0],
        "hugos": hugos.reference,
    }
    return {
        title: Page(path.format(**known), member)
        for member, paths in PAGES.items()
        for title, path in paths.items()
    }


def _measured(pages: dict[str, Page], port: int) -> dict[str, dict[str, Any]]:
    """Times, statements and bytes of each page."""
    measured: dict[str, dict[str, Any]] = {}
    with Served(port) as served:
        cookies = {page.member: "" for page in pages.values()}
        cookies = {member: served.sign_in(member) if member else "" for member in cookies}
        for title, page in pages.items():
            requests = [load.Request(page.path) for _ in range(EACH)]
            headers = {"Cookie": cookies[page.member]}
            load.run(load.Plan(served.port, requests[:WARM_UP], 2, headers))
            report = load.run(load.Plan(served.port, requests, 1, headers))
            if failed := [answer.status for answer in report.answers if answer.status != 200]:
                raise RuntimeError(f"{page.path} answers {failed[0]}.")
            measured[title] = figures.spread(report.times) | {
                "statements": statements_of(_client(page.member), page.path),
                "kb": round(report.answers[0].size / 1000, 1),
            }
    return measured


def _client(member: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    if member:
        client.force_login(Identity.objects.get(email=member))
    return client
