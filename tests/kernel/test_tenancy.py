from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Application, Call, Closure, Job, Stage
from sincerely.kernel.tenancy import OutsideEmployer, across_employers


def statements(work: object) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        work()  # type: ignore[operator]
    return [query["sql"] for query in queries]


def test_outside_an_employer_a_manager_raises_and_never_returns_all(jo: Application) -> None:
    with pytest.raises(OutsideEmployer):
        Application.objects.count()
    with pytest.raises(OutsideEmployer):
        jo.save()
    with pytest.raises(OutsideEmployer):
        jo.job.applications.count()


def test_in_another_employers_scope_rows_are_not_there(jo: Application, hospital: Employer) -> None:
    with hospital.scope():
        assert not Application.objects.filter(pk=jo.pk).exists()
        assert jo.employer.applications.count() == 0
        with pytest.raises(OutsideEmployer):
            jo.save()
        with pytest.raises(OutsideEmployer):
            jo.delete()


def test_a_row_can_never_refer_to_another_employers_row(
    jo: Application, hospital: Employer, at_diner: Employer
) -> None:
    with hospital.scope():
        strange = Stage.objects.order_by("position")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=jo.pk).update(stage_id=strange.pk)


def test_across_employers_one_may_read_but_not_write(jo: Application, hospital: Employer) -> None:
    with across_employers():
        assert list(Application.objects.values_list("employer_id", "id")) == [
            (jo.employer_id, jo.pk)
        ]
        with pytest.raises(OutsideEmployer):
            jo.save()


def test_the_employer_is_in_each_update_and_delete(jo: Application, at_diner: Employer) -> None:
    call = jo.log_call(Call.Kind.CALL, by="Rosa")
    for sql in statements(jo.save) + statements(call.delete):
        assert sql.count("employer_id") >= 1
        assert f"\"employer_id\" = '{at_diner.pk.hex}'" in sql


def test_the_employer_is_in_each_join_and_look_up(jo: Application, at_diner: Employer) -> None:
    (join,) = statements(lambda: list(Application.objects.select_related("job", "stage")))
    assert join.count('"."employer_id" = ("hiring_application"."employer_id")') == 2
    (outer,) = statements(lambda: list(Application.objects.filter(closures__reason="hired")))
    assert '"hiring_closure"."employer_id"' in outer
    fresh = Application.objects.get(pk=jo.pk)
    (forward,) = statements(lambda: fresh.job)
    assert '"hiring_job"."employer_id" = ' in forward
    (prefetch, _) = statements(lambda: list(Job.objects.prefetch_related("applications")))[::-1]
    assert '"hiring_application"."employer_id" = ' in prefetch


def test_a_locked_row_is_read_afresh(jo: Application, at_diner: Employer) -> None:
    Application.objects.filter(pk=jo.pk).update(name="Joanna Smith")
    with transaction.atomic():
        (sql,) = statements(jo.lock)
    assert "FOR UPDATE" in sql
    assert jo.name == "Joanna Smith"


def test_one_row_for_each_row_is_kept_by_the_database(jo: Application, rosa: object) -> None:
    with jo.employer.scope():
        jo.decline(by=rosa)
        with pytest.raises(IntegrityError), transaction.atomic():
            Closure.objects.create(application=jo, reason="hired", by="Rosa", shown_at=jo.ended_at)
