"""Rules of the house that no linter knows. Prints each breach, and ends with 1 if there is one."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "misc"}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 30
LOCKS = ("uv.lock", "requirements.txt", "requirements-dev.txt", "package-lock.json")
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}
# A path on somebody's own machine says nothing to others, and breaks on theirs.
PERSONAL_PATH = re.compile(r"(?<![\w.~/>}-])/(?:home|Users|work)/[a-z]\w*")


def main() -> int:
    files = tracked_files()
    breaches = [
        *forbidden_names(files),
        *foreign_hosts(),
        *personal_paths(files),
        *too_long([path for path in files if path.suffix == ".py"]),
    ]
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


def tracked_files() -> list[Path]:
    """What git knows or would add; without git (an unpacked archive), nothing is checked."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def forbidden_names(files: list[Path]) -> Iterator[str]:
    for path in files:
        inside = path.relative_to(ROOT)
        named = {*inside.parts[:-1], inside.stem}
        if path.suffix == ".py" and named & FORBIDDEN_NAMES:
            yield f"{inside}: a name that says nothing; call it after what it does"


def foreign_hosts() -> Iterator[str]:
    """Locks must work for everybody: they name the public index only, or no host at all."""
    for name in LOCKS:
        path = ROOT / name
        hosts = (
            set(re.findall(r"https?://([^/\s\"']+)", path.read_text())) if path.exists() else set()
        )
        if name == "package-lock.json" and path.exists():
            hosts = set(re.findall(r'"resolved": "\w+://([^/"]+)', path.read_text()))
        for host in sorted(hosts - PUBLIC_HOSTS):
            yield f"{name}: names the host {host}; run `make lock`"
        if path.exists() and re.search(
            r"^--(extra-)?index-url|^--find-links", path.read_text(), re.M
        ):
            yield f"{name}: sets an index; run `make lock`"


def personal_paths(files: list[Path]) -> Iterator[str]:
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if found := PERSONAL_PATH.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: a path of one machine: {found.group()}"


def too_long(files: list[Path]) -> Iterator[str]:
    for path in files:
        inside = path.relative_to(ROOT)
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > LONGEST_MODULE and "migrations" not in inside.parts:
            yield f"{inside}: {lines} lines; at most {LONGEST_MODULE}"
        if inside.parts[0] != "tests" and "migrations" not in inside.parts:
            yield from long_functions(inside, ast.parse(text))


def long_functions(inside: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = body_length(node)
            if length > LONGEST_FUNCTION:
                yield (
                    f"{inside}:{node.lineno}: {node.name} has {length} lines, "
                    f"its signature and docstring not counted; at most {LONGEST_FUNCTION}"
                )


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


if __name__ == "__main__":
    sys.exit(main())
