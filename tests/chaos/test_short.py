"""The short form of the chaos run; `python -m tests.chaos` is the long one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_kill_9_of_anything_loses_no_receipt_and_doubles_few() -> None:
    command = [sys.executable, "-m", "tests.chaos", "--applications=40", "--kills=4"]
    done = subprocess.run(
        [*command, "--seconds-between=1", "--give-up-after=180"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout, done.stderr[-3000:])
    found = json.loads(done.stdout)
    assert (found["acknowledged"], found["lost"], found["second_receipts"]) == (40, 0, 0)
