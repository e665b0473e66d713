from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from sincerely.config import postgres
from sincerely.config.postgres import binaries
from sincerely.config.postgres.binaries import folder_for
from sincerely.config.postgres.place import place_for
from tests.config.conftest import connect, kill_everything_in, processes_in, snapshot

as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="is about root")


def test_a_fresh_home_gets_a_database_that_syncs_and_speaks_utf8(running_home: Path) -> None:
    with connect(running_home) as connection:
        row = connection.execute(
            "SELECT current_setting('fsync'), current_setting('server_encoding'),"
            " lower('ÄÉ'), current_setting('listen_addresses'), current_setting('TimeZone')"
        ).fetchone()
    assert row == ("on", "UTF8", "äé", "", "UTC")


def test_the_application_role_is_no_superuser_and_can_create_the_extensions(
    running_home: Path,
) -> None:
    with connect(running_home) as connection:
        for extension in ("pg_trgm", "unaccent", "btree_gin", "citext"):
            connection.execute(f"CREATE EXTENSION {extension}")
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == (False, True)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_nobody_gets_in_without_the_password(running_home: Path, password: str) -> None:
    settings = postgres.connection_settings(running_home)
    with pytest.raises(psycopg.OperationalError, match=r"password"):
        psycopg.connect(
            host=settings["HOST"], user="postgres", dbname="postgres", password=password or None
        )


