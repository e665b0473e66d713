"""Whom our system failed is a debt of the employer's only when support stays silent."""

from __future__ import annotations

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Application, Failure
from sincerely.kernel.clock import clock_at
from sincerely.support.models import Incident
from sincerely.support.noting import note
from tests.desk.conftest import signed_in, text_of
from tests.support.conftest import DAY, TUESDAY, failed, tell

TODAY = "/desk/blue-spoon/"


@pytest.fixture
def incident(jo: Application) -> Incident:
    with clock_at(TUESDAY):
        known = note(failed(job="line-cook", application_id=jo.pk, email=jo.email))
        assert known
        return tell(known.code)


def address(incident: Incident) -> str:
    return f"/desk/blue-spoon/incidents/{incident.pk}/"


def test_while_support_has_time_it_is_no_debt_here(
    at_rosas_desk: Client, incident: Incident
) -> None:
    with clock_at(TUESDAY):
        assert "our system failed" not in text_of(at_rosas_desk.get(TODAY))
        assert at_rosas_desk.get(address(incident)).status_code == 404


def test_an_escalated_one_is_a_debt_and_helping_pays_it(
    at_rosas_desk: Client, incident: Incident, jo: Application
) -> None:
    with clock_at(TUESDAY + 3 * DAY):
        incident.escalate()
        assert "Help Jo Smith, whom our system failed" in text_of(at_rosas_desk.get(TODAY))
        page = text_of(at_rosas_desk.get(address(incident)))
        assert "I pressed send." in page
        assert incident.code in page
        assert at_rosas_desk.get(f"{address(incident)}settlement/").status_code == 302
        done = at_rosas_desk.post(
            f"{address(incident)}settlement/", {"note": "Called."}, follow=True
        )
        assert "Support knows that it is solved." in text_of(done)
        assert "whom our system failed" not in text_of(at_rosas_desk.get(TODAY))
        again = at_rosas_desk.post(f"{address(incident)}settlement/", follow=True)
        assert "solved already" in text_of(again)
    with jo.employer.scope():
        assert Failure.objects.get().solved_at


def test_it_is_nothing_for_a_hiring_manager_or_another_employer(
    incident: Incident, hugo: Identity, mallory: Identity
) -> None:
    with clock_at(TUESDAY + 3 * DAY):
        incident.escalate()
    for identity in (hugo, mallory):
        client = signed_in(identity)
        assert client.get(address(incident)).status_code == 404
        assert client.post(f"{address(incident)}settlement/").status_code == 404


def test_the_call_card_says_that_the_fault_is_not_theirs(
    at_rosas_desk: Client, incident: Incident, jo: Application
) -> None:
    with clock_at(TUESDAY + 3 * DAY):
        incident.escalate()
        card = text_of(at_rosas_desk.get(f"/desk/blue-spoon/applications/{jo.reference}/call/"))
    assert "Our system failed them" in card
    assert f"Their code is {incident.code}." in card
