from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sincerely.config.command import needs_database
from tests.config.conftest import processes_in

PROGRAM = Path(sys.executable).with_name("sincerely")


@pytest.mark.parametrize(
    "line", ["", "advise", "read resume a.pdf", "demo", "help", "migrate --help", "--version"]
)
def test_what_only_computes_or_explains_needs_no_database(line: str) -> None:
    assert not needs_database(line.split())


@pytest.mark.parametrize("line", ["migrate", "serve", "worker --once", "init", "lookup jo"])
def test_what_works_on_rows_needs_a_database(line: str) -> None:
    assert needs_database(line.split())


def test_pure_commands_leave_no_home_folder_behind(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Jo Applicant\njo@example.org\n")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "SECRET_KEY"}
    }
    home = tmp_path / "home"
    answered = subprocess.run(
        [PROGRAM, "read", "resume", letter],
        env=environment | {"SINCERELY_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(answered.stdout)["file"] == str(letter)
    assert not home.exists()


def test_an_unusable_database_is_explained_without_a_traceback(empty_home: Path) -> None:
    half = empty_home / "cluster" / "data"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    tried = subprocess.run(
        [PROGRAM, "migrate"],
        env=environment | {"SINCERELY_HOME": str(empty_home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 1
    assert "incomplete" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_a_command_that_is_told_to_end_takes_its_server_with_it(empty_home: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [PROGRAM, "shell", "-v", "0", "-c", "print('up', flush=True); input()"]
    with subprocess.Popen(
        command,
        env=environment | {"SINCERELY_HOME": str(empty_home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"up\n"
        assert processes_in(empty_home)
        running.terminate()
        assert running.wait() == 128 + signal.SIGTERM
    assert processes_in(empty_home) == []


def test_a_database_that_does_not_answer_is_told_in_a_line(tmp_path: Path) -> None:
    settings = {
        "DATABASE_URL": "postgresql://jo:x@127.0.0.1:1/nowhere",
        "DATABASE_POOL_TIMEOUT": "1",
        "SINCERELY_HOME": str(tmp_path / "home"),
    }
    tried = subprocess.run(
        [PROGRAM, "migrate"], env=os.environ | settings, capture_output=True, text=True, check=False
    )
    assert tried.returncode == 1
    assert "The database does not do its work" in tried.stderr
    assert "Traceback" not in tried.stderr
