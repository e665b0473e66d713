"""Reading documents in the background: each job carries ids and may run twice."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.jobs import JobDeferrer

from sincerely.documents.models import Document, Reading
from sincerely.documents.sandbox import read_resume
from sincerely.documents.upkeep import discard_strays, employers_with_files
from sincerely.kernel.jobs import RETRY
from sincerely.kernel.tenancy import employer_scope

# Of the file itself, beside the problems that reading.problems names.
LOST = "lost"


def reading_of(document: Document) -> JobDeferrer:
    """The job that reads one document; `.defer()` it in the transaction of its row."""
    return read_document.configure(
        task_kwargs={"employer_id": str(document.employer_id), "document_id": str(document.pk)},
    )


@app.task(queue="reading", retry=RETRY)
def read_document(employer_id: str, document_id: str) -> None:
    """Read the text of one stored file; a file that cannot be read is noted, and that is all."""
    with employer_scope(UUID(employer_id)):
        document = Document.objects.filter(pk=UUID(document_id)).first()
        if document is None or document.reading != Reading.WAITING:
            return  # deleted meanwhile, or read by this job's twin
        try:
            with document.open() as file:
                content = file.read()
        except FileNotFoundError:
            document.keep_text("", resume={}, problem=LOST)
            return
        found = read_resume(content, document.name)
        document.keep_text(found.text, resume=dict(found.resume), problem=found.problem)


@app.periodic(cron="7 3 * * 0", periodic_id="sweep_storage")
@app.task(queueing_lock="sweep_storage")
def sweep_storage(timestamp: int) -> None:
    for employer_id in employers_with_files():
        sweep_files_of.defer(employer_id=str(employer_id))


@app.task(queue="reading", retry=RETRY)
def sweep_files_of(employer_id: str) -> None:
    with employer_scope(UUID(employer_id)):
        discard_strays()
