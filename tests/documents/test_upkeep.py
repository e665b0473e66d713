from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import LazySettings
from django.core.files.storage import default_storage

from sincerely.accounts.models import Employer
from sincerely.documents import upkeep
from sincerely.documents.jobs import sweep_storage
from sincerely.documents.models import path_of
from sincerely.kernel import clock
from tests.documents.test_uploads import keep
from tests.plugins.jobs import run_due_jobs
from tests.reading import papers


def lie_about(name: str) -> Path:
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half a resu")
    return path


def in_a_month() -> dt.datetime:
    return clock.now() + dt.timedelta(days=30)


def test_what_another_form_has_sent_too_stays(at_diner: Employer) -> None:
    first, second = keep(), keep()
    first.delete()
    with clock.clock_at(in_a_month()):
        assert not upkeep.discard_content(first.sha256)
        with second.open() as file:
            assert file.read() == papers.pdf()
        second.delete()
        assert upkeep.discard_content(first.sha256)
    assert not default_storage.exists(second.path)


def test_another_employers_file_with_the_same_content_stays(
    at_diner: Employer, hospital: Employer
) -> None:
    ours = keep()
    with hospital.scope():
        theirs = keep()
        with clock.clock_at(in_a_month()):
            assert not upkeep.discard_content(ours.sha256)
        theirs.delete()
        with clock.clock_at(in_a_month()):
            assert upkeep.discard_content(theirs.sha256)
    with ours.open() as file:
        assert file.read() == papers.pdf()


def test_strays_go_once_a_week_and_what_a_row_names_stays(
    at_diner: Employer, hospital: Employer
) -> None:
    named = keep()
    stray = lie_about(path_of("ab" + 62 * "0"))
    cut_off = lie_about(f"{at_diner.pk}/{named.sha256[:2]}/.0199c0ffee")
    aside = lie_about(f"{at_diner.pk}/{named.sha256[:2]}/.{named.sha256}")
    sweep_storage.func(0)
    run_due_jobs()
    assert stray.exists()
    with clock.clock_at(in_a_month()):
        sweep_storage.func(0)
        run_due_jobs()
    assert (stray.exists(), cut_off.exists(), aside.exists()) == (False, False, True)
    assert default_storage.exists(named.path)


def test_files_of_an_employer_that_this_database_does_not_know_are_left_alone(
    at_diner: Employer,
) -> None:
    foreign = lie_about("01a21691-097e-7485-9b78-03132851d42d/ab/" + "ab" + 62 * "0")
    logo = lie_about("logos/test-upkeep.png")
    with clock.clock_at(in_a_month()):
        sweep_storage.func(0)
        run_due_jobs()
    assert foreign.exists()
    assert logo.exists()
    foreign.unlink()
    logo.unlink()


def test_where_no_file_was_ever_stored_there_is_nothing_to_sweep(
    db: None, tmp_path: Path, settings: LazySettings
) -> None:
    options = {"location": tmp_path / "files"}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": options},
    }
    sweep_storage(0)
    assert upkeep.employers_with_files() == []
