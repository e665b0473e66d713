from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sincerely.accounts.models import Employer, Identity
from sincerely.hiring.models import Application, Job, PolicyVersion
from sincerely.kernel.ids import uuid7
from tests.careers.conftest import applications, files_of_the_test
from tests.careers.test_at_once import fifty_at_once
from tests.careers.test_failures import FullDisk
from tests.desk.conftest import signed_in, text_of

__all__ = ["files_of_the_test"]
FRONT_DESK = "/desk/blue-spoon/front-desk/"
JPEG = b"\xff\xd8\xff\xe0 a photo of a paper"
Send = Callable[..., HttpResponse]


@pytest.fixture
def send(at_rosas_desk: Client, cook: Job) -> Send:
    def post(client: Client = at_rosas_desk, **given: Any) -> HttpResponse:
        fields = {"job": "line-cook", "source": "walk-in", "name": "Bo Lee"} | given
        fields.setdefault("form_key", str(uuid7()))
        return client.post(FRONT_DESK, {k: v for k, v in fields.items() if v is not None})

    return post


def slip_after(answer: HttpResponse, client: Client) -> str:
    return text_of(client.get(answer.headers["Location"]))


def test_a_name_and_a_job_are_enough(send: Send, at_rosas_desk: Client, diner: Employer) -> None:
    answer = send()
    (bo,) = applications(diner)
    assert (bo.name, bo.email, bo.phone, bo.source) == ("Bo Lee", "", "", "walk-in")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/{bo.reference}/slip/?from=front-desk")
    page = slip_after(answer, at_rosas_desk)
    assert "Saved. Hand over the slip." in page
    assert f"{bo.reference[:4]} {bo.reference[4:7]} {bo.reference[7:]}" in page


def test_everything_that_was_said_is_kept(send: Send, diner: Employer) -> None:
    photo = SimpleUploadedFile("paper.jpg", JPEG)
    send(
        phone="(212) 555-0142",
        email="Bo@Example.org",
        note="Nights only.",
        source="paper",
        resume=photo,
    )
    (bo,) = applications(diner)
    assert (bo.phone, bo.email, bo.source) == ("+12125550142", "bo@example.org", "paper")
    assert bo.document.is_picture  # type: ignore[union-attr]
    with diner.scope():
        assert bo.receipt
        assert bo.events().get(kind="taken_in").data["text"] == "Nights only."


def test_job_and_way_are_remembered_for_the_next_person_and_nothing_else(
    send: Send, at_rosas_desk: Client, diner: Employer, rosa: Identity
) -> None:
    with diner.scope():
        Job.objects.create(title="Server", slug="server").open(by=rosa)
    send(job="line-cook", source="phone", phone="2125550142")
    page = text_of(at_rosas_desk.get(FRONT_DESK))
    assert 'value="line-cook" checked' in page
    assert page.index("line-cook") < page.index('value="server"')
    assert "Bo Lee" not in page
    assert "2125550142" not in page
    chosen = text_of(at_rosas_desk.get(FRONT_DESK + "?job=server"))
    assert 'value="server" checked' in chosen


def test_the_page_is_not_kept_by_the_browser(at_rosas_desk: Client, cook: Job) -> None:
    assert "no-store" in at_rosas_desk.get(FRONT_DESK).headers["Cache-Control"]


def test_looking_changes_nothing(at_rosas_desk: Client, cook: Job) -> None:
    with CaptureQueriesContext(connection) as seen:
        at_rosas_desk.get(FRONT_DESK + "?job=line-cook")
    assert all(query["sql"].lstrip().startswith("SELECT") for query in seen)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_statements_for_three_jobs_as_for_one(
    count: int, at_rosas_desk: Client, cook: Job, rosa: Identity
) -> None:
    with cook.employer.scope():
        for number in range(count - 1):
            Job.objects.create(title="Server", slug=f"server-{number}").open(by=rosa)
    at_rosas_desk.get(FRONT_DESK)
    with CaptureQueriesContext(connection) as seen:
        at_rosas_desk.get(FRONT_DESK)
    assert len(seen) == 4, [query["sql"] for query in seen]


def test_many_jobs_are_eight_tiles_and_the_others_below(
    at_rosas_desk: Client, cook: Job, rosa: Identity
) -> None:
    with cook.employer.scope():
        for number in range(9):
            Job.objects.create(title=f"Server {number}", slug=f"server-{number}").open(by=rosa)
    assert "2 more jobs" in text_of(at_rosas_desk.get(FRONT_DESK))


