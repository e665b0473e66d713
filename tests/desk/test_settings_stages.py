from __future__ import annotations

import pytest

from sincerely.accounts.models import Employer
from sincerely.hiring.models import Stage
from sincerely.hiring.setup import setup_of

pytestmark = pytest.mark.django_db
STAGES = "/desk/blue-spoon/settings/stages/"


def names(diner) -> list[str]:
    """As every page reads them."""
    return [stage.name for stage in setup_of(Employer.objects.get(pk=diner.pk)).stages]


def filled(client) -> dict[str, str]:
    formset = client.get(STAGES).context["stages"]
    data = {"stages-TOTAL_FORMS": str(len(formset)), "stages-INITIAL_FORMS": str(len(formset))}
    for form in formset:
        for name in ("id", "name", "public_name", "public_text", "promise_days", "ORDER"):
            data[form.add_prefix(name)] = str(form[name].value())
        data[form.add_prefix("criteria")] = str(form["criteria"].value())
    return data


def test_a_stage_is_renamed_and_its_promise_changed(client, ada, diner):
    client.force_login(ada)
    change = {"stages-1-name": "Kitchen manager", "stages-1-promise_days": "3"}
    assert client.post(STAGES, filled(client) | change).status_code == 302
    assert names(diner) == ["New", "Kitchen manager", "Interview", "Offer"]
    with diner.scope():
        assert diner.stages.get(name="Kitchen manager").promise_days == 3


def test_stages_are_put_in_another_order(client, ada, diner):
    client.force_login(ada)
    order = {f"stages-{at}-ORDER": place for at, place in enumerate(("1", "3", "2", "4"))}
    client.post(STAGES, filled(client) | order)
    assert names(diner) == ["New", "Interview", "Review", "Offer"]


def test_a_stage_is_added_and_a_blank_row_is_none(client, ada, diner):
    client.force_login(ada)
    added = {
        "stages-TOTAL_FORMS": "6",
        "stages-4-name": "Trial shift",
        "stages-4-public_name": "A trial shift",
        "stages-4-promise_days": "2",
        "stages-4-ORDER": "3",
        "stages-2-ORDER": "4",
        "stages-3-ORDER": "5",
        "stages-5-promise_days": "10",
        "stages-5-ORDER": "6",
    }
    assert client.post(STAGES, filled(client) | added).status_code == 302
    assert names(diner) == ["New", "Review", "Trial shift", "Interview", "Offer"]


def test_a_stage_with_somebody_in_it_is_not_archived(client, ada, diner, jo):
    client.force_login(ada)
    page = client.post(STAGES, filled(client) | {"archive": str(jo.stage_id)})
    assert "1 application is in New. Say where they go." in page.content.decode()
    assert "Move them and archive New" in page.content.decode()
    assert "New" in names(diner)


def test_who_is_in_a_stage_that_is_archived_goes_where_it_is_said_and_their_date_stands(
    client, ada, diner, jo
):
    client.force_login(ada)
    with diner.scope():
        review, promised = diner.stages.get(name="Review"), jo.promises.get()
    sent = {"archive": str(jo.stage_id), "move_to": str(review.pk), "stages-3-name": "Last step"}
    page = client.post(STAGES, filled(client) | sent, follow=True).content.decode()
    assert "New is archived. 1 went to Review; their dates stand." in page
    assert names(diner) == ["Review", "Interview", "Last step"]
    with diner.scope():
        moved = type(jo).objects.get(pk=jo.pk)
        assert (moved.stage_id, moved.due_on) == (review.pk, promised.due_on)
        promised.refresh_from_db()
        assert promised.outcome == "open"
        assert moved.messages().count() == 1, "the receipt, and nothing about the move"
        assert moved.events().first().data["told"] is False


