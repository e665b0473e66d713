from __future__ import annotations

import pytest
from django.test import Client

from sincerely.accounts.models import Identity
from sincerely.hiring.models import Job, Question

pytestmark = pytest.mark.django_db
NEW = "/desk/blue-spoon/jobs/new/"


def posted(owner: Identity, questions: list[dict[str, str]] | None = None, **given: str) -> dict:
    questions = questions or []
    fields = {
        "title": "Pastry chef",
        "recruiter": str(owner.pk),
        "questions-TOTAL_FORMS": str(len(questions)),
        "questions-INITIAL_FORMS": "0",
    } | given
    for at, question in enumerate(questions):
        fields |= {f"questions-{at}-ORDER": str(at + 1)}
        fields |= {f"questions-{at}-{name}": value for name, value in question.items()}
    return fields


def the_job(employer, **wanted: str) -> Job:
    with employer.scope():
        return Job.objects.get(**wanted)


def test_a_new_job_is_a_draft_with_an_address_made_from_its_title(client: Client, diner, rosa):
    client.force_login(rosa)
    answer = client.post(NEW, posted(rosa, location="Harbour Street"))
    assert answer.headers["Location"] == "/desk/blue-spoon/jobs/pastry-chef/"
    job = the_job(diner, slug="pastry-chef")
    assert (job.state, job.location, job.recruiter_id) == ("draft", "Harbour Street", rosa.pk)


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Line cook", "line-cook-2"), ("New", "new-2"), ("厨师", "job"), ("x" * 150, "x" * 70)],
)
def test_an_address_is_never_taken_reserved_or_empty(client, rosa, cook, title, slug):
    client.force_login(rosa)
    assert client.post(NEW, posted(rosa, title=title)).status_code == 302
    assert the_job(cook.employer, title=title, slug=slug)


def test_another_title_keeps_the_address(client, rosa, cook):
    client.force_login(rosa)
    client.post("/desk/blue-spoon/jobs/line-cook/edit/", posted(rosa, title="Sous-chef"))
    assert the_job(cook.employer, slug="line-cook").title == "Sous-chef"


def test_questions_are_kept_in_order_changed_and_removed(client, rosa, cook):
    client.force_login(rosa)
    address = "/desk/blue-spoon/jobs/line-cook/edit/"
    first = [
        {"text": "Why us?", "kind": "long"},
        {"text": "Which shift?", "kind": "choice", "choices": "Early\nLate\n\nEarly"},
    ]
    assert client.post(address, posted(rosa, first)).status_code == 302
    with cook.employer.scope():
        why, shift = Question.objects.filter(job=cook)
    assert shift.choices == ["Early", "Late"]
    second = [
        {"id": str(why.pk), "text": "Why us?", "kind": "long", "DELETE": "on"},
        {"id": str(shift.pk), "text": "Your shift?", "kind": "choice", "choices": "Early\nLate"},
        {"text": "A licence?", "kind": "yes_no", "required": "on"},
    ]
    fields = posted(rosa, second) | {"questions-1-ORDER": "3", "questions-2-ORDER": "2"}
    assert client.post(address, fields).status_code == 302
    with cook.employer.scope():
        kept = list(Question.objects.filter(job=cook).values_list("text", "required"))
        assert Question.objects.get(pk=shift.pk).text == "Your shift?"
    assert kept == [("A licence?", True), ("Your shift?", False)]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"text": "", "kind": "choice", "choices": "A\nB"}, "Write the question."),
        ({"text": "Shift?", "kind": "choice", "choices": "Early"}, "at least two choices"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_and_kept(client, rosa, cook, question, said):
    client.force_login(rosa)
    page = client.post(NEW, posted(rosa, [question], title="Typed with care"))
    assert said in page.content.decode()
    assert "Typed with care" in page.content.decode()


def test_a_row_that_was_added_and_left_blank_is_no_question(client, rosa, cook):
    client.force_login(rosa)
    blank = [{"text": "", "kind": "short"}, {"text": "Why us?", "kind": "long"}]
    assert client.post(NEW, posted(rosa, blank)).status_code == 302
    with cook.employer.scope():
        assert [question.text for question in Question.objects.all()] == ["Why us?"]


def test_nobody_from_another_employer_can_own_or_decide(client, rosa, cook, mallory):
    client.force_login(rosa)
    assert client.post(NEW, posted(mallory)).status_code == 200
    assert client.post(NEW, posted(rosa, team=str(mallory.pk))).status_code == 200
    with cook.employer.scope():
        assert Job.objects.count() == 1


def test_who_decides_is_put_on_the_team_and_taken_off(client, rosa, hugo, cook):
    address = "/desk/blue-spoon/jobs/line-cook/edit/"
    client.force_login(rosa)
    client.post(address, posted(rosa, team=str(hugo.pk)))
    client.force_login(hugo)
    assert client.get("/desk/blue-spoon/jobs/line-cook/").status_code == 200
    client.force_login(rosa)
    client.post(address, posted(rosa))
    client.force_login(hugo)
    assert client.get("/desk/blue-spoon/jobs/line-cook/").status_code == 404


def test_hugo_writes_no_jobs(client, hugo):
    client.force_login(hugo)
    assert client.get(NEW).status_code == 404
    assert client.post(NEW, {}).status_code == 404
