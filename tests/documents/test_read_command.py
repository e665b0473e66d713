from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.reading import papers
from tests.reading.letters import TOKEN, block, letter, report


def read(what: str, *paths: Path) -> tuple[list[dict[str, Any]], int]:
    """What the command prints, and its exit status."""
    output, status = io.StringIO(), 0
    try:
        call_command("read", what, *map(str, paths), stdout=output)
    except SystemExit as end:
        status = int(end.code or 0)
    return [json.loads(line) for line in output.getvalue().splitlines()], status


def test_resumes_are_printed_as_json_resume_one_line_each(tmp_path: Path) -> None:
    first, second = tmp_path / "jo.docx", tmp_path / "سيرة.txt"
    first.write_bytes(papers.docx())
    second.write_text(papers.RESUME)
    lines, status = read("resume", first, second)
    assert status == 0
    assert [line["file"] for line in lines] == [str(first), str(second)]
    assert {line["basics"]["email"] for line in lines} == {"jo.murphy@example.org"}


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    locked, good = tmp_path / "locked.pdf", tmp_path / "good.txt"
    locked.write_bytes(papers.encrypted_pdf())
    good.write_text(papers.RESUME)
    lines, status = read("resume", tmp_path / "missing.pdf", locked, tmp_path, good)
    assert status == 1
    assert [line.get("error") for line in lines] == ["unreadable", "encrypted", "unreadable", None]
    assert all(line["message"] for line in lines[:3])


def test_bounces_are_printed_with_their_token(tmp_path: Path) -> None:
    bounce, person = tmp_path / "bounce.eml", tmp_path / "person.eml"
    bounce.write_bytes(report(block("failed", "5.1.1")))
    person.write_bytes(letter({}))
    lines, status = read("bounce", bounce, person)
    assert status == 0
    assert (lines[0]["kind"], lines[0]["status"], lines[0]["token"]) == ("failed", "5.1.1", TOKEN)
    assert lines[1]["kind"] == "none"


def test_mail_built_to_be_slow_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "hostile.eml"
    path.write_bytes(b"X: " + b"x" * 70_000)
    lines, status = read("bounce", path)
    assert (lines[0]["error"], status) == ("refused", 1)


def test_only_what_can_be_read_is_offered(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("read", "letter", str(tmp_path))
