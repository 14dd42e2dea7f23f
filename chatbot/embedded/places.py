"""Where things may stand: free ports, folders short enough for a socket, private files."""

from __future__ import annotations

import hashlib
import os
import random
import socket
import stat
import tempfile
from pathlib import Path

from chatbot.embedded.problems import CannotStart

# The longest socket path is 103 bytes on macOS, 107 on Linux; PostgreSQL adds a name of 18.
LONGEST_SOCKET_FOLDER = 84
# Below every system's range of outgoing ports: nobody else is handed one of these by chance.
PRIVATE_PORTS = range(20_000, 30_000)


def why_not(host: str, port: int) -> str:
    """Why nothing can listen there, in the system's words; empty when it can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except (OSError, OverflowError) as problem:
        return getattr(problem, "strerror", None) or str(problem)
    return ""


def free_port() -> int:
    for port in random.sample(PRIVATE_PORTS, 200):
        if not why_not("127.0.0.1", port):
            return port
    raise CannotStart("No free port between 20000 and 30000 on 127.0.0.1: end some programs and try again.")


def private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def socket_folder(wanted: Path) -> Path:
    """`wanted` when a socket path fits in it, else a private folder with a short name for it."""
    if len(os.fsencode(wanted)) <= LONGEST_SOCKET_FOLDER:
        return private_folder(wanted)
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]
    short = Path(os.environ.get("XDG_RUNTIME_DIR") or "/tmp") / f"causerie-{os.geteuid()}-{digest}"
    if len(os.fsencode(short)) > LONGEST_SOCKET_FOLDER:
        short = Path("/tmp") / short.name
    return (
        private_folder(short) if _is_ours(short) else Path(tempfile.mkdtemp(prefix="causerie-", dir="/tmp"))
    )


def _is_ours(path: Path) -> bool:
    """Whether a folder in a place shared by all users is absent or truly ours (no link, no other owner)."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, at once (a reader sees the old text or the new)."""
    draft = path.with_name(path.name + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