def test_without_an_open_job_the_page_says_where_to_go(
    at_rosas_desk: Client, cook: Job, rosa: Identity
) -> None:
    with cook.employer.scope():
        cook.pause(by=rosa)
    assert "No job is open." in text_of(at_rosas_desk.get(FRONT_DESK))


# ── who ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_hiring_manager_takes_applications_for_their_own_jobs(
    send: Send, at_hugos_desk: Client, hugos_job: Job, diner: Employer, rosa: Identity
) -> None:
    with diner.scope():
        Job.objects.create(title="Server", slug="server").open(by=rosa)
    page = text_of(at_hugos_desk.get(FRONT_DESK))
    assert "Line cook" in page
    assert "Server" not in page
    assert send(at_hugos_desk).status_code == 303
    assert send(at_hugos_desk, job="server").status_code == 404
    assert len(applications(diner)) == 1


def test_the_job_of_another_employer_is_not_there(
    send: Send, hospital: Employer, diner: Employer
) -> None:
    with hospital.scope():
        Job.objects.create(title="Nurse", slug="nurse").open(by="Mallory")
    assert send(job="nurse").status_code == 404
    assert send(job="nobody").status_code == 404
    assert applications(hospital) == applications(diner) == []


# ── careless, unlucky, hostile ───────────────────────────────────────────────────────────────────


def test_mistakes_are_said_and_nothing_is_lost(send: Send, diner: Employer) -> None:
    answer = send(
        name="",
        phone="call me",
        email="bo at example",
        note="Nights only.",
        resume=SimpleUploadedFile("paper.jpg", JPEG),
    )
    page = text_of(answer)
    assert answer.status_code == 422
    for said in (
        "Write the name",
        "in digits, without letters",
        "has an @ in it",
        "Nights only.",
        'value="call me"',
        "paper.jpg",
        'name="kept_file"',
        'value="line-cook" checked',
    ):
        assert said in page, said
    assert applications(diner) == []


def test_the_file_is_still_there_at_the_second_try(send: Send, diner: Employer) -> None:
    key = str(uuid7())
    page = text_of(send(name="", form_key=key, resume=SimpleUploadedFile("paper.jpg", JPEG)))
    token = page.partition('name="kept_file" value="')[2].partition('"')[0]
    assert send(form_key=key, kept_file=token).status_code == 303
    (bo,) = applications(diner)
    assert bo.document.name == "paper.jpg"  # type: ignore[union-attr]


def test_without_a_job_nothing_is_saved(send: Send, diner: Employer) -> None:
    answer = send(job=None)
    assert answer.status_code == 422
    assert "Choose the job." in text_of(answer)
    assert applications(diner) == []


def test_a_name_of_three_hundred_letters_is_refused_with_its_length(send: Send) -> None:
    assert "up to 200 characters; yours has 300" in text_of(send(name="x" * 300))


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "ليلى حداد", "Jo 🍳", "'; DROP TABLE x; --"]
)
def test_any_name_is_kept_and_shown_as_it_is(
    send: Send, at_rosas_desk: Client, diner: Employer, name: str
) -> None:
    page = slip_after(send(name=name), at_rosas_desk)
    assert applications(diner)[0].name == name
    assert "<script>alert" not in page


def test_a_program_in_the_clothes_of_a_photo_is_refused(send: Send, diner: Employer) -> None:
    answer = send(resume=SimpleUploadedFile("paper.jpg", b"MZ" + bytes(99)))
    assert "This is a program" in text_of(answer)
    assert applications(diner) == []


def test_a_likely_slip_in_the_address_is_asked_about(send: Send, diner: Employer) -> None:
    page = text_of(send(email="bo@gmial.com"))
    assert "Did you mean bo@gmail.com?" in page
    assert send(email="bo@gmial.com", email_meant="bo@gmail.com").status_code == 303
    assert applications(diner)[0].email == "bo@gmail.com"


def test_a_job_that_closed_meanwhile_is_said_and_nothing_is_lost(
    send: Send, cook: Job, rosa: Identity, diner: Employer
) -> None:
    with diner.scope():
        Job.objects.create(title="Server", slug="server").open(by=rosa)
        cook.pause(by=rosa)
    answer = send(note="Nights only.")
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Line cook takes no applications any more. Choose another one" in page
    assert "Nights only." in page
    assert applications(diner) == []


def test_the_only_job_closed_meanwhile_and_still_nothing_is_lost(
    send: Send, cook: Job, rosa: Identity, diner: Employer
) -> None:
    with diner.scope():
        cook.pause(by=rosa)
    page = text_of(send(note="Nights only."))
    assert "Line cook takes no applications any more." in page
    assert "Nights only." in page


