from __future__ import annotations

import jsonschema
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Job, PolicyVersion


def test_the_policy_is_published_as_its_schema_says(visitor: Client, diner: Employer) -> None:
    answer = visitor.get("/e/blue-spoon/follow-up-policy.json")
    schema = visitor.get("/schemas/follow-up-policy.json").json()
    jsonschema.validate(answer.json(), schema)
    assert answer.json()["stance"] == "email_once"
    assert answer.json()["promise_days"]["Received"] == 5
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_job_publishes_a_policy_of_its_own(visitor: Client, cook: Job, diner: Employer) -> None:
    with diner.scope():
        PolicyVersion.objects.create(job=cook, published={"stance": "calls_welcome"})
    own = visitor.get("/e/blue-spoon/jobs/line-cook/follow-up-policy.json").json()
    general = visitor.get("/e/blue-spoon/follow-up-policy.json").json()
    assert (own["stance"], general["stance"]) == ("calls_welcome", "email_once")
    page = visitor.get("/e/blue-spoon/jobs/line-cook/").content.decode()
    assert "You are welcome to call once" in page


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
