from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.models import Application, Referral, Vouch
from sincerely.hiring.models.vouch import VouchState
from sincerely.kernel import clock
from sincerely.outbox.models import Message


@pytest.mark.django_db
def test_the_demo_has_one_vouched_one_waiting_and_one_probably(tmp_path: Path) -> None:
    data.load(tmp_path)
    hospital = Employer.objects.get(slug="st-brigid")
    today = clock.today(hospital.time_zone)
    with hospital.scope():
        states = {vouch.referral.name: vouch.state(today) for vouch in Vouch.objects.all()}
        assert sorted(states.values()) == [VouchState.STANDING, VouchState.WAITING]
        (vouched,) = (name for name, state in states.items() if state == VouchState.STANDING)
        applicant = Application.objects.open().get(name=vouched, job__slug="ward-nurse")
        assert Vouch.objects.standing(applicant, today)
        assert Referral.objects.filter(certainty="probably", vouches=None).count() == 1
        waiting = Message.objects.unsent().filter(kind="vouch_request")
        assert [message.to_name for message in waiting] == ["Hugo"]
        assert not Message.objects.unsent().filter(kind__in=("vouched", "vouch_given")).exists()
