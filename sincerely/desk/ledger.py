"""The ledger as a file: of one application for who recruits, of all of them for an admin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, fields

from django.http import Http404, HttpResponse, StreamingHttpResponse

from sincerely.desk.access import DeskRequest, application_or_404, desk_view
from sincerely.desk.period import asked_for
from sincerely.hiring.ledger import Line, ledger_between, ledger_of
from sincerely.kernel.csv_rows import csv_lines, utc

HEADER = [field.name for field in fields(Line)]


@desk_view(recruits=True)
def ledger(request: DeskRequest, reference: str, kind: str) -> HttpResponse:
    """Everything that was promised, decided and told about one application."""
    application = application_or_404(request, reference)
    return _file(ledger_of(application), f"ledger-{reference}", kind)


@desk_view(admin=True)
def whole_ledger(request: DeskRequest, kind: str) -> HttpResponse:
    """The lines of a period, for all jobs or one; streamed, however many there are."""
    asked = asked_for(request)
    if asked.fault:
        raise Http404
    job_id = asked.job.pk if asked.job else None
    lines = ledger_between(request.employer.pk, *asked.period.instants, job_id=job_id)
    return _file(lines, f"ledger-{request.employer.slug}-{asked.period.name}", kind)


def _file(lines: Iterator[Line], name: str, kind: str) -> HttpResponse:
    parts, mime = {
        "csv": lambda: (csv_lines(HEADER, map(astuple, lines)), "text/csv; charset=utf-8"),
        "json": lambda: (_json(lines), "application/json"),
    }[kind]()
    response = StreamingHttpResponse(parts, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response  # type: ignore[return-value]


def _json(lines: Iterable[Line]) -> Iterator[str]:
    yield '{"lines": ['
    for number, line in enumerate(lines):
        comma = "," if number else ""
        yield f"{comma}\n" + json.dumps(_jsonable(line), ensure_ascii=False)
    yield "\n]}\n"


def _jsonable(line: Line) -> dict[str, str | None]:
    kept_until = line.kept_until and line.kept_until.isoformat()
    return asdict(line) | {"at": utc(line.at), "kept_until": kept_until}
