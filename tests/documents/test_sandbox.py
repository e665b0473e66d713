from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sincerely.documents import sandbox
from sincerely.documents.sandbox import read_resume
from tests.reading import papers
from tests.reading.test_kind import DOCUMENTS

TakeOver = Callable[[str], None]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[TakeOver]:
    """Make the fork run these lines of Python where it would read a document.

    It stands for a document that has taken over its reader.
    """

    def take_over(code: str) -> None:
        lines = [
            "import json, os, socket, sys, time",  # what an attacker finds loaded
            "sys.path[:0] = sys.argv[2:]",
            "from sincerely.documents import sandbox_process as process",
            "from sincerely.reading.resume_text import ResumeText",
            "def run(data, name):",
            *(f"    {line}" for line in code.splitlines()),
            "process.read_text = run",
            "process.serve(int(sys.argv[1]))",
        ]
        monkeypatch.setattr(sandbox, "_BOOT", "\n".join(lines))
        sandbox.close()

    yield take_over
    sandbox.close()


@pytest.mark.parametrize("extension", DOCUMENTS)
def test_every_format_is_read_inside_the_limits(extension: str) -> None:
    found = read_resume(DOCUMENTS[extension], f"resume.{extension}")
    assert (found.problem, found.kind) == ("", extension)
    assert "Jo" in found.text


def test_a_path_is_read_like_bytes_and_gives_json_resume_too(tmp_path: Path) -> None:
    path = tmp_path / "0a1b2c"
    path.write_bytes(papers.docx())
    found = read_resume(path, "سيرة ذاتية.docx")
    assert found == read_resume(path.read_bytes(), "سيرة ذاتية.docx")
    assert found.resume["basics"]["name"] == "Jo Murphy"
    assert found.resume["work"][0]["position"] == "Line Cook"


@pytest.mark.parametrize("charset", ["cp1251", "shift_jis", "gb18030", "utf-16"])
def test_charsets_need_no_file_to_be_opened(charset: str) -> None:
    text = {"cp1251": "Повар в ресторане", "shift_jis": "レストランでの調理"}.get(
        charset, "北京厨师"
    )
    assert read_resume(text.encode(charset), "resume.txt").text == text


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"", "resume.pdf", "empty"),
        (bytes(50 * 1024 * 1024), "resume.pdf", "too-large"),
        (papers.encrypted_pdf(), "resume.pdf", "encrypted"),
        (papers.pdf()[:150], "resume.pdf", "corrupt"),
        (b"MZ\x90\0", "resume.pdf", "executable"),
        (papers.docx("x" * 40_000_000), "resume.docx", "unpacks-too-large"),
        (papers.docx("<w:p>" * 100_000), "resume.docx", "too-complex"),
        (b"<html>" + b"<div>" * 200_000, "resume.html", "no-text"),
        (b"<html><meta charset=unheard-of>", "resume.html", "no-text"),
    ],
)
def test_hostile_documents_give_a_problem(data: bytes, name: str, problem: str) -> None:
    assert read_resume(data, name).problem == problem


@pytest.mark.parametrize("code", ["while True: pass", "time.sleep(600)"])
def test_a_document_that_never_ends_is_ended(code: str, hostile: TakeOver) -> None:
    hostile(code)
    assert read_resume(b"x", "resume.txt", seconds=1).problem == "too-slow"


def test_a_reader_that_is_killed_or_falls_is_a_problem_and_the_next_one_lives(
    hostile: TakeOver,
) -> None:
    hostile("os.kill(os.getpid(), 11 if b'fall' in data else 9)")
    assert read_resume(b"fall", "resume.txt").problem == "crashed"
    assert read_resume(b"kill", "resume.txt").problem == "crashed"


def test_memory_is_limited(hostile: TakeOver) -> None:
    hostile("bytearray(400 * 1024 * 1024); os.write(2, b'x')")
    assert read_resume(b"x", "resume.txt", memory_mb=300).problem == "crashed"


