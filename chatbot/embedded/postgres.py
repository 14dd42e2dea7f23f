"""A private PostgreSQL 18 with pgvector: the binaries inside a wheel, run in the foreground as our own child.

Never through the wheel's `get_server()`: it opens folders to all users, fails on a space in the path and
leaves servers behind (docs/decisions/).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from signal import SIGINT
from urllib.parse import quote

import psycopg
from psycopg import sql

from chatbot.embedded import leftovers, places, privilege
from chatbot.embedded.problems import CannotStart
from chatbot.embedded.service import Service, arguments, last_line, running

VERSION = "18"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For tests: nothing has to survive a power cut.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A prepared data folder, where its socket will be, and as whom it runs."""

    data: Path
    sockets: Path
    bin: Path
    identity: str
    settings: Mapping[str, str] = field(default_factory=dict)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={quote(str(self.sockets), safe='')}"

    def service(self) -> Service:
        chosen = {**SETTINGS, **self.settings}
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        return Service(
            name="postgres",
            command=[str(self.bin / "postgres"), "-D", str(self.data), "-k", str(self.sockets), *options],
            identity=self.identity,
            folder=self.data,
            is_ready=self.is_ready,
            stop_signal=SIGINT,  # a "fast" shutdown: sessions are ended, nothing is lost
            death_signal=SIGINT,
            stop_seconds=30,
        )

    def is_ready(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def prepare(home: Path, *, settings: Mapping[str, str] | None = None, identity: str = "") -> Cluster:
    """Make the data folder below `home` when there is none, and clear what a crash left in it.

    `identity` overrides as whom it runs (see privilege.py).
    """
    place = privilege.place_for_postgres(home, identity=identity)
    cluster = Cluster(
        data=place.home / "data",
        sockets=places.socket_folder(place.home / "run"),
        bin=place.bin,
        identity=place.identity,
        settings=settings or {},
    )
    place.hand_over(cluster.sockets)
    _make_cluster(cluster, place)
    _check_version(cluster.data)
    place.check_owner(cluster.data)
    leftovers.clear_postgres(cluster.data, cluster.sockets)
    return cluster


def _make_cluster(cluster: Cluster, place: privilege.Place) -> None:
    """Run `initdb` beside its final place, so that an interrupted one is never taken for a cluster."""
    if cluster.data.exists():
        return
    draft = cluster.data.with_name("data.new")
    rmtree(draft, ignore_errors=True)
    place.hand_over(places.private_folder(draft))
    command = [str(cluster.bin / "initdb"), "-D", str(draft), "-U", "postgres", "-E", "UTF8"]
    command += ["--locale-provider=builtin", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject"]
    command += ["--sync-method=syncfs"] if sys.platform == "linux" else []
    log = place.home / "initdb.log"
    _run(Service(name="initdb", command=command, identity=cluster.identity, folder=draft, is_ready=bool), log)
    draft.rename(cluster.data)


def _run(service: Service, log: Path) -> None:
    with log.open("wb") as output:
        done = subprocess.run(
            arguments(service), cwd=service.folder, stdout=output, stderr=output, check=False
        )
    if done.returncode != 0:
        raise CannotStart(f"The database could not be made: {last_line(log)} (all of it: {log}).")


def _check_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip() if (data / "PG_VERSION").exists() else "none"
    if found != VERSION:
        raise CannotStart(
            f"{data} is a database of PostgreSQL {found}, not {VERSION}: move it away, or set DATABASE_URL."
        )


def create_database(cluster: Cluster, name: str) -> str:
    """Make the database and its vector extension when absent; return its URL."""
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    with psycopg.connect(cluster.url(name), autocommit=True) as connection:
        connection.execute("create extension if not exists vector")
    return cluster.url(name)


@contextmanager
def private(directory: Path, *, database: str = "causerie") -> Iterator[str]:
    """Run a server that need not survive a power cut, in `directory`; yield the URL of a fresh database."""
    cluster = prepare(directory, settings=THROWAWAY)
    with running(cluster.service(), log=directory / "postgres.log"):
        yield create_database(cluster, database)
