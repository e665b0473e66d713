from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sincerely.config.backup import copy_files, libpq_environment

PROGRAM = Path(sys.executable).with_name("sincerely")


def sincerely(
    home: Path, *arguments: str | Path, **settings: str
) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "SECRET_KEY"}
    }
    return subprocess.run(
        [PROGRAM, *arguments],
        env=inherited | {"SINCERELY_HOME": str(home)} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def other_home(empty_home: Path) -> Path:
    return empty_home.with_name("other")


def test_what_was_backed_up_comes_back_in_a_fresh_home(
    empty_home: Path, other_home: Path, tmp_path: Path
) -> None:
    founded = sincerely(
        empty_home, "init", "--email", "ada@host.example", "--employer", "St. Brigid's Kitchen"
    )
    assert founded.returncode == 0, founded.stderr
    resume = empty_home / "files" / "ab" / "cdef"
    resume.parent.mkdir(parents=True)
    resume.write_bytes(b"a resume")
    folder = tmp_path / "monday"

    saved = sincerely(empty_home, "backup", folder)
    assert saved.returncode == 0, saved.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    brought_back = sincerely(other_home, "restore", folder)
    assert brought_back.returncode == 0, brought_back.stderr

    assert (other_home / "files" / "ab" / "cdef").read_bytes() == b"a resume"
    assert (other_home / "secret-key").read_text() == (empty_home / "secret-key").read_text()
    again = sincerely(other_home, "init")
    assert "The operator is ada@host.example" in again.stdout

    refused = sincerely(other_home, "restore", folder)
    assert refused.returncode == 1
    assert "not empty" in refused.stderr


def test_a_backup_never_goes_over_an_older_one(home: Path, tmp_path: Path) -> None:
    refused = sincerely(home, "backup", tmp_path)
    assert refused.returncode == 1
    assert "exists already" in refused.stderr


def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(home: Path, tmp_path: Path) -> None:
    nowhere = "postgresql://jo:x@127.0.0.1:1/nowhere"
    tried = sincerely(home, "backup", tmp_path / "monday", DATABASE_URL=nowhere)
    assert tried.returncode == 1
    assert "pg_dump failed" in tried.stderr
    assert list(tmp_path.iterdir()) == []


def test_files_that_go_or_are_half_written_meanwhile_are_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, saved = tmp_path / "files" / "ab", tmp_path / "saved"
    stored.mkdir(parents=True)
    for name in ("kept", "gone", ".half-written"):
        (stored / name).write_bytes(b"a resume")
    real = shutil.copy2

    def copy(source: str, target: str) -> object:
        (stored / "gone").unlink(missing_ok=True)
        return real(source, target)

    monkeypatch.setattr("shutil.copy2", copy)
    copy_files(tmp_path / "files", saved)
    assert (saved / "ab" / "kept").read_bytes() == b"a resume"
    assert not (saved / "ab" / ".half-written").exists()


def test_the_password_is_not_on_the_command_line_but_in_the_environment() -> None:
    parameters = {"dbname": "n", "user": "u", "password": "p", "host": "/run/x", "port": None}
    assert libpq_environment(parameters | {"sslmode": "require", "client_encoding": "UTF8"}) == {
        "PGDATABASE": "n",
        "PGUSER": "u",
        "PGPASSWORD": "p",
        "PGHOST": "/run/x",
        "PGSSLMODE": "require",
    }