def test_passwords_and_socket_are_closed_to_other_users(running_home: Path) -> None:
    place = place_for(running_home)
    secrets = list(place.keys.glob("*.password"))
    assert len(secrets) == 2
    for path in (*secrets, place.log, place.keys, place.data, place.socket_directory):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_data_survives_a_stop_and_a_second_start(home: Path) -> None:
    with postgres.Server(home), connect(home) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert processes_in(home) == []
    with postgres.Server(home), connect(home) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_committed_data_survives_kill_9_of_everything(home: Path) -> None:
    postgres.Server(home).start()
    with connect(home) as connection:
        connection.execute("CREATE TABLE kept (answer int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    kill_everything_in(home)
    assert (place_for(home).data / "postmaster.pid").exists()
    with postgres.Server(home), connect(home) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_server_that_was_killed_is_started_again_for_whoever_uses_it(home: Path) -> None:
    said: list[str] = []
    with postgres.Server(home, report=said.append) as server:
        with connect(home) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        server.keep_running()
        assert said == []
        kill_everything_in(home)
        server.keep_running()
        assert said == ["PostgreSQL has ended, and not by us. It is started again."]
        with connect(home) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    assert processes_in(home) == []


def test_a_stale_pid_that_another_process_has_by_now_does_not_refuse_the_start(
    home: Path,
) -> None:
    postgres.Server(home).start()
    kill_everything_in(home)
    pid_file = place_for(home).data / "postmaster.pid"
    lines = pid_file.read_text().splitlines(keepends=True)
    owner = place_for(home).owner
    with subprocess.Popen(["sleep", "60"], **owner.spawn_arguments()) as bystander:
        pid_file.write_text("".join([f"{bystander.pid}\n", *lines[1:]]))
        try:
            with postgres.Server(home) as server:
                assert server.is_running()
            assert bystander.poll() is None
        finally:
            bystander.kill()


def test_a_second_user_finds_it_running_and_does_not_stop_it(home: Path) -> None:
    with postgres.Server(home) as first:
        (before,) = _postmasters(home)
        with postgres.Server(home):
            assert _postmasters(home) == [before]
        assert first.is_running()


def test_the_last_user_stops_it_even_if_another_started_it(home: Path) -> None:
    starter, guest = postgres.Server(home), postgres.Server(home)
    starter.start()
    guest.start()
    starter.stop()
    assert guest.is_running()
    guest.stop()
    assert processes_in(home) == []


def test_many_may_start_at_once_and_get_one_server(empty_home: Path) -> None:
    home = empty_home
    servers = [postgres.Server(home) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(postgres.Server.start, servers))
    assert len(_postmasters(home)) == 1
    for server in servers:
        server.stop()
    assert processes_in(home) == []


def test_a_start_that_is_killed_midway_leaves_nothing_half_done(empty_home: Path) -> None:
    home = empty_home
    code = f"""
from pathlib import Path
from sincerely.config import postgres
postgres.Server(Path({str(home)!r})).start()
"""
    starter = subprocess.Popen([sys.executable, "-c", code])
    while not list(home.glob("cluster/data.new-*")):
        assert starter.poll() is None
        time.sleep(0.005)
    starter.kill()
    starter.wait()
    assert not place_for(home).data.exists()
    with postgres.Server(home) as server:
        assert server.is_running()


def test_a_server_of_somebody_else_on_our_data_is_named_and_left_alone(home: Path) -> None:
    place = place_for(home)
    program = folder_for(place.owner) / "bin" / "postgres"
    elsewhere = home / "elsewhere"
    elsewhere.mkdir(mode=0o777)
    elsewhere.chmod(0o777)
    foreign = subprocess.Popen(
        [program, "-D", place.data, "-k", elsewhere], cwd="/", **place.owner.spawn_arguments()
    )
    try:
        while not list(elsewhere.iterdir()):
            time.sleep(0.01)
        with pytest.raises(postgres.PostgresError, match=rf"in use .*process {foreign.pid}"):
            postgres.Server(home).start()
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


def test_data_of_another_version_is_refused_and_left_untouched(home: Path) -> None:
    data = place_for(home).data
    (data / "PG_VERSION").write_text("17\n")
    before = snapshot(data)
    with pytest.raises(postgres.PostgresError, match="made by PostgreSQL 17"):
        postgres.Server(home).start()
    assert snapshot(data) == before


def test_half_a_cluster_is_refused_and_left_untouched(home: Path) -> None:
    data = place_for(home).data
    (data / "global" / "pg_control").unlink()
    before = snapshot(data)
    with pytest.raises(postgres.PostgresError, match="incomplete"):
        postgres.Server(home).start()
    assert snapshot(data) == before


def test_a_lost_password_is_explained_at_once(home: Path) -> None:
    (place_for(home).keys / "sincerely.password").write_text("another")
    with pytest.raises(postgres.PostgresError, match="does not let us in"):
        postgres.Server(home).start()
    assert processes_in(home) == []


def test_the_operators_own_settings_win(home: Path) -> None:
    (place_for(home).data / "local.conf").write_text("work_mem = '9MB'\n")
    with postgres.Server(home), connect(home) as connection:
        assert connection.execute("SHOW work_mem").fetchone() == ("9MB",)


def test_a_setting_that_stops_the_start_is_shown_in_the_servers_own_words(home: Path) -> None:
    (place_for(home).data / "local.conf").write_text("work_mem = 'plenty'\n")
    with pytest.raises(postgres.PostgresError, match=r"work_mem.*plenty"):
        postgres.Server(home).start()


def test_a_home_with_a_long_path_still_gets_a_socket(home: Path) -> None:
    deep = home / ("a-very-long-folder-name" * 3) / ("another-long-folder-name" * 3)
    try:
        with postgres.Server(deep), connect(deep) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        place_for(deep).socket_directory.rmdir()


@as_root_only
def test_for_root_the_server_is_another_user_and_no_folder_is_opened_to_all(
    running_home: Path,
) -> None:
    place = place_for(running_home)
    assert {process.uids().real for process in processes_in(running_home)} == {place.owner.uid}
    for folder in (place.home, place.root):
        assert folder.stat().st_mode & stat.S_IRWXO == 0


@as_root_only
def test_for_root_a_closed_home_stays_closed_and_the_data_goes_elsewhere(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = empty_home.parent / "state"
    monkeypatch.setattr("sincerely.config.postgres.place.STATE_ROOT", state)
    monkeypatch.setattr("sincerely.config.postgres.cluster.STATE_ROOT", state)
    empty_home.mkdir(mode=0o700)
    with postgres.Server(empty_home) as server:
        assert server.place.root.parent == state
        assert str(server.place.root) in server.place.pointer.read_text()
    assert stat.S_IMODE(empty_home.stat().st_mode) == 0o700
    moved = empty_home.rename(empty_home.with_name("moved"))
    with postgres.Server(moved) as server:
        assert server.place.root.parent == state


@as_root_only
def test_for_root_programs_below_a_closed_folder_are_copied_to_where_they_can_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = binaries.wheel_folder().parent
    closed = home.parent / "closed"
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, closed / folder.name)
    closed.chmod(0o700)
    monkeypatch.setattr(binaries, "wheel_folder", lambda: closed / package.name / "pginstall")
    monkeypatch.setattr(binaries, "STATE_ROOT", home.parent / "state")
    with postgres.Server(home) as server:
        (pid,) = _postmasters(home)
        assert Path(psutil.Process(pid).exe()).is_relative_to(home.parent / "state")
        assert server.is_running()


def _postmasters(home: Path) -> list[int]:
    found = []
    for process in processes_in(home):
        # A backend may end between the list and the look.
        with suppress(psutil.NoSuchProcess, FileNotFoundError):
            found += [process.pid] if "-D" in process.cmdline() else []
    return found
