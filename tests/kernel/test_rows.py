from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, Call, Candidate
from sincerely.kernel.jobs import tidy
from sincerely.kernel.models import Event
from sincerely.kernel.prepared import prepared_cursor
from sincerely.kernel.rows import Together, undoable
from sincerely.kernel.tenancy import OutsideEmployer
from tests.plugins.jobs import waiting_jobs


def rows_about(application: Application) -> tuple[Call, Event]:
    call = Call(application=application, kind="call", by="Rosa", note="100 % “sure”? {} $1")
    return call, Event(about_id=application.pk, kind="call", by="Rosa", data={"note": "ä"})


def write(*rows: Call | Event, unless_there: bool = False) -> None:
    together = Together()
    together.insert(*rows, unless_there=unless_there)
    together.write()


def test_rows_of_two_tables_and_a_job_are_written_in_one_statement(
    jo: Application, at_diner: Employer
) -> None:
    call, event = rows_about(jo)
    jobs_before = len(waiting_jobs())
    together = Together()
    together.insert(call, event)
    together.defer(tidy.configure(task_kwargs={"timestamp": 1}))
    with CaptureQueriesContext(connection) as queries:
        together.write()
    assert len(queries) == 1
    stored = Call.objects.get(pk=call.pk)
    assert stored.note == "100 % “sure”? {} $1"
    assert Event.objects.get(pk=event.pk).data == {"note": "ä"}
    assert len(waiting_jobs()) == jobs_before + 1
    call.note = "changed"
    call.save()


def test_all_or_none_are_written(jo: Application, at_diner: Employer) -> None:
    call, event = rows_about(jo)
    write(event)
    with pytest.raises(IntegrityError), undoable():
        write(call, event)
    assert not Call.objects.exists()


def test_a_row_that_is_there_may_stay_as_it_is(jo: Application, at_diner: Employer) -> None:
    call, event = rows_about(jo)
    write(event)
    event.kind = "changed"
    write(call, event, unless_there=True)
    assert Call.objects.exists()
    assert Event.objects.get(pk=event.pk).kind == "call"


def test_a_new_row_refers_to_the_one_that_was_met(jo: Application, at_diner: Employer) -> None:
    together = Together()
    met = together.meet(Candidate(name="Other", email=jo.email), by="email")
    event = Event(about_id=met, kind="met", by="Rosa")
    together.insert(event)
    together.write()
    assert event.about_id == jo.candidate_id == Event.objects.get(pk=event.pk).about_id
    assert Candidate.objects.get().name == jo.name


def test_a_row_of_another_employer_is_refused(jo: Application, hospital: Employer) -> None:
    with jo.employer.scope():
        rows = rows_about(jo)
    with hospital.scope(), pytest.raises(OutsideEmployer):
        write(*rows)


def test_nothing_to_write_is_no_statement(at_diner: Employer) -> None:
    with CaptureQueriesContext(connection) as queries:
        Together().write()
    assert not queries.captured_queries


def test_a_prepared_statement_is_part_of_the_transaction_and_watched(diner: Employer) -> None:
    with transaction.atomic(), prepared_cursor() as cursor:
        cursor.execute("UPDATE accounts_employer SET name = $1 WHERE id = $2", ["New", diner.pk])
        transaction.set_rollback(True)
    diner.refresh_from_db()
    assert diner.name != "New"
    with pytest.raises(AssertionError, match="without employer_id"), prepared_cursor() as cursor:
        cursor.execute("SELECT count(*) FROM hiring_job WHERE id = $1", [diner.pk])
