from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from sincerely.accounts.models import Employer, Identity
from sincerely.config.demo import data
from sincerely.hiring.links import status_token
from sincerely.hiring.models import Application
from sincerely.support.models import Incident
from tests.careers.conftest import text_of
from tests.desk.conftest import signed_in


@pytest.mark.django_db
def test_every_page_about_incidents_has_something_to_show(tmp_path: Path) -> None:
    data.load(tmp_path)
    waits = Incident.objects.waiting().get(escalated_at=None)
    left_alone = Incident.objects.waiting().get(escalated_at__isnull=False)
    hospital = Employer.objects.get(slug="st-brigid")
    with hospital.scope():
        application = Application.objects.for_page().get(pk=waits.application_key)
    page = text_of(Client().get(f"/a/{status_token(application)}/"))
    assert "Support answers you by" in page
    assert waits.code in page
    desk = signed_in(Identity.objects.get(is_operator=True))
    page = text_of(desk.get("/operator/"))
    assert "Two people wait for an answer." in page
    assert "Failed, and nobody wrote" in page
    assert "Solved" in page
    rosa = signed_in(Identity.objects.get(email="rosa@loud-and-clear.example"))
    today = text_of(rosa.get("/desk/loud-and-clear/"))
    assert f"Help {left_alone.name}, whom our system failed" in today
