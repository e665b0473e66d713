from __future__ import annotations

from sincerely.desk.charts import MOST_LABELS, bars, columns


def test_the_longest_bar_fills_the_width() -> None:
    chart = bars([("New", "4", 4), ("Review", "1", 1), ("Offer", "0", 0)])
    assert [bar.width for bar in chart.bars] == ["100.00%", "25.00%", "0.00%"]
    assert chart.height > chart.bars[-1].bar_y


def test_bars_of_nothing_have_no_width() -> None:
    assert [bar.width for bar in bars([("New", "0", 0)]).bars] == ["0.00%"]
    assert bars([]).bars == ()


def test_columns_stand_on_the_base_and_never_leave_the_plot() -> None:
    chart = columns([("1 Mar", 3, 1), ("8 Mar", 0, 2)], "Kept", "Missed")
    first, second = chart.columns
    assert first.low_y + first.low == chart.base
    assert first.high_y + first.high == first.low_y
    assert first.high_y == 20
    assert second.low == 0
    assert chart.most == 4


def test_many_columns_have_few_labels() -> None:
    chart = columns([(str(at), at, 0) for at in range(37)], "Kept", "Missed")
    assert len([column for column in chart.columns if column.label]) <= MOST_LABELS
    assert columns([], "Kept", "Missed").columns == ()