@pytest.mark.parametrize("wanted", ["the same", "of another employer", "nothing"])
def test_a_place_that_is_none_is_refused_and_nobody_is_moved(
    client, ada, diner, jo, hospital, wanted
):
    with hospital.scope():
        foreign = str(Stage.objects.first().pk)
    places = {"the same": str(jo.stage_id), "of another employer": foreign, "nothing": "x"}
    client.force_login(ada)
    sent = {"archive": str(jo.stage_id), "move_to": places[wanted]}
    page = client.post(STAGES, filled(client) | sent)
    assert page.status_code == (200 if wanted == "the same" else 404)
    assert "New" in names(diner)
    with diner.scope():
        assert type(jo).objects.get(pk=jo.pk).stage_id == jo.stage_id


def test_an_empty_stage_is_archived_and_brought_back_at_the_end(client, ada, diner):
    client.force_login(ada)
    with diner.scope():
        review = diner.stages.get(name="Review")
    assert client.post(STAGES, filled(client) | {"archive": str(review.pk)}).status_code == 302
    assert names(diner) == ["New", "Interview", "Offer"]
    client.post(STAGES, {"bring_back": str(review.pk)})
    assert names(diner) == ["New", "Interview", "Offer", "Review"]


def test_the_last_stage_stays(client, ada, diner):
    with diner.scope():
        first, *others = diner.stages.order_by("position")
        for stage in others:
            stage.delete()
    client.force_login(ada)
    page = client.post(STAGES, filled(client) | {"archive": str(first.pk)})
    assert "New is the only stage" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stages-1-name": ""}, "Give the stage a name."),
        ({"stages-1-name": "New"}, "Two stages are called New"),
        ({"stages-0-name": "Review", "stages-1-name": "New"}, "Rename that one first"),
        ({"stages-1-promise_days": "0"}, "greater than or equal to 1"),
        ({"stages-1-promise_days": "91"}, "less than or equal to 90"),
        ({"stages-1-public_text": "x" * 301}, "at most 300"),
        ({"archive": "nothing"}, ""),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(client, ada, diner, change, said):
    client.force_login(ada)
    page = client.post(STAGES, filled(client) | change)
    assert page.status_code in (200, 404)
    assert said in page.content.decode()
    assert names(diner) == ["New", "Review", "Interview", "Offer"]


def test_the_name_of_an_archived_stage_is_not_given_twice(client, ada, diner):
    client.force_login(ada)
    with diner.scope():
        review = diner.stages.get(name="Review")
    client.post(STAGES, filled(client) | {"archive": str(review.pk)})
    page = client.post(STAGES, filled(client) | {"stages-1-name": "Review"})
    assert "An archived stage is called Review" in page.content.decode()


def test_of_two_admins_the_later_does_not_bring_back_what_the_other_archived(client, ada, diner):
    client.force_login(ada)
    seen_before = filled(client)
    with diner.scope():
        review = diner.stages.get(name="Review")
    client.post(STAGES, filled(client) | {"archive": str(review.pk)})
    assert client.post(STAGES, seen_before).status_code == 302
    assert names(diner) == ["New", "Interview", "Offer"]


def test_a_stage_of_another_employer_is_not_found(client, ada, diner, hospital):
    with hospital.scope():
        foreign = Stage.objects.first()
    client.force_login(ada)
    assert client.post(STAGES, filled(client) | {"archive": str(foreign.pk)}).status_code == 404
    assert client.post(STAGES, {"bring_back": str(foreign.pk)}).status_code == 404


def test_the_criteria_of_a_scorecard_are_typed_a_line_each(client, ada, diner):
    client.force_login(ada)
    typed = {"stages-1-criteria": "Knife work\n\n  Knife   work \nCalm under heat\r\n"}
    assert client.post(STAGES, filled(client) | typed).status_code == 302
    with diner.scope():
        assert diner.stages.get(name="Review").criteria == ["Knife work", "Calm under heat"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\n".join(f"Criterion {number}" for number in range(9)), "8 criteria at most"),
        ("x" * 81, "is too long"),
    ],
)
def test_a_scorecard_that_nobody_would_fill_in_is_refused(client, ada, diner, typed, said):
    client.force_login(ada)
    page = client.post(STAGES, filled(client) | {"stages-1-criteria": typed})
    assert said in page.content.decode()
    assert typed in page.content.decode()
