from __future__ import annotations

import pytest
from django.conf import LazySettings

from sincerely.accounts.models import Employer
from sincerely.hiring.apply_addresses import apply_address, job_named_in, place_of
from sincerely.hiring.models import Job


@pytest.fixture(autouse=True)
def domain(settings: LazySettings) -> None:
    settings.APPLY_DOMAIN = "jobs.example"


def test_an_address_leads_back_to_its_job(cook: Job) -> None:
    assert apply_address(cook.employer, cook) == "blue-spoon+line-cook@jobs.example"
    place = place_of(["x@y.z", "Blue-Spoon+LINE-COOK@Jobs.Example"])
    assert place is not None
    assert (place.employer, place.job) == (cook.employer, cook)


@pytest.mark.parametrize("length", [30, 53, 54, 80])
def test_however_long_a_slug_is_the_address_fits_and_leads_back(
    at_diner: Employer, length: int
) -> None:
    jobs = [Job.objects.create(title="Cook", slug="c" * (length - 1) + end) for end in "ab"]
    for job in jobs:
        job.open(by="Rosa")
        address = apply_address(at_diner, job)
        assert len(address.partition("@")[0]) <= 64
        place = place_of([address])
        assert place is not None
        assert place.job == job


def test_where_no_job_fits_the_employers_own_address_is_given(at_diner: Employer) -> None:
    at_diner.slug = "e" * 60
    at_diner.save()
    job = Job.objects.create(title="Cook", slug="line-cook")
    assert apply_address(at_diner, job) == f"{'e' * 60}@jobs.example"


def test_a_job_of_another_employer_is_not_found(cook: Job, hospital: Employer) -> None:
    place = place_of(["st-brigid+line-cook@jobs.example"])
    assert place is not None
    assert place.job is None


def test_of_titles_within_each_other_the_longest_is_meant(at_diner: Employer) -> None:
    jobs = [Job(title="Cook"), Job(title="Line cook"), Job(title="Baker")]
    assert job_named_in("Re: Line Cook, evenings", jobs) == jobs[1]
    assert job_named_in("Cookery", jobs) is None
    assert job_named_in("Baker or line cook?", [jobs[0], jobs[2]]) == jobs[2]
    assert job_named_in("", jobs) is None
