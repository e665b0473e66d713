from __future__ import annotations

import datetime as dt

import pytest

from sincerely.hiring.links import (
    BadLink,
    LinkIsOver,
    brief_token,
    closes_at,
    read_status_token,
    status_token,
)
from sincerely.hiring.models import Application
from sincerely.kernel.clock import clock_at, now


def test_both_kinds_of_link_lead_to_the_application(jo: Application) -> None:
    for token in (status_token(jo), brief_token(jo)):
        assert read_status_token(token) == (jo.employer_id, jo.pk)


def test_the_link_in_a_receipt_lasts_and_the_one_by_pin_half_an_hour(jo: Application) -> None:
    lasting, brief = status_token(jo), brief_token(jo)
    assert closes_at(lasting) is None
    assert closes_at(brief) is not None
    with clock_at(now() + dt.timedelta(minutes=31)):
        assert read_status_token(lasting) == (jo.employer_id, jo.pk)
        with pytest.raises(LinkIsOver):
            read_status_token(brief)


def test_nobody_makes_a_brief_link_last(jo: Application) -> None:
    text, _, signature = brief_token(jo).partition(".")
    lasting = status_token(jo).partition(".")[0]
    for forged in (f"{lasting}.{signature}", f"{text[:43]}.{signature}", f"{text}.x", text):
        with pytest.raises(BadLink):
            read_status_token(forged)
