"""`make clean`: remove what a run leaves behind, the database included, after asking.

A script of the standard library: it works without the virtual environment.
"""

from __future__ import annotations

import fcntl
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> None:
    var = ROOT / "var"
    if is_running(var / "run" / "lock"):
        sys.exit("Causerie runs here: stop it with Ctrl-C first.")
    if (var / "postgres").exists() and not agreed():
        sys.exit("Nothing was removed.")
    for path in (
        var,
        ROOT / ".mypy_cache",
        ROOT / ".pytest_cache",
        ROOT / ".ruff_cache",
        ROOT / ".hypothesis",
    ):
        shutil.rmtree(path, ignore_errors=True)
    print("Removed var and the caches; .venv stays.")


def is_running(lock: Path) -> bool:
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def agreed() -> bool:
    print("This removes var with its database: every conversation, article and account. Type yes: ", end="")
    return sys.stdin.readline().strip() == "yes"


if __name__ == "__main__":
    main()
