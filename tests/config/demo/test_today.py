from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring import debts
from sincerely.hiring.models import Application
from sincerely.hiring.unreached_members import unreached_members

pytestmark = pytest.mark.django_db


def test_something_is_on_hold_and_at_the_hospital_a_reminder_came_back(tmp_path: Path) -> None:
    data.load(tmp_path)
    for employer in Employer.objects.all():
        with employer.scope():
            assert debts.on_hold(Application.objects.all()).exists()
            came_back = [each.membership.identity.name for each in unreached_members(employer)]
        assert came_back == (["Hugo"] if employer.slug == "st-brigid" else [])
