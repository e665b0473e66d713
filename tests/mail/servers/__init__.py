"""Debian's postfix and dovecot, run by the tests as processes of their own on loopback.

The configuration files beside this are ours; `start` fills them in. They need root, because both
change to users of their own.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
OURS = ("bounces.test", "replies.test", "jobs.test")
PEOPLE = "people.test"
SLOW = "slow.test"
USER, PASSWORD = "inbox", "kept by dovecot"
OWNER = "mail"


@dataclass(frozen=True)
class Servers:
    """Where they listen: postfix by SMTP, dovecot by IMAP. `slow_port` is where postfix brings
    mail for slow.test."""

    home: Path
    smtp_port: int
    imap_port: int
    lmtp_port: int
    slow_port: int

    @property
    def imap_url(self) -> str:
        return f"imap://{USER}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.imap_port}"

    def maildir(self, user: str = USER) -> Path:
        return self.home / "mail" / user / "Maildir"

    def mails(self, user: str = USER) -> list[Path]:
        return [path for each in ("new", "cur") for path in (self.maildir(user) / each).glob("*")]

    def log(self) -> str:
        """What both wrote last, for a test that failed."""
        found = [self.home / "maillog", self.home / "dovecot.log"]
        return "\n".join(path.read_text()[-4_000:] for path in found if path.exists())


def why_not() -> str:
    """Why they cannot run here, or an empty text."""
    if os.geteuid() != 0:
        return "postfix and dovecot need root to start"
    missing = [name for name in ("postfix", "dovecot") if not shutil.which(name, path=_path())]
    if missing:
        packages = "postfix dovecot-imapd dovecot-lmtpd"
        return f"{' and '.join(missing)} not installed (apt-get install {packages})"
    return ""


@contextmanager
def start() -> Iterator[Servers]:
    """Both, until the end of the block; everything that they write goes with them."""
    # Sockets want a short path, and other users must pass through it.
    with tempfile.TemporaryDirectory(prefix="mx-") as name, ExitStack() as running:
        home = Path(name)
        home.chmod(0o755)
        servers = Servers(home, *(_free_port() for _ in range(4)))
        _write_configuration(servers)
        running.enter_context(_dovecot(home / "dovecot.conf"))
        running.enter_context(_postfix(home / "postfix"))
        for port in (servers.smtp_port, servers.imap_port, servers.lmtp_port):
            _wait_for(port, servers)
        yield servers


def _write_configuration(servers: Servers) -> None:
    home, owner = servers.home, pwd.getpwnam(OWNER)
    for folder in ("postfix", "queue", "data", "mail"):
        (home / folder).mkdir()
    shutil.chown(home / "data", "postfix")
    shutil.chown(home / "mail", owner.pw_uid, grp.getgrnam(OWNER).gr_gid)
    values = {
        "home": home,
        "mail": home / "mail",
        "people": PEOPLE,
        "slow": SLOW,
        "ours": ", ".join(OURS),
        "uid": owner.pw_uid,
        "gid": owner.pw_gid,
        "smtp_port": servers.smtp_port,
        "imap_port": servers.imap_port,
        "lmtp_port": servers.lmtp_port,
        "slow_port": servers.slow_port,
    }
    _fill("main.cf", home / "postfix" / "main.cf", values)
    _fill("master.cf", home / "postfix" / "master.cf", values)
    _fill("dovecot.conf", home / "dovecot.conf", values)
    users = [(USER, USER), (f"jo@{PEOPLE}", "jo")]
    (home / "users").write_text(
        "".join(
            f"{login}:{{PLAIN}}{PASSWORD}:{owner.pw_uid}:{owner.pw_gid}::{home}/mail/{name}\n"
            for login, name in users
        )
    )


def _fill(name: str, path: Path, values: dict[str, object]) -> None:
    text = (HERE / name).read_text()
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    path.write_text(text)


@contextmanager
def _dovecot(configuration: Path) -> Iterator[None]:
    process = subprocess.Popen(["dovecot", "-F", "-c", configuration], env=_environment())
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def _postfix(folder: Path) -> Iterator[None]:
    def tell(word: str) -> int:
        command = ["postfix", "-c", folder, word]
        return subprocess.run(
            command, env=_environment(), capture_output=True, check=False
        ).returncode

    assert tell("start") == 0, (folder.parent / "maillog").read_text()
    try:
        yield
    finally:
        tell("stop")


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": _path()}


def _path() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, servers: Servers, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise AssertionError(f"nothing listens on {port}:\n{servers.log()}") from None
            time.sleep(0.1)
