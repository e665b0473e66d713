from __future__ import annotations

from pathlib import Path

import pytest

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.compose import contact_policy
from sincerely.hiring.models import Application, Job
from sincerely.hiring.policy_history import history
from sincerely.hiring.publishing import contact_sentences


@pytest.mark.django_db
def test_one_job_of_the_agency_has_its_own_policy_and_the_hospital_plans_a_change(
    tmp_path: Path,
) -> None:
    data.load(tmp_path)
    agency = Employer.objects.get(slug="loud-and-clear")
    with agency.scope():
        job = Job.objects.get(slug="press-assistant")
        assert "Please do not call" in contact_sentences(agency, job.pk)[0]
        assert "welcome to call" in contact_sentences(agency)[0]
        for application in Application.objects.for_page().filter(job=job):
            assert "Please do not call" in contact_policy(application)
    hospital = Employer.objects.get(slug="st-brigid")
    with hospital.scope():
        [planned] = history(hospital).coming
        assert "7 days" in planned.new[0]
