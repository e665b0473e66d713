from __future__ import annotations

import datetime as dt
from typing import Any

import jsonschema
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job, PolicyVersion
from sincerely.kernel.clock import clock_at

JOB_POLICY = "/e/blue-spoon/jobs/line-cook/follow-up-policy.json"


def test_the_policy_is_published_as_its_schema_says(visitor: Client, diner: Employer) -> None:
    answer = visitor.get("/e/blue-spoon/follow-up-policy.json")
    schema = visitor.get("/schemas/follow-up-policy.json").json()
    jsonschema.validate(answer.json(), schema)
    assert answer.json()["stance"] == "email_once"
    assert answer.json()["promise_days"]["Received"] == 5
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def schema_of(visitor: Client) -> dict[str, Any]:
    found: dict[str, Any] = visitor.get("/schemas/follow-up-policy.json").json()
    return found


@pytest.mark.parametrize("name", ["facts", "verdict", "follow-up-policy"])
def test_every_schema_has_an_address_for_any_program(name: str, visitor: Client) -> None:
    answer = visitor.get(f"/schemas/{name}.json")
    assert answer.json()["$id"] == f"/schemas/{name}.json"
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("name", ["other", "..%2Ffacts", "facts.json", "%00"])
def test_another_schema_is_not_there(name: str, visitor: Client) -> None:
    assert visitor.get(f"/schemas/{name}.json").status_code == 404


def test_a_job_publishes_a_policy_of_its_own(visitor: Client, cook: Job, diner: Employer) -> None:
    with diner.scope():
        own = {"stance": "calls_welcome", "phone": "+1 202 555 0123"}
        PolicyVersion.objects.create(job=cook, published=own)
    answer = visitor.get(JOB_POLICY)
    jsonschema.validate(answer.json(), schema_of(visitor))
    general = visitor.get("/e/blue-spoon/follow-up-policy.json").json()
    assert (answer.json()["stance"], general["stance"]) == ("calls_welcome", "email_once")
    assert answer.json()["phone"] == "+1 202 555 0123"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=300" in answer.headers["Cache-Control"]


def test_pages_tell_other_programs_where_the_policy_is(visitor: Client, cook: Job) -> None:
    assert f'href="{JOB_POLICY}"' in visitor.get("/e/blue-spoon/jobs/line-cook/").content.decode()
    page = visitor.get("/e/blue-spoon/").content.decode()
    assert 'href="/e/blue-spoon/follow-up-policy.json"' in page


def test_a_published_policy_says_from_when_and_until_when_it_stands(
    visitor: Client, cook: Job, diner: Employer
) -> None:
    """The job has its own policy from 1 to 10 January, and goes by its employer's before and
    after; the days are those of New York."""
    diner_day = dt.datetime(2027, 1, 1, 5, tzinfo=dt.UTC)
    with diner.scope():
        PolicyVersion.objects.update(in_force_from=dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC))
        PolicyVersion.objects.create(
            job=cook,
            published={"stance": "calls_welcome"},
            in_force_from=diner_day,
            in_force_until=diner_day + dt.timedelta(days=10) - dt.timedelta.resolution,
        )
    spans = {}
    for on in (diner_day - dt.timedelta(days=1), diner_day, diner_day + dt.timedelta(days=10)):
        with clock_at(on):
            document = visitor.get(JOB_POLICY).json()
        jsonschema.validate(document, schema_of(visitor))
        spans[document.get("since")] = (document["stance"], document.get("until"))
    assert spans == {
        "2026-11-01": ("email_once", "2026-12-31"),
        "2027-01-01": ("calls_welcome", "2027-01-10"),
        "2027-01-11": ("email_once", None),
    }


def test_a_number_that_nobody_may_call_is_not_published(visitor: Client, diner: Employer) -> None:
    with diner.scope():
        kept = {"phone": "+1 202 555 0123", "phone_hours": ["Mon 09:00-10:00"]}
        PolicyVersion.objects.create(published=kept)
    document = visitor.get("/e/blue-spoon/follow-up-policy.json").json()
    assert "phone" not in document
    assert "phone_hours" not in document


def test_the_days_of_each_stage_are_published_as_they_are_kept(
    visitor: Client, diner: Employer
) -> None:
    """Whatever a policy says of them: the stages are where they are made."""
    with diner.scope():
        PolicyVersion.objects.create(published={"promise_days": {"Received": 90}})
    document = visitor.get("/e/blue-spoon/follow-up-policy.json").json()
    assert document["promise_days"]["Received"] == 5


def test_a_program_that_asks_again_is_told_that_nothing_changed(
    visitor: Client, cook: Job, diner: Employer
) -> None:
    tag = visitor.get(JOB_POLICY).headers["ETag"]
    assert visitor.get(JOB_POLICY, headers={"If-None-Match": tag}).status_code == 304
    with diner.scope():
        PolicyVersion.objects.create(job=cook, published={"wait_days": 3})
    assert visitor.get(JOB_POLICY, headers={"If-None-Match": tag}).status_code == 200


def test_the_policy_of_a_draft_is_not_published(visitor: Client, diner: Employer) -> None:
    with diner.scope():
        Job.objects.create(title="Baker", slug="baker")
    assert visitor.get("/e/blue-spoon/jobs/baker/follow-up-policy.json").status_code == 404


def test_an_employers_colour_is_kept_for_a_year_under_its_own_address(
    visitor: Client, diner: Employer
) -> None:
    page = visitor.get("/e/blue-spoon/").content.decode()
    address = page.split('href="/e/blue-spoon/look.css')[1].split('"')[0]
    answer = visitor.get(f"/e/blue-spoon/look.css{address}")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert b"--accent-hue" in answer.content
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "max-age=300" in visitor.get("/e/blue-spoon/look.css").headers["Cache-Control"]


def test_a_logo_is_served_as_what_it_is(visitor: Client, diner: Employer) -> None:
    assert visitor.get("/e/blue-spoon/logo").status_code == 404
    for content, kind in ((b"\x89PNG\r\n\x1a\n...", "image/png"), (b"<svg onload=x>", None)):
        diner.logo = default_storage.save(f"{diner.pk}/logo-{kind}", ContentFile(content))
        diner.save()
        answer = visitor.get("/e/blue-spoon/logo")
        assert answer.headers.get("Content-Type") == kind or answer.status_code == 404
    diner.logo = "gone"
    diner.save()
    assert visitor.get("/e/blue-spoon/logo").status_code == 404
