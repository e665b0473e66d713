from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.models import Interview
from sincerely.hiring.status import status_of


@pytest.mark.django_db
def test_one_waits_for_a_pick_one_is_tomorrow_and_one_took_place(tmp_path: Path) -> None:
    data.load(tmp_path)
    for slug in ("blue-spoon", "st-brigid"):
        with Employer.objects.get(slug=slug).scope():
            found = list(Interview.objects.for_page())
            assert [bool(each.took_place_at) for each in found].count(True) == 1
            assert [each.starts_at is None for each in found].count(True) == 1
            ahead = [each for each in found if each.starts_at and not each.took_place_at]
            assert len(ahead) == 1
            assert status_of(ahead[0].application).interview == ahead[0]
