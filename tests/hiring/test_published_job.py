from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job, Question
from sincerely.hiring.published_job import published_job


def test_a_job_comes_as_the_models_would_read_it(cook: Job, diner: Employer) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = published_job("blue-spoon", "line-cook")
        assert found
        assert (found.employer.name, found.recruiter.name) == ("Blue Spoon Diner", "Rosa")
    assert len(queries) == 1
    for model, one, other in ((Job, found, cook), (Employer, found.employer, diner)):
        for field in model._meta.concrete_fields:
            assert getattr(one, field.attname) == getattr(other, field.attname), field
    with diner.scope():
        found.title = "Cook"
        found.save()
        assert Job.objects.get().title == "Cook"


def test_its_questions_come_in_their_order(cook: Job, diner: Employer) -> None:
    with diner.scope():
        Question.objects.create(job=cook, text="Second?", position=2)
        Question.objects.create(job=cook, text="First?", position=1, choices=["a", "b"])
    found = published_job("blue-spoon", "line-cook")
    assert found
    assert [(each["text"], each["choices"]) for each in found.asked] == [
        ("First?", ["a", "b"]),
        ("Second?", []),
    ]


def test_a_job_without_a_recruiter_has_none(diner: Employer) -> None:
    with diner.scope():
        Job.objects.create(title="Server", slug="server", state="paused")
    found = published_job("blue-spoon", "server")
    assert found
    assert found.recruiter is None


@pytest.mark.parametrize("employer", ["blue-spoon", "st-brigid", "nobody"])
@pytest.mark.parametrize("slug", ["secret", "nothing", ""])
def test_a_draft_and_what_is_not_there_are_not_found(
    employer: str, slug: str, cook: Job, diner: Employer, hospital: Employer
) -> None:
    with diner.scope():
        Job.objects.create(title="Secret", slug="secret")
    assert published_job(employer, slug) is None
    assert published_job("st-brigid", "line-cook") is None
