from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.models import Application
from sincerely.inbound.models import InboundMail


@pytest.mark.django_db
def test_mail_came_to_the_diner_and_some_of_it_waits_for_a_person(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.APPLY_DOMAIN, settings.REPLY_DOMAIN = "jobs.localhost", "replies.localhost"
    data.load(tmp_path)
    diner = Employer.objects.get(slug="blue-spoon")
    with diner.scope():
        noor = Application.objects.for_page().get(source="E-mail")
        assert noor.document.name == "Noor CV.txt"
        assert noor.receipt.state == "delivered"
    waiting = InboundMail.objects.for_a_person()
    assert {mail.kind for mail in waiting.of(diner)} == {"reply", "application"}
    assert [mail.kind for mail in waiting.of(None)] == ["support"]
