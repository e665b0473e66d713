"""`bench intake`: people apply with a resume of 100 KB, one after the other and eight at a time.

Each is a person of their own, with a connection, a name, an address and a file of their own, and
sends every field that the form on the page has. Afterwards every acknowledged application is looked
for, with its receipt, its file and its thank-you page: `lost` counts those that are not whole.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.config.bench import applicants, database, figures, load
from sincerely.config.bench.processes import PeakMemory
from sincerely.config.bench.served import Served
from sincerely.config.bench.statements import counted
from sincerely.config.bench.working import Working
from sincerely.documents.models import Document
from sincerely.hiring.models import Application
from sincerely.kernel.ids import spoken_reference
from sincerely.kernel.models import Counter
from sincerely.outbox.models import Message

ADDRESS = "/e/employer-1/jobs/job-3/apply/"
ALONE, TOGETHER, WARM_UP = 300, 2_000, 200
CLIENTS = 8
TOO_LARGE_BYTES = 50_000_000
_ACCEPTED = 303
Sent = list[tuple[load.Request, load.Answer]]


def measure(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    database.use(size, say)
    with tempfile.TemporaryDirectory() as folder, Served(port) as served:
        people = People(served, _write(folder, "resume.pdf", applicants.resume_of_100_kb()))
        idle = served.memory_mb()
        people.apply(WARM_UP, CLIENTS)
        alone = people.apply(ALONE, 1)
        with PeakMemory(served.workers) as under_load, Cost(served) as cost:
            together = people.apply(TOGETHER, CLIENTS)
        with Working(served, "reading"):
            read_before = _read()
            reading = people.apply(TOGETHER, CLIENTS)
            read = _read() - read_before
        large = _too_large(served, people.form, folder)
        lost = _lost(people.sent, served)
    return {
        "candidates": size.candidates,
        **_told(together),
        "cpu_ms": round(cost.web_ms / TOGETHER, 2),
        "database_cpu_ms": round(cost.database_ms / TOGETHER, 2),
        "client_cpu_ms": round(together.client_seconds * 1000 / TOGETHER, 2),
        "one_client": _told(alone),
        "while_documents_are_read": _told(reading) | {"read_meanwhile": read},
        "statements": _statements(people.form),
        "rss_mb": {"idle": idle, "under load": round(under_load.mb, 1)} | large,
        "failed": sum(answer.status != _ACCEPTED for _, answer in people.sent),
        "lost": lost,
    }


class People:
    """Sends applications to a server, and remembers each with its answer."""

    def __init__(self, served: Served, file: str) -> None:
        self.form = applicants.form_at(served.port, ADDRESS)
        self.sent: Sent = []
        self._port, self._file = served.port, file

    def apply(self, number: int, clients: int) -> load.Report:
        requests = [applicants.application(ADDRESS, self.form, at) for at in range(number)]
        report = load.run(load.Plan(self._port, requests, clients, file=self._file, strangers=True))
        self.sent += zip(requests, report.answers, strict=True)
        return report


class Cost:
    """Processor time of the web workers and of PostgreSQL within the block, in milliseconds."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def __enter__(self) -> Cost:
        self._before = self._now()
        return self

    def __exit__(self, *raised: object) -> None:
        used = [after - before for after, before in zip(self._now(), self._before, strict=True)]
        self.web_ms, self.database_ms = used

    def _now(self) -> tuple[float, float]:
        return self._served.processor_seconds() * 1000, database.processor_seconds() * 1000


def _told(report: load.Report) -> dict[str, float]:
    rate = len(report.answers) / report.seconds
    return figures.spread(report.times) | {"rate_per_s": round(rate, 1)}


def _lost(sent: Sent, served: Served) -> int:
    """How many acknowledged applications are not there whole: the row, its receipt, its file as it
    was sent, and its reference on the page that the browser was led to."""
    employer = Employer.objects.get(slug="employer-1")
    accepted = {
        UUID(request.fields["form_key"]): answer
        for request, answer in sent
        if answer.status == _ACCEPTED
    }
    with employer.scope():
        rows = dict(_whole(accepted, served.files))
    pages = [
        load.Request(accepted[key].location, expect=spoken_reference(reference))
        for key, reference in rows.items()
    ]
    shown = load.run(load.Plan(served.port, pages, CLIENTS)).answers
    return len(accepted) - sum(answer.found for answer in shown)


def _whole(accepted: dict[UUID, load.Answer], files: Path) -> Iterator[tuple[UUID, str]]:
    """The key and reference of each application that is stored with its receipt and its file."""
    rows = Application.objects.filter(pk__in=accepted).select_related("document")
    receipts = Message.objects.filter(about_id__in=accepted, kind="receipt")
    told = set(receipts.values_list("about_id", flat=True))
    for row in rows.iterator(500):
        expected = accepted[row.pk].sha256
        if (
            row.pk in told
            and row.document.sha256 == expected
            and _hash(files / row.document.path) == expected
        ):
            yield row.pk, row.reference


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _read() -> int:
    """How many documents of the employer have been read."""
    with Employer.objects.get(slug="employer-1").scope():
        return Document.objects.filter(reading="read").count()


def _too_large(served: Served, form: dict[str, str], folder: str) -> dict[str, float]:
    """Memory while somebody uploads 50 MB, which is refused."""
    file = _write(folder, "large.pdf", b"%PDF-1.7\n" + load.MARK + bytes(TOO_LARGE_BYTES))
    requests = [applicants.application(ADDRESS, form, at) for at in range(4)]
    with PeakMemory(served.workers) as peak:
        load.run(load.Plan(served.port, requests, 2, file=file))
    return {"under 50 MB uploads": round(peak.mb, 1)}


def _write(folder: str, name: str, content: bytes) -> str:
    path = Path(folder) / name
    path.write_bytes(content)
    return str(path)


def _statements(form: dict[str, str]) -> int:
    """Of one application with a file, sent in this process; the first one fills its memory."""
    Counter.objects.all().delete()  # the clients used up what one address may send
    client = Client(SERVER_NAME="127.0.0.1")
    for number in range(2):
        content = applicants.resume_of_100_kb()
        resume = SimpleUploadedFile("resume.pdf", content, "application/pdf")
        fields = applicants.application(ADDRESS, form, number).fields
        with counted() as seen:
            answer = client.post(ADDRESS, fields | {"resume": resume})
        if answer.status_code != _ACCEPTED:
            raise RuntimeError(f"{ADDRESS} answers {answer.status_code}.")
    # BEGIN and COMMIT are not counted by the wrapper; savepoints are.
    return len([sql for sql in seen if "SAVEPOINT" not in sql])
