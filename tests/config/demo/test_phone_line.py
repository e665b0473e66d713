from __future__ import annotations

import json
from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.config.demo.phone_line import ENDED, MAY_ASK, MAY_NOT, NUMBER
from sincerely.hiring.contact_advice import contact_advice
from sincerely.hiring.models import Recording
from sincerely.hiring.phone_line import employer_called
from sincerely.hiring.pins import check_pin, pin_in
from sincerely.outbox.models import Message


@pytest.mark.django_db
def test_the_diner_has_a_line_with_people_to_try_and_a_voicemail_to_listen_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diner = [each for each in data.EMPLOYERS if each.slug == "blue-spoon"]
    monkeypatch.setattr(data, "EMPLOYERS", diner)
    data.load(tmp_path)
    employer = employer_called(NUMBER)
    assert employer == Employer.objects.get()
    tries = {each["why"]: each for each in json.loads((tmp_path / "demo-line.json").read_text())}
    assert set(tries) == {MAY_ASK, MAY_NOT, ENDED}
    with employer.scope():
        for why, each in tries.items():
            reference, pin = pin_in_groups(each["reference"]), pin_in(each["pin"])
            application = check_pin(reference, pin, caller="Jo")
            assert contact_advice(application).may_ask == (why == MAY_ASK)
            assert application.is_open == (why != ENDED)
        heard = Recording.objects.select_related("document", "follow_up").get()
        assert heard.document.open().read(4) == b"RIFF"
        assert heard.follow_up.counts
        assert not heard.follow_up.answered_at
        receipt = Message.objects.filter(kind="receipt").first()
        assert "The same by phone, at any hour: +1 212-555-0143" in receipt.text


def pin_in_groups(reference: str) -> str:
    return reference.replace(" ", "")
