from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.models import FollowUp
from sincerely.hiring.models.follow_up import Topic
from sincerely.kernel import clock


@pytest.mark.django_db
def test_somebody_waits_for_a_person_and_somebody_may_ask_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "EMPLOYERS", [each for each in data.EMPLOYERS if each.slowness > 0.4])
    data.load(tmp_path)
    employer = Employer.objects.get()
    with employer.scope():
        today = clock.today(employer.time_zone)
        waiting = dict(FollowUp.objects.waiting().values_list("topic", "answer_by"))
        assert waiting[Topic.QUESTION] < today
        assert waiting[Topic.ADJUSTMENT] >= today
        by_itself = FollowUp.objects.filter(topic=Topic.STATUS, answered_by="sincerely")
        assert by_itself.exclude(given_back_at=None).exists()
