#!/usr/bin/env python3
"""Install, start and test sincerely: `python3 run.py demo|test|install|…`.

The standard library is enough, so that a machine with nothing but Python can begin here. What
needs more runs inside `.venv`, which the first step makes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "sincerely-installed.json"
LOCK_FOR_USE = ROOT / "requirements.txt"
LOCK_FOR_DEVELOPMENT = ROOT / "requirements-dev.txt"
OLDEST_PYTHON = (3, 11)
# Programs that some tests need, and the packages that bring them.
FOR_TESTS = {
    "postfix": ("postfix",),
    "dovecot": ("dovecot-imapd", "dovecot-lmtpd"),
    "espeak-ng": ("espeak-ng",),
}


class Stop(Exception):
    """The run cannot go on; the message is for the person at the terminal."""


# ── Installing ────────────────────────────────────────────────────────────────────────────────


def install(lock: Path = LOCK_FOR_DEVELOPMENT) -> None:
    """Bring `.venv` in line with the lock. Seconds at first, nothing when nothing changed."""
    if not lock.exists():
        raise Stop(f"{lock.name} is missing. Get the whole repository, or run `make lock`.")
    wanted = fingerprint(lock)
    if wanted in installed_fingerprints():
        return
    say(f"Installing the packages of {lock.name} into .venv …")
    began = time.monotonic()
    make_venv()
    STAMP.unlink(missing_ok=True)
    if not install_with_uv(lock):
        say("uv could not do it; pip does, which takes longer.")
        pip("install", "--require-hashes", "--no-deps", "-r", str(lock), without_constraints=True)
        pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    STAMP.write_text(json.dumps(fingerprints_covered_by(lock)))
    say(f"Installed in {time.monotonic() - began:.0f} s.")


def fingerprint(lock: Path) -> str:
    """Changes with the lock, with our own metadata, and when the checkout is moved."""
    parts = [str(ROOT).encode(), lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def fingerprints_covered_by(lock: Path) -> list[str]:
    """The packages for development contain those for use."""
    locks = {lock, LOCK_FOR_USE} if lock == LOCK_FOR_DEVELOPMENT else {lock}
    return sorted(fingerprint(each) for each in locks)


def installed_fingerprints() -> list[str]:
    if not (VENV / "bin" / "python").exists():  # also false when the Python it links to is gone
        return []
    try:
        found: list[str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return []
    return found


def make_venv() -> None:
    if python_works() and (VENV / "bin" / "pip").exists():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(
            "Python could not make a virtual environment. On Debian and Ubuntu its module venv "
            "is a package of its own: `apt install python3-venv`."
        )


def python_works() -> bool:
    python = VENV / "bin" / "python"
    if not python.exists():
        return False
    check = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return subprocess.run([str(python), "-c", check], check=False).returncode == 0


def install_with_uv(lock: Path) -> bool:
    """pip fetches the uv that the lock names, by its hash; uv fetches the rest in parallel."""
    only_uv = VENV / "uv-requirement.txt"
    only_uv.write_text(locked_requirement("uv", lock))
    try:
        pip(
            "install", "--require-hashes", "--no-deps", "-r", str(only_uv), without_constraints=True
        )
    except Stop:
        return False
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--python", str(VENV / "bin" / "python")]
    environment = {**os.environ, **uv_settings_from_pip(), "UV_LINK_MODE": link_mode()}
    packages = subprocess.run(
        [*uv, "--quiet", "--require-hashes", "--no-deps", "-r", str(lock)],
        env=environment,
        cwd=VENV,  # not the repository's folder: only the user's own uv settings count
        check=False,
    )
    if packages.returncode != 0:
        return False
    ours = ["--quiet", "--no-deps", "--no-build-isolation", "--offline", "-e", str(ROOT)]
    return subprocess.run([*uv, *ours], env=environment, cwd=VENV, check=False).returncode == 0


def locked_requirement(name: str, lock: Path) -> str:
    """One package of the lock with its hashes."""
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", lock.read_text(), re.MULTILINE)
    if not found:
        raise Stop(f"{lock.name} does not name {name}. Run `make lock`.")
    return found.group()


def uv_settings_from_pip() -> dict[str, str]:
    listed = subprocess.run(
        [str(VENV / "bin" / "pip"), "config", "list"], capture_output=True, text=True, check=False
    )
    return uv_settings(listed.stdout, os.environ)


def uv_settings(listed: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Whoever told pip about an index, a proxy's certificate or a folder of wheels, told us too.

    ``listed`` holds one setting a line: global.index-url='https://…', or :env:.index-url='…'.
    """
    told = dict(re.findall(r"^[\w:]+\.([\w-]+)='(.*)'$", listed, re.MULTILINE))
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "extra-index-url": "UV_INDEX",
        "find-links": "UV_FIND_LINKS",
        "trusted-host": "UV_INSECURE_HOST",
        "cert": "SSL_CERT_FILE",
    }
    found = {uv: " ".join(told[pip].split()) for pip, uv in names.items() if told.get(pip)}
    # The lock's hashes decide what is installed, whichever of several indexes has it.
    found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in found.items() if name not in environment}


