from __future__ import annotations

import datetime as dt

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.dates import in_words
from sincerely.hiring.models import Application
from sincerely.kernel import clock
from sincerely.kernel.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(jo) -> str:
    return f"/desk/blue-spoon/applications/{jo.reference}/move/"


@pytest.fixture
def review(diner):
    with diner.scope():
        return diner.stages.get(name="Review")


@pytest.fixture
def interview(diner):
    with diner.scope():
        return diner.stages.get(name="Interview")


def filled(client, address: str, stage) -> dict[str, str]:
    """What the dialog would send when it is confirmed as it stands."""
    form = client.get(address, {"stage": str(stage.pk)}).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values["due_on"] = f"{values['due_on']:%Y-%m-%d}"
    return {name: str(value) for name, value in values.items() if value not in (None, False)}


def now_at(jo) -> Application:
    with jo.employer.scope():
        return Application.objects.for_page().get(pk=jo.pk)


def test_the_dialog_shows_the_message_and_the_date_of_the_wanted_stage(
    client, rosa, jo, address, interview
):
    client.force_login(rosa)
    page = client.get(address, {"stage": str(interview.pk)}, headers={"HX-Request": "true"})
    form = page.context["form"]
    assert interview.public_name in form["text"].value()
    assert in_words(form["due_on"].value()) in form["text"].value()
    assert not page.content.decode().startswith("<!doctype")


def test_a_move_tells_what_was_seen_and_promises_what_was_chosen(client, rosa, jo, address, review):
    client.force_login(rosa)
    day = clock.today("America/New_York") + dt.timedelta(days=3)
    preview = client.post(
        f"{address}preview/", filled(client, address, review) | {"due_on": str(day)}
    )
    form = preview.context["form"]
    sent = filled(client, address, review) | {
        "due_on": str(day),
        "written_for": form["written_for"].value(),
        "subject": "We have read it",
        "text": "Come and see us, {name}.",
    }
    answer = client.post(address, sent)
    assert answer.status_code == 302
    moved = now_at(jo)
    assert (moved.stage.name, moved.due_on) == ("Review", day)
    with jo.employer.scope():
        message = moved.messages().get(kind="moved")
        assert (message.subject, message.text) == ("We have read it", "Come and see us, Jo Smith.")


def test_on_the_board_the_answer_holds_the_card_both_heads_and_undo(
    client, rosa, jo, address, review
):
    client.force_login(rosa)
    headers = {
        "HX-Request": "true",
        "HX-Current-URL": "http://testserver/desk/blue-spoon/jobs/line-cook/",
    }
    page = client.post(address, filled(client, address, review), headers=headers).content.decode()
    assert f'id="cards-{review.pk}" hx-swap-oob="afterbegin"' in page
    assert f'id="head-{review.pk}" hx-swap-oob="true"' in page
    assert f'id="head-{jo.stage_id}" hx-swap-oob="true"' in page
    assert f"/applications/{jo.reference}/undo/" in page
    undone = client.post(f"/desk/blue-spoon/applications/{jo.reference}/undo/")
    assert undone.status_code == 302
    assert now_at(jo).stage.name == "New"


def test_elsewhere_it_leads_back_to_where_the_dialog_was_opened(client, rosa, jo, address, review):
    client.force_login(rosa)
    page = f"/desk/blue-spoon/applications/{jo.reference}/"
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    answer = client.post(address, filled(client, address, review), headers=headers)
    assert answer.headers["HX-Redirect"] == page


def test_without_a_message_the_earlier_date_stands(client, rosa, jo, address, review):
    client.force_login(rosa)
    sent = filled(client, address, review) | {"silent": "1", "due_on": "", "text": ""}
    answer = client.post(address, sent, follow=True).content.decode()
    assert "No message goes out" in answer
    assert "You can undo until" in answer
    moved = now_at(jo)
    assert (moved.stage.name, moved.due_on) == ("Review", jo.due_on)
    with jo.employer.scope():
        assert not moved.messages().filter(kind="moved").exists()
    client.post(address.replace("move", "undo"))
    assert now_at(jo).stage.name == "New"


def test_without_an_undo_window_a_move_without_a_message_stays(client, rosa, jo, address, review):
    Employer.objects.update(undo_minutes=0)
    client.force_login(rosa)
    sent = filled(client, address, review) | {"silent": "1", "due_on": "", "text": ""}
    page = client.post(address, sent, follow=True).content.decode()
    assert "No message goes out" in page
    assert "/undo/" not in page
    assert "can undo" not in page