def test_a_job_that_is_no_name_of_one_is_refused(send: Send, diner: Employer) -> None:
    assert send(job="line-cook\x00").status_code == 422
    assert send(job="x" * 5_000).status_code == 404
    assert applications(diner) == []


def test_storage_that_fails_is_our_fault_and_costs_nothing_typed(
    send: Send, diner: Employer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sincerely.documents.models.default_storage", FullDisk())
    answer = send(resume=SimpleUploadedFile("paper.jpg", JPEG))
    assert answer.status_code == 503
    assert "our fault" in text_of(answer)
    assert 'value="Bo Lee"' in text_of(answer)
    assert send().status_code == 303


@pytest.mark.django_db(transaction=True)
def test_fifty_taps_at_once_are_one_application_and_one_pin(
    cook: Job, rosa: Identity, diner: Employer
) -> None:
    clients = [signed_in(rosa) for _ in range(8)]
    key = str(uuid7())
    fields = {"job": "line-cook", "source": "walk-in", "name": "Bo Lee", "form_key": key}
    seen = set()

    def tap(number: int) -> int:
        client = clients[number % 8]
        answer = client.post(FRONT_DESK, fields | {"note": "Nights only."})
        seen.add(client.cookies["slip"].value.partition(":")[0])
        return answer.status_code

    assert fifty_at_once(tap) == {303}
    (bo,) = applications(diner)
    assert len(seen) == 1
    with diner.scope():
        kinds = [event.kind for event in bo.events()]
    assert sorted(kinds) == ["applied", "pin_made", "taken_in"]


# ── the same person twice ────────────────────────────────────────────────────────────────────────


def test_who_applied_before_is_seen_and_asked_about(
    send: Send, jo: Application, diner: Employer
) -> None:
    answer = send(name="Joanna Smith", email=jo.email, note="Can start Monday.")
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Have they applied for this job before?" in page
    assert f'value="{jo.reference}"' in page
    assert "Yes: Jo Smith" in page
    assert "Can start Monday." in page
    assert len(applications(diner)) == 1


def test_what_is_new_goes_to_the_application_that_is_there(
    send: Send, jo: Application, at_rosas_desk: Client, diner: Employer
) -> None:
    answer = send(name="Jo Smith", email=jo.email, same=jo.reference, note="Can start Monday.")
    assert f"/{jo.reference}/slip/" in answer.headers["Location"]
    assert len(applications(diner)) == 1
    with diner.scope():
        assert jo.events().get(kind="taken_in").data["text"] == "Can start Monday."
        assert jo.messages().filter(kind="applied_again").count() == 1


def test_somebody_of_the_same_name_is_another_application(
    send: Send, jo: Application, diner: Employer
) -> None:
    assert send(name="Jo Smith").status_code == 409
    assert send(name="Jo Smith", same="another").status_code == 303
    assert len(applications(diner)) == 2


def test_an_address_that_is_taken_is_not_used_for_somebody_else(
    send: Send, jo: Application, diner: Employer
) -> None:
    answer = send(name="Ann Wu", email=jo.email, same="another")
    assert answer.status_code == 409
    assert "This address belongs to the application above." in text_of(answer)
    assert len(applications(diner)) == 1


def test_an_answer_that_fits_nobody_is_asked_again(send: Send, jo: Application) -> None:
    assert send(name="Jo Smith", same="1234567890").status_code == 409


def test_the_question_shows_nothing_that_is_held(
    send: Send, jo: Application, rosa: Identity
) -> None:
    """The person it is about stands in front of the screen."""
    before = text_of(send(name="Jo Smith", form_key=str(uuid7())))
    with jo.employer.scope():
        jo.decline(by=rosa)
    after = text_of(send(name="Jo Smith", form_key=str(uuid7())))
    part = '<fieldset class="field alike">'
    assert before.partition(part)[2][:900] == after.partition(part)[2][:900]


def test_the_navigation_has_a_front_desk_where_people_may_walk_in(
    at_rosas_desk: Client, diner: Employer
) -> None:
    assert "Front desk" not in text_of(at_rosas_desk.get("/desk/blue-spoon/"))
    with diner.scope():
        walk_in = {"place": "12 Harbour Street", "hours": ["Mon-Fri 14:00-17:00"]}
        PolicyVersion.objects.create(published={"walk_in": walk_in})
    assert "Front desk" in text_of(at_rosas_desk.get("/desk/blue-spoon/"))