def link_mode() -> str:
    """Hard links into uv's cache where it lies on the same disk; else copies, without a warning."""
    cache = Path(os.environ.get("UV_CACHE_DIR") or Path.home() / ".cache")
    same = cache.exists() and cache.stat().st_dev == VENV.stat().st_dev
    return os.environ.get("UV_LINK_MODE") or ("hardlink" if same else "copy")


def pip(*arguments: str, without_constraints: bool = False) -> None:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if without_constraints:  # the lock is exact already, and pip refuses constraints without hashes
        environment["PIP_CONSTRAINT"] = ""
    command = [str(VENV / "bin" / "python"), "-m", "pip", "--quiet", *arguments]
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise Stop("pip failed; its message stands above.")


# ── Testing ───────────────────────────────────────────────────────────────────────────────────


def test(arguments: list[str]) -> None:
    """Every check, each with its time. The first that fails ends the run, by its name."""
    install()
    chromium = find_or_install_chromium()
    install_for_tests()
    began = time.monotonic()
    workers = str(min(max(os.cpu_count() or 2, 2), 8))
    step("Format", "ruff", "format", "--check", "--quiet", ".")
    step("Lint", "ruff", "check", "--quiet", ".")
    step("House rules", "python", "scripts/house_rules.py")
    step("Floors", "lint-imports")
    step("Types", "mypy")
    step("Migrations", "sincerely", "makemigrations", "--check", "--dry-run")
    pytest("Tests", ["-n", workers, "-m", "not browser", *arguments], {}, bool(arguments))
    browser_environment = {
        "SINCERELY_CHROMIUM": chromium,
        # Playwright's loop runs in the test's own thread, where Django would refuse its database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    browser = ["-n", "2", "-m", "browser", *arguments]
    pytest("Browser tests", browser, browser_environment, bool(arguments))
    say(f"Everything passed in {time.monotonic() - began:.0f} s.")


def step(name: str, program: str, *arguments: str) -> None:
    code = timed(name, [str(VENV / "bin" / program), *arguments], {})
    if code != 0:
        raise Stop(f"The step “{name}” failed.")


def pytest(name: str, arguments: list[str], environment: dict[str, str], selected: bool) -> None:
    """A selection handed over in ARGS may leave one of the two runs without a test."""
    code = timed(name, [str(VENV / "bin" / "python"), "-m", "pytest", *arguments], environment)
    no_test = 5
    if code != 0 and not (selected and code == no_test):
        raise Stop(f"The step “{name}” failed.")


def timed(name: str, command: list[str], environment: dict[str, str]) -> int:
    say(f"── {name} {'─' * (70 - len(name))}")
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    say(f"   {name}: {time.monotonic() - began:.1f} s")
    return code.returncode


def find_or_install_chromium() -> str:
    """The path of a Chromium; where the machine has none, root gets one from apt."""
    if found := find_chromium():
        return found
    if may_use_apt():
        say("Installing Chromium for the browser tests …")
        apt_install("chromium")
    if found := find_chromium():
        return found
    raise Stop(
        "The browser tests need Chromium, and this machine has none. Install it (on Debian and "
        "Ubuntu: `apt install chromium`), or name one in SINCERELY_CHROMIUM."
    )


def install_for_tests() -> None:
    """Mail servers and a voice, without which some tests are skipped."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    missing = [name for name in FOR_TESTS if not shutil.which(name, path=path)]
    if missing and may_use_apt():
        say(f"Installing {', '.join(missing)} for the tests …")
        packages = [package for name in missing for package in FOR_TESTS[name]]
        apt_install("--no-install-recommends", *packages)


def may_use_apt() -> bool:
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(*packages: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-qq", "-y", *packages]):
        subprocess.run(["apt-get", *arguments], env=environment, check=False)


def find_chromium() -> str | None:
    if given := os.environ.get("SINCERELY_CHROMIUM"):
        return given
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


# ── The other commands ────────────────────────────────────────────────────────────────────────


def demo(arguments: list[str]) -> None:
    """Everything on this machine, with people and jobs to look at."""
    install(LOCK_FOR_USE)
    os.chdir(ROOT)
    command = [str(VENV / "bin" / "sincerely"), "demo", *arguments]
    os.execv(command[0], command)  # Ctrl-C and SIGTERM reach it directly


def install_for_development(arguments: list[str]) -> None:
    """The locked packages into .venv, those for development included."""
    install()


def lint(arguments: list[str]) -> None:
    """Format, lint, house rules, floors and types, without the tests."""
    install()
    step("Format", "ruff", "format", "--check", "--quiet", ".")
    step("Lint", "ruff", "check", "--quiet", ".")
    step("House rules", "python", "scripts/house_rules.py")
    step("Floors", "lint-imports")
    step("Types", "mypy")


def format_code(arguments: list[str]) -> None:
    """Lay out the code, and repair what can be repaired without thinking."""
    install()
    step("Repair", "ruff", "check", "--fix-only", "--quiet", ".")
    step("Format", "ruff", "format", "--quiet", ".")


def lock(arguments: list[str]) -> None:
    """Resolve again from the public index; the locks name no other, whatever this machine uses."""
    install()
    uv = str(VENV / "bin" / "uv")
    index = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
    environment = {name: value for name, value in os.environ.items() if name not in index}
    export = ["export", "--no-config", "--quiet", "--frozen", "--no-emit-project"]
    export += ["--no-default-groups", "--group", "install", "--format", "requirements-txt"]
    commands = (
        ["lock", "--no-config", *arguments],
        [*export, "--output-file", LOCK_FOR_USE.name],
        [*export, "--group", "dev", "--output-file", LOCK_FOR_DEVELOPMENT.name],
    )
    for command in commands:
        if subprocess.run([uv, *command], cwd=ROOT, env=environment, check=False).returncode != 0:
            raise Stop("uv failed; its message stands above.")


COMMANDS = {
    "demo": demo,
    "test": test,
    "install": install_for_development,
    "lint": lint,
    "format": format_code,
    "lock": lock,
}


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = sys.version.split()[0]
        sys.exit(
            f"sincerely needs Python 3.11 or newer, and this is {found}. If a newer one is "
            "installed, name it: `python3.12 run.py …` or `make PYTHON=python3.12 …`."
        )
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        lines = [
            f"  {key:<8} {(function.__doc__ or '').splitlines()[0]}"
            for key, function in COMMANDS.items()
        ]
        sys.exit("\n".join(["Say what to run:", *lines]))
    arguments = [*sys.argv[2:], *shlex.split(os.environ.get("ARGS", ""))]
    try:
        COMMANDS[name](arguments)
    except Stop as stop:
        sys.exit(f"\n{stop}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
