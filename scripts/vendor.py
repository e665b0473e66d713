"""Copy the pinned front-end files out of node_modules into the package: `npm ci`, then this.

With --check nothing is written; the exit status is 1 when a committed copy differs.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "sincerely" / "kernel" / "static" / "vendor"
FILES = {
    "sortablejs/Sortable.min.js": "sortable.min.js",
    "sortablejs/LICENSE": "sortable.LICENSE.txt",
}


def main(arguments: list[str]) -> int:
    """Copy (or compare) each file; the number of differing files decides the exit status."""
    differing = []
    for source, target in FILES.items():
        fresh = (ROOT / "node_modules" / source).read_bytes()
        copy = VENDOR / target
        if copy.exists() and copy.read_bytes() == fresh:
            continue
        differing.append(target)
        if "--check" not in arguments:
            VENDOR.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(fresh)
    sys.stdout.write("".join(f"{name}\n" for name in differing))
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
