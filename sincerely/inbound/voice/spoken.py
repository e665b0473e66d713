"""Reads a text aloud with espeak-ng, where that is installed: a preview, not what callers hear."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAM = "espeak-ng"
_SECONDS = 10
_MEGABYTE = 1024 * 1024
_LONGEST = 1_500


class NotSpoken(Exception):
    """It took too long, or failed."""


def can_speak() -> bool:
    return shutil.which(PROGRAM) is not None


def speak(text: str, language: str) -> bytes:
    """The text as WAV; `language` of BCP 47, such as `en-GB`. Raises NotSpoken.

    In a process of its own that gets nothing but the text, with limits of time and memory.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotSpoken("espeak-ng is not installed")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "spoken.wav"
        _run([program, "-v", language.lower(), "-s", "150", "-w", str(made), "--stdin"], text)
        try:
            return made.read_bytes()
        except OSError as error:
            raise NotSpoken("it made no sound") from error


def _run(command: list[str], text: str) -> None:
    with subprocess.Popen(  # noqa: S603 - the text goes in by the standard input
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
    ) as process:
        _limit(process.pid)
        try:
            process.communicate(text[:_LONGEST].encode(errors="replace"), timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise NotSpoken("it took too long") from error
    if process.returncode:
        raise NotSpoken(f"it ended with {process.returncode}")


def _limit(process_id: int) -> None:
    if not hasattr(resource, "prlimit"):
        return  # not on this system; time is limited all the same
    for what, most in (
        (resource.RLIMIT_AS, 512 * _MEGABYTE),
        (resource.RLIMIT_CPU, _SECONDS),
    ):
        resource.prlimit(process_id, what, (most, most))
