from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sincerely.hiring.models import Application, BulkDecision
from sincerely.outbox.models import Message

pytestmark = pytest.mark.django_db
BULK = "/desk/blue-spoon/decisions/"
BOARD = "/desk/blue-spoon/jobs/line-cook/"


@pytest.fixture
def ann(cook, apply):
    return apply(cook, name="Ann", email="ann@example.org")


def fresh(application: Application) -> Application:
    with application.employer.scope():
        return Application.objects.for_page().get(pk=application.pk)


def form_of(client: Any, *people: Any, **change: str) -> dict[str, Any]:
    """The page's form for these people, as a browser would send it."""
    form = client.get(BULK, {"a": [each.reference for each in people]}).context["form"]
    given = {name: form[name].value() for name in ("to", "subject", "text", "written_for")}
    seen = {f"seen-{each.reference}": str(each.stage_id) for each in people}
    return given | seen | {"a": [each.reference for each in people], "decide": "1"} | change


def test_the_page_shows_each_message_before_anything_is_sent(at_rosas_desk, jo, ann):
    page = at_rosas_desk.get(BULK, {"a": [jo.reference, ann.reference]}).content.decode()
    assert "Hello Jo Smith" in page
    assert "Hello Ann" in page
    assert "Decline 2 people" in page
    with jo.employer.scope():
        assert not BulkDecision.objects.exists()


def test_several_are_declined_with_a_line_each_and_one_undo(at_rosas_desk, jo, ann):
    sent = form_of(at_rosas_desk, jo, ann, **{f"line-{ann.reference}": "Your soup!"})
    answer = at_rosas_desk.post(BULK, sent | {"next": BOARD})
    assert answer.headers["Location"] == BOARD
    page = at_rosas_desk.get(BOARD).content.decode()
    assert "2 applications declined." in page
    with jo.employer.scope():
        decision = BulkDecision.objects.get()
        assert "Your soup!" in Message.objects.get(kind="declined", to_name="Ann").text
    assert f"{BULK}{decision.pk}/undo/" in page
    at_rosas_desk.get(f"{BULK}{decision.pk}/undo/")
    assert not fresh(jo).is_open
    at_rosas_desk.post(f"{BULK}{decision.pk}/undo/")
    assert fresh(jo).is_open


def test_another_decision_brings_its_own_text_and_what_was_written_stays(at_rosas_desk, jo):
    with jo.employer.scope():
        review = str(jo.employer.stages.get(name="Review").pk)
    sent = form_of(at_rosas_desk, jo, to=review)
    page = at_rosas_desk.post(BULK, sent)
    assert "has moved on: With the hiring manager" in page.content.decode()
    assert "Move 1 person" in page.content.decode()
    own = form_of(at_rosas_desk, jo, to=review, text="Mine, {name}.")
    assert "Mine, Jo Smith." in at_rosas_desk.post(BULK, own).content.decode()
    assert fresh(jo).stage.name == "New"


def test_who_was_decided_on_meanwhile_is_named_and_the_others_go_on(at_rosas_desk, ada, jo, ann):
    sent = form_of(at_rosas_desk, jo, ann)
    with jo.employer.scope():
        jo.decline(by=ada)
    at_rosas_desk.post(BULK, sent | {"next": BOARD})
    page = at_rosas_desk.get(BOARD).content.decode()
    assert "has ended already: Declined by Ada" in page
    assert "1 application declined." in page


def test_an_unknown_placeholder_is_refused_and_nothing_is_lost(at_rosas_desk, jo):
    line = {f"line-{jo.reference}": "Well cooked."}
    page = at_rosas_desk.post(BULK, form_of(at_rosas_desk, jo, text="Dear {nmae}", **line))
    assert "{nmae} is not a placeholder" in page.content.decode()
    assert "Well cooked." in page.content.decode()
    assert fresh(jo).is_open


@pytest.mark.parametrize("references", [[], ["nonsense"], ["0" * 10], ["1" * 5000]])
def test_nobody_selected_is_said(at_rosas_desk, references):
    page = at_rosas_desk.get(BULK, {"a": references}).content.decode()
    assert "Nobody is selected." in page


def test_a_hiring_manager_decides_one_by_one(at_hugos_desk, hugos_job, jo):
    assert at_hugos_desk.get(BULK).status_code == 404
    assert 'class="pick"' not in at_hugos_desk.get(BOARD).content.decode()


def test_a_stranger_finds_nobody(client, mallory, jo):
    client.force_login(mallory)
    page = client.get("/desk/st-brigid/decisions/", {"a": [jo.reference]}).content.decode()
    assert "Nobody is selected." in page


def test_the_page_takes_as_many_statements_for_three_as_for_one(
    at_rosas_desk, cook, jo, ann, apply, django_assert_num_queries
):
    bob = apply(cook, name="Bob", email="bob@example.org")
    at_rosas_desk.get(BULK, {"a": [jo.reference]})
    with CaptureQueriesContext(connection) as one:
        at_rosas_desk.get(BULK, {"a": [jo.reference]})
    with django_assert_num_queries(len(one)):
        at_rosas_desk.get(BULK, {"a": [each.reference for each in (jo, ann, bob)]})


def test_the_board_and_the_people_have_a_box_for_each(at_rosas_desk, jo):
    assert f'value="{jo.reference}"' in at_rosas_desk.get(BOARD).content.decode()
    assert (
        f'value="{jo.reference}"' in at_rosas_desk.get("/desk/blue-spoon/people/").content.decode()
    )
    found = at_rosas_desk.get("/desk/blue-spoon/people/", {"q": "Smith"}).content.decode()
    assert f'value="{jo.reference}"' in found
