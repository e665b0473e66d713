from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.links import BadLink, LinkIsOver, status_token
from sincerely.hiring.models import Application, Job
from sincerely.hiring.referral_links import (
    REFER_DAYS,
    Purpose,
    read_token,
    refer_link,
    token_of,
)
from sincerely.kernel import clock
from sincerely.kernel.clock import clock_at


def refer_token(job: Job) -> str:
    return urlsplit(refer_link(job)).path.rstrip("/").rpartition("/")[2]


def test_a_link_to_refer_ends_by_itself(cook: Job) -> None:
    token = refer_token(cook)
    for days, ended in ((0, False), (REFER_DAYS, False), (REFER_DAYS + 1, True)):
        with clock_at(clock.now() + dt.timedelta(days=days)):
            if ended:
                with pytest.raises(LinkIsOver):
                    read_token(Purpose.REFER, cook.employer, token)
            else:
                assert read_token(Purpose.REFER, cook.employer, token) == cook.pk


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_token_is_good_for_its_purpose_and_its_employer_alone(
    cook: Job, hospital: Employer, purpose: Purpose
) -> None:
    token = token_of(purpose, cook)
    assert read_token(purpose, cook.employer, token) == cook.pk
    with pytest.raises(BadLink):
        read_token(purpose, hospital, token)
    for other in set(Purpose) - {purpose}:
        with pytest.raises(BadLink):
            read_token(other, cook.employer, token)


def test_a_damaged_or_foreign_token_is_refused(
    cook: Job, jo: Application, refer: Callable[..., object]
) -> None:
    token = refer_token(cook)
    ended_later = token_of(Purpose.REFER, cook)  # without its day, it is another signature
    assert ended_later.partition(".")[2] != token.partition(".")[2]
    cut = token.partition(".")[0] + "." + ended_later.partition(".")[2]
    for wrong in ("", "x", token[:-1], token[1:], cut, status_token(jo), "ä" * 40, "." * 200):
        with pytest.raises(BadLink):
            read_token(Purpose.REFER, cook.employer, wrong)
