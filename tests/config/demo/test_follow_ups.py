from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.figures import Figures
from sincerely.hiring.models import FollowUp
from sincerely.hiring.period import Period
from sincerely.hiring.responsiveness import responsiveness_of
from sincerely.kernel import clock
from sincerely.outbox.models import Message


@pytest.mark.django_db
def test_the_demos_reports_have_something_to_show(tmp_path: Path) -> None:
    data.load(tmp_path)
    for employer in Employer.objects.all():
        today = clock.today(employer.time_zone)
        period = Period(today - dt.timedelta(days=365), today, employer.time_zone)
        with employer.scope():
            of = Figures(employer, period)
            assert of.promises().kept
            assert of.answers().answered
            assert not Message.objects.unsent().filter(kind="answer").exists()
    with Employer.objects.get(slug="st-brigid").scope():
        assert FollowUp.objects.count() >= 4
    diner = Employer.objects.get(slug="blue-spoon")
    with diner.scope():
        assert diner.publishes_responsiveness
        assert any(each.number for each in responsiveness_of(diner).statements)
