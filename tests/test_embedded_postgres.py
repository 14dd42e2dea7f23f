"""The private PostgreSQL: what a crash, another user or an odd folder leaves for the next start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from chatbot.embedded import leftovers, places, postgres, service
from chatbot.embedded.problems import CannotStart

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: only root may become nobody")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a space in its name that holds a database with one row, stopped."""
    home = tmp_path_factory.mktemp("a desk") / "post gres"
    with postgres.private(home) as url, psycopg.connect(url) as connection:
        connection.execute("create table kept as select 1 as one")
    return home


def rows(home: Path) -> object:
    with postgres.private(home) as url, psycopg.connect(url) as connection:
        return connection.execute("select one from kept").fetchone()


def test_data_survive_a_stop_and_a_start(made):
    assert rows(made) == (1,)


def test_a_lock_whose_process_id_now_belongs_to_another_program_is_removed(made):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (made / "data" / "postmaster.pid").write_text(f"{other.pid}\n{made / 'data'}\n")
        (made / "run" / ".s.PGSQL.5432.lock").write_text(f"{other.pid}\n{made / 'data'}\n")
        assert rows(made) == (1,)
        assert other.poll() is None, "the other program must not be touched"
    finally:
        other.kill()
        other.wait()


@pytest.mark.parametrize("content", ["", "not a number", "123456789\nhalf"])
def test_a_lock_that_was_cut_short_is_removed(made, content):
    (made / "data" / "postmaster.pid").write_text(content)
    assert rows(made) == (1,)


def test_a_server_that_was_killed_recovers(made):
    cluster = postgres.prepare(made)
    process = service.spawn(cluster.service(), log=made / "postgres.log")
    service.wait_until_ready(process, cluster.service(), log=made / "postgres.log")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert rows(made) == (1,)


def test_a_server_left_running_on_the_folder_is_ended_first(made):
    cluster = postgres.prepare(made)
    process = service.spawn(cluster.service(), log=made / "postgres.log")
    service.wait_until_ready(process, cluster.service(), log=made / "postgres.log")
    leftovers.clear_postgres(cluster.data, cluster.sockets)
    assert process.wait(10) == 0
    assert rows(made) == (1,)


def test_an_interrupted_first_start_is_begun_again(tmp_path):
    (tmp_path / "data.new" / "base").mkdir(parents=True)
    with postgres.private(tmp_path) as url:
        psycopg.connect(url).close()


def test_a_database_of_another_version_is_told_in_one_sentence(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(CannotStart, match="PostgreSQL 16, not 18: move it away, or set DATABASE_URL"):
        postgres.prepare(tmp_path)


@as_root
def test_a_database_of_another_user_is_told_in_one_sentence(made):
    os.chown(made / "data", 12345, 12345)
    try:
        with pytest.raises(CannotStart, match="belongs to user 12345: run this as that user"):
            postgres.prepare(made)
    finally:
        os.chown(made / "data", os.geteuid(), os.getegid())


@as_root
def test_without_user_namespaces_root_runs_it_as_nobody(tmp_path):
    cluster = postgres.prepare(tmp_path / "home", settings=postgres.THROWAWAY, identity="nobody")
    try:
        with service.running(cluster.service(), log=tmp_path / "log"):
            with psycopg.connect(postgres.create_database(cluster, "causerie")) as connection:
                assert connection.execute("select '[1]'::vector::text").fetchone() == ("[1]",)
            assert (cluster.data / "postmaster.pid").stat().st_uid != 0
    finally:
        shutil.rmtree(cluster.data.parent)


def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(tmp_path):
    deep = tmp_path / ("long-" * 30)
    with postgres.private(deep) as url, psycopg.connect(url) as connection:
        folder = Path(connection.info.host)
    assert len(str(folder)) < 90
    assert folder.stat().st_mode & 0o077 == 0


def test_a_short_folder_made_by_somebody_else_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    wanted = tmp_path / ("long-" * 30)
    short = places.socket_folder(wanted)
    short.chmod(0o777)
    assert places.socket_folder(wanted) != short
