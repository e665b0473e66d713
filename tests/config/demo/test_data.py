from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.config.demo import data
from sincerely.hiring.compose import contact_policy
from sincerely.hiring.models import Application, Job
from sincerely.hiring.policy_history import history
from sincerely.hiring.publishing import contact_sentences
from sincerely.kernel.tenancy import across_employers
from sincerely.outbox.models import Message


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


@pytest.mark.django_db
def test_somebody_is_reminded_and_the_link_in_the_mail_opens(tmp_path: Path) -> None:
    data.load(tmp_path)
    with across_employers():
        mails = list(Message.objects.filter(kind="reminder"))
    links = [link for mail in mails for link in re.findall(r"\S+(/desk/word/\S+)", mail.text)]
    assert Client().get(links[0]).status_code == 200
