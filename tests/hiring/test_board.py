from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from sincerely.hiring.board import board_of, cards_after, cards_per_column, move_if_unmoved
from sincerely.hiring.models import Application, CannotDo, Job
from sincerely.kernel.models import Event


def test_a_page_holds_about_a_hundred_cards_however_many_columns_there_are() -> None:
    assert [cards_per_column(columns) for columns in (1, 4, 8, 20)] == [15, 15, 12, 6]


@pytest.mark.django_db
def test_counts_are_true_and_cards_come_in_the_order_of_their_dates(cook: Job, apply: Any) -> None:
    for number in range(20):
        apply(cook, name=f"Applicant {number}", email=f"{number}@example.org")
    with cook.employer.scope():
        first, *others = board_of(cook).columns
        assert (first.total, len(first.cards), first.late) == (20, 15, 0)
        assert [column.total for column in others] == [0, 0, 0]
        rest = cards_after(cook, first.stage, first.after)
        shown = [*first.cards, *rest.cards]
        assert len({card.id for card in shown}) == 20
        keys = [(card.due_on, card.id) for card in shown]
        assert keys == sorted(keys)
        assert rest.after == ""


@pytest.mark.django_db
def test_an_archived_stage_that_still_holds_somebody_stays_on_the_board(
    cook: Job, jo: Application
) -> None:
    with cook.employer.scope():
        stage = cook.employer.stages.get(pk=jo.stage_id)
        stage.archived_at = jo.applied_at
        stage.save()
        cook.employer.refresh_from_db()
        assert stage in [column.stage for column in board_of(cook).columns]


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_move_one_card_at_once_one_is_told_of_the_other(
    cook: Job, jo: Application, rosa: Any, ada: Any
) -> None:
    start = Barrier(2)
    with cook.employer.scope():
        stages = {stage.name: stage for stage in cook.employer.stages.all()}

    def move(who: Any, to: str) -> str:
        try:
            with cook.employer.scope():
                seen = Application.objects.for_page().get(pk=jo.pk)
                start.wait()
                move_if_unmoved(seen, stages[to], seen=jo.stage_id, by=who)
            return to
        except CannotDo as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        said = list(both.map(move, (rosa, ada), ("Review", "Interview")))
    with cook.employer.scope():
        moved = Application.objects.select_related("stage").get(pk=jo.pk)
        assert moved.stage.name in said
        assert sum("has moved Jo Smith" in answer for answer in said) == 1
        assert Event.objects.about(jo).filter(kind="moved").count() == 1
        assert jo.messages().filter(kind="moved").count() == 1
