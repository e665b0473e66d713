from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job, PolicyVersion
from sincerely.kernel import clock


def test_a_job_that_goes_by_its_employer_holds_no_policy(at_diner: Employer, cook: Job) -> None:
    row = PolicyVersion.objects.create(job=cook, published=None)
    assert PolicyVersion.objects.get(pk=row.pk).policy is None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT published IS NULL FROM hiring_policyversion WHERE employer_id = %s AND id = %s",
            [at_diner.pk, row.pk],
        )
        assert cursor.fetchone() == (True,)


def test_an_employer_cannot_go_by_nobodys_policy(at_diner: Employer) -> None:
    with pytest.raises(IntegrityError, match="policy_says_something"):
        PolicyVersion.objects.create(published=None)


def test_a_policy_cannot_end_before_it_starts(at_diner: Employer) -> None:
    now = clock.now()
    with pytest.raises(IntegrityError, match="policy_ends_after_start"):
        PolicyVersion.objects.create(
            in_force_from=now, in_force_until=now - dt.timedelta(seconds=1)
        )
