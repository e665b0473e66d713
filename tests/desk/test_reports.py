from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from sincerely.accounts.models import Employer, Identity
from sincerely.desk.report_figures import FIGURES
from sincerely.hiring.models import Application, Job, Stage
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at, now
from tests.desk.conftest import signed_in, text_of

REPORTS = "/desk/blue-spoon/reports/"
DAY = dt.timedelta(days=1)


def shown(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(text_of(response).split())


@pytest.fixture
def untold(jo: Application, rosa: Identity) -> Application:
    """Jo applied ten days ago; the answer was decided two days ago and has not been proven."""
    with jo.employer.scope():
        Application.objects.filter(pk=jo.pk).update(applied_at=now() - 10 * DAY)
        with clock_at(now() - 2 * DAY):
            jo.decline(by=rosa)
    return jo


def test_the_sentence_that_matters_comes_first(at_rosas_desk: Client, untold: Application) -> None:
    page = shown(at_rosas_desk.get(REPORTS))
    assert "1 person does not know yet how it ended." in page
    assert page.index("1 person does not know") < page.index("Promises kept")


def test_every_figure_has_its_words_its_table_and_its_file(
    at_rosas_desk: Client, untold: Application
) -> None:
    answer = at_rosas_desk.get(REPORTS)
    page = shown(answer)
    for figure in answer.context["figures"]:
        assert escape(figure.definition) in page
        assert f"/reports/{figure.slug}.csv?from=" in page
        assert figure.table[0]
    assert page.count('role="img"') == page.count("<title id=")
    assert [figure.slug for figure in answer.context["figures"]] == list(FIGURES)


@pytest.mark.parametrize("figure", list(FIGURES))
def test_a_figures_file_has_the_numbers_of_its_table(
    figure: str, at_rosas_desk: Client, untold: Application
) -> None:
    answer = at_rosas_desk.get(f"{REPORTS}{figure}.csv")
    header, *rows = csv.reader(answer.content.decode("utf-8-sig").splitlines())
    assert header == list(FIGURES[figure](_figures(untold.employer)).table[0])
    assert all(len(row) == len(header) for row in rows)


def _figures(employer: Employer) -> Any:
    from sincerely.hiring.figures import Figures
    from sincerely.hiring.period import Period

    today = clock.today(employer.time_zone)
    with employer.scope():
        return Figures(employer, Period(today - 89 * DAY, today, employer.time_zone))


def test_a_source_that_a_spreadsheet_would_run_does_not(
    at_rosas_desk: Client, cook: Job, apply: Callable[..., Application]
) -> None:
    apply(cook, source="=1+1")
    assert "'=1+1,1,0" in at_rosas_desk.get(f"{REPORTS}sources.csv").content.decode()
    apply(cook, name="Lee", email="lee@example.org", source="<b>bold")
    assert "<b>bold" not in shown(at_rosas_desk.get(REPORTS))


def test_an_unknown_figure_is_not_there(at_rosas_desk: Client, jo: Application) -> None:
    assert at_rosas_desk.get(f"{REPORTS}nonsense.csv").status_code == 404
    assert at_rosas_desk.get(f"{REPORTS}promises.csv?from=never").status_code == 404


def test_hugo_has_no_reports(at_hugos_desk: Client, hugos_job: Job) -> None:
    assert at_hugos_desk.get(REPORTS).status_code == 404
    assert at_hugos_desk.get(f"{REPORTS}promises.csv").status_code == 404
    assert REPORTS not in text_of(at_hugos_desk.get("/desk/blue-spoon/"))


def test_without_anybody_the_page_says_so(at_rosas_desk: Client, cook: Job) -> None:
    page = shown(at_rosas_desk.get(REPORTS))
    assert "Nothing to count in these days." in page
    assert '<svg class="chart"' not in page


def test_who_is_owed_a_word_is_shown_whatever_the_period(
    at_rosas_desk: Client, untold: Application
) -> None:
    page = shown(at_rosas_desk.get(f"{REPORTS}?from=2020-01-01&to=2020-01-31"))
    assert "1 person does not know yet how it ended." in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("from=never&to=2026-03-01", "Give both days, such as"),
        ("from=2026-03-02&to=2026-03-01", "The first day comes after the last."),
        ("from=1990-01-01&to=2026-03-01", "At most three years at once."),
        ("from=0001-01-01&to=0001-01-02", "At most three years at once."),
        ("from=9999-12-31&to=9999-12-31", "At most three years at once."),
        ("to=2026-03-01", "Give both days, such as"),
        ("job=gone", "There is no such job any more"),
    ],
)
def test_a_period_that_cannot_be_is_answered_with_the_usual_one(
    asked: str, says: str, at_rosas_desk: Client, jo: Application
) -> None:
    answer = at_rosas_desk.get(f"{REPORTS}?{asked}")
    assert says in shown(answer)
    assert answer.context["asked"].days == 90


@pytest.mark.parametrize("days", ["30", "90", "365"])
def test_three_lengths_are_one_click_away(days: str, at_rosas_desk: Client, jo: Any) -> None:
    answer = at_rosas_desk.get(REPORTS, {"days": days})
    assert answer.context["asked"].period.days == int(days)
    assert f'?days={days}" aria-current="true"' in text_of(answer)


def test_a_job_is_reported_alone(
    at_rosas_desk: Client, diner: Employer, jo: Application, rosa: Identity
) -> None:
    with diner.scope():
        Job.objects.create(title="Baker", slug="baker", recruiter=rosa)
    answer = at_rosas_desk.get(REPORTS, {"job": "baker"})
    assert "Nothing to count in these days." in shown(answer)
    assert "Of 1 application," in shown(at_rosas_desk.get(REPORTS, {"job": "line-cook"}))


def test_the_ledger_is_offered_to_admins(ada: Identity, at_rosas_desk: Client, jo: Any) -> None:
    assert "ledger.csv" in shown(signed_in(ada).get(REPORTS))
    assert "ledger.csv" not in shown(at_rosas_desk.get(REPORTS))


def test_the_page_takes_as_many_statements_for_three_as_for_one(
    at_rosas_desk: Client, jo: Application, apply: Callable[..., Application]
) -> None:
    at_rosas_desk.get(REPORTS)
    taken = []
    for name in ("", "Lee", "Kim"):
        if name:
            apply(jo.job, name=name, email=f"{name}@example.org")
        with CaptureQueriesContext(connection) as queries:
            at_rosas_desk.get(REPORTS)
        taken.append(len(queries))
    assert taken == [taken[0]] * 3
    assert taken[0] <= 11


def test_a_stage_that_was_archived_does_not_count_as_the_furthest(
    at_rosas_desk: Client, jo: Application, rosa: Identity
) -> None:
    with jo.employer.scope():
        gone = Stage.objects.create(
            name="Trial", public_name="Trial", position=9, archived_at=now()
        )
        jo.stage_entries.create(stage=gone, shown_at=now(), by="Rosa")
    *_, funnel = at_rosas_desk.get(REPORTS).context["figures"]
    assert ("Offer", 0, "0%") in funnel.table[1]
