from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, Call
from sincerely.kernel.models import Event
from sincerely.kernel.rows import insert_together
from sincerely.kernel.tenancy import OutsideEmployer


def rows_about(application: Application) -> list[Call | Event]:
    call = Call(application=application, kind="call", by="Rosa", note="100 % “sure”?")
    return [call, Event(about_id=application.pk, kind="call", by="Rosa", data={"note": "ä"})]


def test_rows_of_two_tables_are_inserted_in_one_statement(
    jo: Application, at_diner: Employer
) -> None:
    rows = rows_about(jo)
    with CaptureQueriesContext(connection) as queries:
        insert_together(rows)
    assert len(queries) == 1
    call = Call.objects.get(pk=rows[0].pk)
    assert call.note == "100 % “sure”?"
    assert Event.objects.get(pk=rows[1].pk).data == {"note": "ä"}
    call.note = "changed"
    rows[0].save()


def test_all_or_none_are_inserted(jo: Application, at_diner: Employer) -> None:
    call, event = rows_about(jo)
    insert_together([event])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together([call, event])
    assert not Call.objects.exists()


def test_a_row_of_another_employer_is_refused(jo: Application, hospital: Employer) -> None:
    with jo.employer.scope():
        rows = rows_about(jo)
    with hospital.scope(), pytest.raises(OutsideEmployer):
        insert_together(rows)
