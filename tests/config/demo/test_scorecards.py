from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.models import Application, Scorecard
from sincerely.hiring.scoring import owed_by

pytestmark = pytest.mark.django_db


def test_each_employer_has_cards_to_read_and_cards_that_are_owed(tmp_path: Path) -> None:
    data.load(tmp_path)
    for employer in Employer.objects.all():
        with employer.scope():
            manager = employer.memberships.get(role="hiring_manager").identity
            assert Scorecard.objects.exists()
            assert owed_by(manager, Application.objects.all()).exists()
