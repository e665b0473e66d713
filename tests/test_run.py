from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent


def test_make_alone_lists_every_command() -> None:
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in run.COMMANDS:
        assert f"make {name} " in listed.stdout


def test_an_unknown_command_gets_the_list_and_fails() -> None:
    asked = subprocess.run(
        [sys.executable, ROOT / "run.py", "dance"], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 1
    for name in run.COMMANDS:
        assert name in asked.stderr


def test_uv_is_taken_from_the_lock_with_all_its_hashes() -> None:
    requirement = run.locked_requirement("uv", run.LOCK_FOR_USE)
    lines = requirement.splitlines()
    assert lines[0].startswith("uv==")
    assert len(lines) > 5
    assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])


def test_a_lock_without_uv_says_what_to_do(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("uvicorn==1.0 \\\n    --hash=sha256:00\n")
    with pytest.raises(run.Stop, match="make lock"):
        run.locked_requirement("uv", lock)


def test_what_was_told_to_pip_is_told_to_uv() -> None:
    listed = "global.index-url='https://mirror.example/simple'\n:env:.cert='/etc/ca.pem'\n"
    assert run.uv_settings(listed, {"SSL_CERT_FILE": "/mine.pem"}) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_the_packages_for_development_contain_those_for_use() -> None:
    def pinned(lock: Path) -> set[str]:
        return {line.split()[0] for line in lock.read_text().splitlines() if "==" in line}

    assert pinned(run.LOCK_FOR_USE) < pinned(run.LOCK_FOR_DEVELOPMENT)


def test_everything_is_installed_again_when_the_lock_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("a==1\n")
    before = run.fingerprint(lock)
    assert run.fingerprint(lock) == before
    lock.write_text("a==2\n")
    assert run.fingerprint(lock) != before
