"""Applications while everything is killed: python -m tests.chaos --applications 1000 --kills 50

Prints one JSON object; ends with 1 when something was lost or doubled beyond the bound.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.chaos.processes import Installation
from tests.config.conftest import kill_everything_in
from tests.outbox.faulty_server import Faults, FaultyServer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds-between", type=float, default=3.0, help="two kills, on average")
    parser.add_argument("--give-up-after", type=float, default=1_800, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sincerely-chaos-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        home.chmod(0o711)
        try:
            found = _run(home / "home", options)
        finally:
            kill_everything_in(home)
    sys.stdout.write(json.dumps(found) + "\n")
    return int(not found["ok"])


def _run(home: Path, options: argparse.Namespace) -> dict[str, object]:
    from tests.chaos.mail_server import Dice

    dice = Dice(options.seed)
    with FaultyServer(Faults(at=dice)) as mail, Installation(home, mail.port) as installation:
        from tests.chaos.run import Run

        return Run(installation, mail.faults, dice, options).result()


if __name__ == "__main__":
    sys.exit(main())
