"""`make check`: what CI checks besides the tests. All of it runs, also when an early part fails."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

from chatbot.embedded.configuration import ROOT
from chatbot.embedded.services_only import private_services


def _settings_digest() -> str:
    """mypy's cache does not notice a new Django setting: each version of the settings has its own."""
    return hashlib.sha256((ROOT / "chatbot" / "settings.py").read_bytes()).hexdigest()[:8]


MANAGE = ["manage.py"]
CHECKS = {
    "lint": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy", "--cache-dir", f".mypy_cache/{_settings_digest()}", "."],
    "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "translations": ["-m", "chatbot.embedded", "translations", "--check"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
}
# As an installation on the open web would be set.
DEPLOYED = {
    "PUBLIC_URL": "https://help.example.org",
    "ALLOWED_HOSTS": "help.example.org",
    "DEBUG": "0",
    # The developer's own model is not what is checked.
    **dict.fromkeys(
        ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ANSWER_MODEL", "RERANK_MODEL", "RERANK_BASE_URL"), ""
    ),
}


def run() -> int:
    with private_services() as addresses:
        environment = {**os.environ, **DEPLOYED, **addresses}
        failed = [name for name, command in CHECKS.items() if not _passes(name, command, environment)]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def _passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
    if done.returncode != 0 or "NOT CHECKED" in done.stdout:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0
