"""Whether the set-up (migrations, static files, account, sample) is still the one that was completed.

The fingerprint covers the code and the state of the database itself, so neither a changed file, another
database nor a restored backup can slip through.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import psycopg

from chatbot.embedded.configuration import ROOT

SUFFIXES = (
    ".py",
    ".po",
    ".mo",
    ".css",
    ".js",
    ".svg",
    ".png",
    ".woff2",
    ".html",
    ".md",
    ".json",
    ".yaml",
    ".yml",
)
IGNORED = {".git", ".venv", "var", "node_modules", "__pycache__", "tests", "docs", "benchmarks"}


def source_files() -> Iterable[tuple[str, int, int]]:
    """Path, size and time of every file that the product is made of."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(set(folders) - IGNORED)
        for name in sorted(files):
            if name.endswith(SUFFIXES) or name == "requirements.txt":
                path = os.path.join(folder, name)
                found = os.stat(path)
                yield path, found.st_size, found.st_mtime_ns


def database_state(url: str) -> str:
    """Which database this is and how far it is migrated; empty when it is not."""
    query = """
        select d.oid::text || ' ' || (select count(*) || ' ' || max(applied)::text from django_migrations)
        from pg_database d where datname = current_database()
    """
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return ""
    return str(row[0]) if row and row[0] else ""


def now(database_url: str, *, debug: bool, sample_orders: str = "") -> str:
    """`sample_orders`: the address that the sample's tools have to name."""
    digest = hashlib.sha256(f"{debug} {sample_orders} {database_state(database_url)}".encode())
    for entry in source_files():
        digest.update(repr(entry).encode(errors="surrogateescape"))
    return digest.hexdigest()


def is_current(path: Path, fingerprint: str) -> bool:
    return path.exists() and path.read_text() == fingerprint
