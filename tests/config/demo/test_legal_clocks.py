from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.legal_clocks import deadlines, interviewed
from sincerely.hiring.models import Application
from sincerely.kernel import clock

pytestmark = pytest.mark.django_db


def test_in_toronto_one_legal_time_is_almost_over_and_one_is(tmp_path: Path) -> None:
    data.load(tmp_path)
    agency = Employer.objects.get(slug="loud-and-clear")
    with agency.scope():
        met = interviewed(Application.objects.all(), agency)
        found = deadlines(agency, [each.pk for each in met]).values()
    today = clock.today(agency.time_zone)
    left = sorted((deadline.day - today).days for deadline in found)
    assert left[0] < 0 < left[1] < 7
