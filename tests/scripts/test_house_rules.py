from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts import house_rules


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "breach"),
    [
        ("sincerely/desk/utils.py", "", "a name that says nothing"),
        ("sincerely/common/x.py", "", "a name that says nothing"),
        ("uv.lock", 'url = "https://mirror.example/simple"', "mirror.example"),
        ("requirements.txt", "--index-url https://pypi.org/simple", "sets an index"),
        ("package-lock.json", '"resolved": "https://npm.example/x.tgz"', "npm.example"),
        ("docs/how.md", "see " + "/" + "home/jo/notes", "path of one machine"),
        ("sincerely/long.py", "x = 1\n" * 401, "401 lines"),
        ("sincerely/f.py", "def f():\n" + "    x = 1\n" * 31, "f has 31 lines"),
    ],
)
def test_a_breach_is_named(
    house: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, breach: str
) -> None:
    (house / name).parent.mkdir(parents=True, exist_ok=True)
    (house / name).write_text(text)
    assert house_rules.main() == 1
    said = capsys.readouterr().out
    assert name in said
    assert breach in said


def test_a_tidy_house_has_nothing_to_say(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "uv.lock").write_text('registry = "https://pypi.org/simple"')
    (house / "good.py").write_text("def f():\n" + "    x = 1\n" * 30)
    (house / "docs.md").write_text("https://example.org/Users/guide and ~/Users/x")
    assert house_rules.main() == 0
    assert capsys.readouterr().out == ""
