from __future__ import annotations

import pytest

from sincerely.config.bench import applicants, figures, load, lookup


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100)])
def test_percentiles_are_of_the_nearest_rank(share: float, value: int) -> None:
    assert figures.percentile(range(1, 101), share) == value


def test_a_look_up_counts_when_the_right_reference_came_back() -> None:
    typed = [lookup.Typed("e-mail", "jo@", "4821553907"), lookup.Typed("e-mail", "x", "1")]
    answers = [load.Answer(status=200, found=True), load.Answer(status=200, found=False)]
    kinds = lookup.KINDS
    kind = next(iter(kinds))
    typed = [lookup.Typed(kind, one.scrap, one.reference) for one in typed]
    assert lookup.found(typed, load.Report(answers, 1.0)) == {kind: 0.5}


def test_no_two_resumes_that_are_sent_are_alike() -> None:
    resume = applicants.resume_of_100_kb()
    assert 95_000 < len(resume) < 105_000
    assert len({load.different(resume, number) for number in range(3)}) == 3


def test_an_applicant_fills_in_every_field_of_the_form() -> None:
    page = """<form><input name="website"><input type="file" name="resume">
        <input name="name" value=""><input type="hidden" name="form_key" value="x"></form>"""
    form = applicants.FormFields(page).values
    assert form == {"website": "", "name": "", "form_key": "x"}
    first, second = (applicants.application("/", form, number).fields for number in range(2))
    assert first["website"] == ""
    assert first["form_key"] != second["form_key"]
    assert first["email"] != second["email"]


def test_texts_stand_between_their_tags() -> None:
    page = (
        """<textarea name="words">\nDear {name},\nthank you.</textarea><input name="x" value="1">"""
    )
    assert applicants.FormFields(page).values == {"words": "Dear {name},\nthank you.", "x": "1"}