@pytest.mark.parametrize(
    "code",
    [
        "open('/etc/hostname')",
        "open('/tmp/left-behind', 'w')",
        "socket.socket()",
        "os.pipe()",
        "os.listdir('/')",
        "import sqlite3",
    ],
)
def test_a_reader_that_was_taken_over_can_open_nothing(code: str, hostile: TakeOver) -> None:
    hostile(
        f"try:\n    {code}\nexcept (OSError, ImportError):\n    return ResumeText('kept in')\n"
        "return ResumeText('got out')"
    )
    assert read_resume(b"x", "resume.txt").text == "kept in"


def test_no_secret_of_ours_is_in_its_environment(hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for strangers")
    hostile("return ResumeText(repr(dict(os.environ)))")
    found = read_resume(b"x", "resume.txt").text
    assert "LC_ALL" in found
    assert "SECRET_KEY" not in found


@pytest.mark.parametrize(
    "answer",
    [
        "not json",
        "{}",
        "[]",
        '{"text": 5, "problem": "", "kind": "txt", "links": [], "truncated": false, "resume": {}}',
        '{"text": "", "problem": "made-up", "kind": "", "links": [], "truncated": 0, "resume": {}}',
    ],
)
def test_an_answer_that_is_not_ours_is_not_believed(answer: str, hostile: TakeOver) -> None:
    hostile(
        "for number in range(3, 20):\n"
        f"    try: os.write(number, {answer!r}.encode() + b'\\n')\n"
        "    except OSError: pass\n"
        "os._exit(0)"
    )
    assert read_resume(b"x", "resume.txt").problem == "crashed"


def test_an_answer_without_end_is_cut_off(hostile: TakeOver) -> None:
    hostile(
        "while True:\n"
        "    for number in range(3, 20):\n"
        "        try: os.write(number, b'x' * 65536)\n"
        "        except OSError: pass"
    )
    assert read_resume(b"x", "resume.txt", seconds=15).problem == "crashed"


def test_a_warm_process_that_was_killed_is_replaced() -> None:
    assert read_resume(b"Jo", "resume.txt").text == "Jo"
    warm = sandbox._reader
    assert warm is not None
    os.kill(warm.process.pid, signal.SIGKILL)
    warm.process.wait()
    assert read_resume(b"Jo", "resume.txt").text == "Jo"


def test_a_fault_of_our_own_is_not_blamed_on_the_document(
    hostile: TakeOver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile("")  # ends the warm process of the tests before
    monkeypatch.setattr(sandbox, "_BOOT", "import no_such_module")
    with pytest.raises(ConnectionError):
        read_resume(b"Jo", "resume.txt")


def test_threads_get_their_own_answers() -> None:
    names = [f"Jo number {number}" for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda name: read_resume(name.encode(), "resume.txt").text, names)
    assert list(found) == names


def test_no_descriptor_is_left_open() -> None:
    read_resume(b"Jo", "resume.txt")
    before = _next_descriptor()
    for _ in range(5):
        read_resume(b"Jo", "resume.txt")
    assert _next_descriptor() == before


def _next_descriptor() -> int:
    descriptor = os.dup(0)
    os.close(descriptor)
    return descriptor


def test_the_warm_process_ends_with_ours() -> None:
    code = (
        "from sincerely.documents import sandbox\n"
        "sandbox.read_resume(b'Jo', 'a.txt'); print(sandbox._reader.process.pid, flush=True)\n"
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    pid = int(ended.stdout)
    deadline = time.monotonic() + 10
    while _is_running(pid):
        assert time.monotonic() < deadline, "the warm process outlived the one that started it"


def _is_running(pid: int) -> bool:
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return status.stdout.strip()[:1] not in {"", "Z"}


def test_nothing_of_django_is_needed() -> None:
    code = "import sys, sincerely.documents.sandbox; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
