"""The support desk: for who hosts, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Job
from sincerely.kernel.clock import clock_at
from sincerely.outbox.models import Message
from sincerely.support.models import Incident
from sincerely.support.noting import note
from tests.careers.conftest import text_of
from tests.desk.conftest import signed_in
from tests.support.conftest import DAY, TUESDAY, failed, tell


@pytest.fixture
def at_support(db: None) -> Client:
    operator = Identity.objects.create_user("support@host.example", name="Ada", is_operator=True)
    return signed_in(operator)


@pytest.fixture
def incident(jo: Application) -> Incident:
    with clock_at(TUESDAY):
        known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email))
        assert known
        return tell(known.code)


def pages(incident: Incident) -> list[str]:
    one = f"/operator/incidents/{incident.code}/"
    return ["/operator/", "/operator/find/?code=K7X-4QD", one, f"{one}replies/", f"{one}solution/"]


def test_it_is_not_there_for_members_of_employers(
    incident: Incident, rosa: Identity, mallory: Identity
) -> None:
    for identity in (rosa, mallory):
        client = signed_in(identity)
        assert {client.get(page).status_code for page in pages(incident)} == {404}
        assert {client.post(page).status_code for page in pages(incident)} == {404}


def test_who_is_not_signed_in_is_asked_to(incident: Incident) -> None:
    for page in pages(incident):
        assert Client().get(page)["Location"].startswith("/accounts/login/")


def test_the_operator_lands_here(at_support: Client) -> None:
    assert at_support.get("/desk/")["Location"] == "/operator/"


def test_nobody_waits(at_support: Client) -> None:
    page = text_of(at_support.get("/operator/"))
    assert "Nobody waits for an answer." in page
    assert "Every question has its answer." in page


def test_who_waits_longest_stands_first_and_late_is_said_in_words(
    at_support: Client, incident: Incident, cook: Job
) -> None:
    with clock_at(TUESDAY + 2 * DAY):
        tell(name="Ann Lee", email="ann@example.org")
        note(failed(name="Sam Okafor"))
        page = text_of(at_support.get("/operator/"))
    assert "Two people wait for an answer." in page
    assert page.index("Answer Jo Smith") < page.index("Answer Ann Lee")
    assert "1 day late" in page
    assert "I pressed send." in page
    assert page.index("Failed, and nobody wrote") < page.index("Sam Okafor")


def test_the_list_takes_as_many_statements_for_three_as_for_one(
    at_support: Client, incident: Incident, cook: Job
) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            at_support.get("/operator/")
        counts.append(len(seen))
        for number in range(2):
            tell(note(failed(job="line-cook")).code, email=f"a{number}@example.org")  # type: ignore[union-attr]
            note(failed())
    assert counts[0] == counts[1]


def test_a_code_that_is_read_out_is_found(at_support: Client, incident: Incident) -> None:
    found = at_support.get("/operator/find/", {"code": incident.code.lower().replace("-", " ")})
    assert found["Location"] == f"/operator/incidents/{incident.code}/"
    assert at_support.get("/operator/find/", {"code": "<b>"})["Location"] == "/operator/"


def test_the_trail_stands_on_its_page(
    at_support: Client, incident: Incident, jo: Application
) -> None:
    page = text_of(at_support.get(f"/operator/incidents/{incident.code}/"))
    assert "OSError: No space left on device" in page
    assert "I pressed send." in page
    assert jo.reference in page
    assert "Line cook" in page


def test_an_answer_is_sent_and_can_solve_it(
    at_support: Client, incident: Incident, jo: Application
) -> None:
    address = f"/operator/incidents/{incident.code}/"
    refused = at_support.post(f"{address}replies/", {"text": " ", "solves": "on"})
    assert refused.status_code == 422
    assert "Write what they should know." in text_of(refused)
    sent = at_support.post(f"{address}replies/", {"text": "It is mended.", "solves": "on"})
    assert sent["Location"] == "/operator/"
    with jo.employer.scope():
        assert Message.objects.filter(kind="support_reply").count() == 1
    incident.refresh_from_db()
    assert incident.solved_at
    assert "Queued" in text_of(at_support.get(address))


def test_who_waits_cannot_be_ticked_off(at_support: Client, incident: Incident) -> None:
    address = f"/operator/incidents/{incident.code}/"
    answer = at_support.post(f"{address}solution/", {"note": "Done"}, follow=True)
    assert "They asked, so they get an answer." in text_of(answer)
    incident.refresh_from_db()
    assert incident.waits


def test_what_nobody_asked_about_can_be_solved_with_a_note(at_support: Client, cook: Job) -> None:
    known: Any = note(failed())
    address = f"/operator/incidents/{known.code}/"
    at_support.post(f"{address}solution/", {"note": "A full disk."})
    assert "A full disk." in text_of(at_support.get(address))


def test_a_get_of_an_action_changes_nothing(at_support: Client, incident: Incident) -> None:
    for name in ("replies", "solution"):
        assert at_support.get(f"/operator/incidents/{incident.code}/{name}/").status_code == 200
    incident.refresh_from_db()
    assert incident.waits
