"""`bench intake`: people apply with a resume of 100 KB, one after the other and eight at a time.

Afterwards every acknowledged application is looked for, with its receipt and its file: `lost`
counts those that are not whole. No worker runs: the figures are those of the web server.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.config.bench import database, figures, load
from sincerely.config.bench.processes import PeakMemory
from sincerely.config.bench.served import Served
from sincerely.config.bench.statements import counted
from sincerely.config.demo.resumes import as_pdf
from sincerely.config.seeding.names import first_names, last_names
from sincerely.hiring.models import Application
from sincerely.kernel.ids import uuid7
from sincerely.kernel.models import Counter
from sincerely.outbox.models import Message

ADDRESS = "/e/employer-1/jobs/job-3/apply/"
ALONE, TOGETHER, WARM_UP = 300, 2_000, 200
CLIENTS = 8
RESUME_BYTES = 100_000
TOO_LARGE_BYTES = 50_000_000
_ACCEPTED = 303


def measure(size: database.Size, say: database.Say, *, port: int = 0) -> dict[str, Any]:
    database.use(size, say)
    with tempfile.TemporaryDirectory() as folder, Served(port) as served:
        plan = load.Plan(served.port, [], file=_write(folder, "resume.pdf", resume_of_100_kb()))
        idle = served.memory_mb()
        load.run(_with(plan, WARM_UP, CLIENTS))
        alone = load.run(_with(plan, ALONE, 1))
        before = served.processor_seconds()
        with PeakMemory(served.workers) as under_load:
            together = load.run(_with(plan, TOGETHER, CLIENTS))
        cpu = (served.processor_seconds() - before) / TOGETHER
        sent = list(zip(plan.requests, together.answers, strict=True))
        large = _too_large(served, folder)
        lost = _lost(sent, served.files)
    return {
        "candidates": size.candidates,
        **figures.spread(together.times),
        "rate_per_s": round(TOGETHER / together.seconds, 1),
        "one_client": figures.spread(alone.times) | {"rate_per_s": round(ALONE / alone.seconds, 1)},
        "cpu_ms": round(cpu * 1000, 2),
        "statements": _statements(),
        "rss_mb": {"idle": idle, "under load": round(under_load.mb, 1)} | large,
        "failed": sum(answer.status != _ACCEPTED for _, answer in sent),
        "lost": lost,
    }


def resume_of_100_kb() -> bytes:
    """A valid PDF whose attachment holds the mark that the clients write over."""
    document = pypdfium2.PdfDocument(as_pdf(["Jo Smith", "Line cook, 2019 – 2026"]))
    filler = hashlib.shake_256(b"filler").digest(RESUME_BYTES - 3_000)
    document.new_attachment("filler").set_data(load.MARK + filler)
    stream = io.BytesIO()
    document.save(stream)
    content = stream.getvalue()
    if load.MARK not in content:
        raise RuntimeError("The mark was compressed away; no two files would differ.")
    return content


def _with(plan: load.Plan, number: int, clients: int) -> load.Plan:
    """The same plan with new people."""
    plan.requests = [_application(at) for at in range(number)]
    plan.clients = clients
    return plan


def _application(number: int) -> load.Request:
    key = uuid7()
    first, last = first_names(), last_names()
    name = f"{first[number % len(first)]} {last[key.int % len(last)]}"
    fields = {
        "form_key": str(key),
        "name": name,
        "email": f"{key.hex}@example.org",
        "phone": f"+1 212 555 {number % 10_000:04}",
    }
    return load.Request(ADDRESS, fields=fields, number=key.int % 10**16)


def _lost(sent: list[tuple[load.Request, load.Answer]], files: Path) -> int:
    """How many acknowledged applications are not there whole: row, receipt, file as it was sent."""
    employer = Employer.objects.get(slug="employer-1")
    expected = {
        UUID(request.fields["form_key"]): answer.sha256
        for request, answer in sent
        if answer.status == _ACCEPTED
    }
    with employer.scope():
        rows = Application.objects.filter(pk__in=expected).select_related("document")
        receipts = Message.objects.filter(about_id__in=expected, kind="receipt")
        told = set(receipts.values_list("about_id", flat=True))
        whole = {
            row.pk
            for row in rows
            if row.pk in told
            and row.document
            and row.document.sha256 == expected[row.pk]
            and _hash(files / row.document.path) == expected[row.pk]
        }
    return len(expected.keys() - whole)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _too_large(served: Served, folder: str) -> dict[str, float]:
    """Memory while somebody uploads 50 MB, which is refused."""
    file = _write(folder, "large.pdf", b"%PDF-1.7\n" + load.MARK + bytes(TOO_LARGE_BYTES))
    with PeakMemory(served.workers) as peak:
        load.run(load.Plan(served.port, [_application(at) for at in range(4)], 2, file=file))
    return {"under 50 MB uploads": round(peak.mb, 1)}


def _write(folder: str, name: str, content: bytes) -> str:
    path = Path(folder) / name
    path.write_bytes(content)
    return str(path)


def _statements() -> int:
    """Of one application with a file, sent in this process; the first one fills its memory."""
    Counter.objects.all().delete()  # the clients used up what one address may send
    client = Client(SERVER_NAME="127.0.0.1")
    for number in range(2):
        resume = SimpleUploadedFile("resume.pdf", resume_of_100_kb(), "application/pdf")
        with counted() as seen:
            answer = client.post(ADDRESS, _application(number).fields | {"resume": resume})
        if answer.status_code != _ACCEPTED:
            raise RuntimeError(f"{ADDRESS} answers {answer.status_code}.")
    # BEGIN and COMMIT are not counted by the wrapper; savepoints are.
    return len([sql for sql in seen if "SAVEPOINT" not in sql])