def test_who_gave_no_address_is_moved_without_a_message(client, rosa, cook, apply, review):
    walk_in = apply(cook, email="", phone="+12025550123")
    client.force_login(rosa)
    address = f"/desk/blue-spoon/applications/{walk_in.reference}/move/"
    assert "No e-mail address" in client.get(address).content.decode()
    sent = {"stage": str(review.pk), "seen": str(walk_in.stage_id)}
    assert client.post(address, sent).status_code == 302
    assert now_at(walk_in).stage.name == "Review"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"due_on": "2020-01-31"}, "has passed"),
        ({"due_on": "2150-01-31"}, "more than a year away"),
        ({"due_on": "soon"}, "no date"),
        ({"due_on": ""}, "required"),
        ({"text": "x" * 10_001}, "10001 characters; a message may have 10000"),
        ({"text": ""}, "required"),
        ({"text": "Dear {nmae}"}, "{nmae} is not a placeholder"),
        ({"stage": "nowhere"}, "cannot go there"),
        ({"stage": "01a20148-82de-7501-8591-288951efcd03"}, "cannot go there"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    client, rosa, jo, address, review, change, said
):
    client.force_login(rosa)
    sent = filled(client, address, review) | {"subject": "My own subject"} | change
    page = client.post(address, sent, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert "My own subject" in page.content.decode()
    assert now_at(jo).stage.name == "New"


def test_a_message_of_ten_thousand_characters_is_sent(client, rosa, jo, address, review):
    client.force_login(rosa)
    sent = filled(client, address, review) | {"text": "x" * 10_000}
    assert client.post(address, sent).status_code == 302
    assert now_at(jo).stage.name == "Review"


def test_a_stage_archived_meanwhile_is_refused(client, rosa, jo, address, review):
    client.force_login(rosa)
    sent = filled(client, address, review)
    with jo.employer.scope():
        review.archived_at = clock.now()
        review.save()
    assert "cannot go there" in client.post(address, sent).content.decode()
    assert now_at(jo).stage.name == "New"


def test_of_two_people_who_move_one_card_the_second_is_told_of_the_first(
    client, rosa, ada, jo, address, review, interview
):
    client.force_login(rosa)
    seen_by_rosa = filled(client, address, review)
    client.force_login(ada)
    assert client.post(address, filled(client, address, interview)).status_code == 302
    client.force_login(rosa)
    page = client.post(address, seen_by_rosa).content.decode()
    assert "Ada has moved Jo Smith to Interview meanwhile" in page
    assert now_at(jo).stage.name == "Interview"
    with jo.employer.scope():
        assert Event.objects.about(jo).filter(kind="moved").count() == 1


def test_an_ended_application_says_so(client, rosa, jo, address, review):
    client.force_login(rosa)
    sent = filled(client, address, review)
    with jo.employer.scope():
        jo.decline(by=rosa)
    assert "has ended already" in client.get(address).content.decode()
    assert "has ended already" in client.post(address, sent).content.decode()


def test_a_text_made_for_another_stage_is_shown_again_before_it_is_sent(
    client, rosa, jo, address, review, interview
):
    client.force_login(rosa)
    sent = filled(client, address, review) | {"stage": str(interview.pk)}
    page = client.post(address, sent)
    assert "Please read it again" in page.content.decode()
    assert interview.public_name in page.context["form"]["text"].value()
    assert now_at(jo).stage.name == "New"


def test_the_preview_keeps_what_was_written_and_lets_the_day_follow(
    client, rosa, jo, address, review
):
    client.force_login(rosa)
    sent = filled(client, address, review)
    before = dt.date.fromisoformat(sent["due_on"])
    later = before + dt.timedelta(days=7)
    sent["text"] = f"My own words. Until {in_words(before)}."
    page = client.post(f"{address}preview/", sent | {"due_on": str(later)})
    text = page.context["form"]["text"].value()
    assert text == f"My own words. Until {in_words(later)}."
    page = client.post(f"{address}preview/", sent | {"fresh": "1"})
    assert "My own words" not in page.context["form"]["text"].value()


def test_an_untouched_text_is_made_anew_for_another_stage(
    client, rosa, jo, address, review, interview
):
    client.force_login(rosa)
    sent = filled(client, address, review)
    sent["text"] = sent["text"].replace("\n", "\r\n")
    page = client.post(f"{address}preview/", sent | {"stage": str(interview.pk)})
    assert interview.public_name in page.context["form"]["text"].value()
    assert now_at(jo).stage.name == "New", "a preview changes nothing"


def test_hugo_and_mallory_find_no_move(client, hugo, mallory, cook, address):
    with cook.employer.scope():
        cook.add_to_team(hugo)
    for who in (hugo, mallory):
        client.force_login(who)
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404
        assert client.post(f"{address}preview/", {}).status_code == 404
