"""The suite's own PostgreSQL, Valkey, embedding server and sample order service: started once per run,
shared by all xdist workers.

`tests/settings.py` calls `allocate()` before Django's settings are read, so that they find the addresses;
the process that controls the run starts the services at the addresses before any worker exists, and stops
them at the end. If it is killed, the kernel ends them (see chatbot/embedded/launch.py). Variables that are
already set in the environment are honoured: that service is not started.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from chatbot.embedded import embedding, orders, places, postgres, valkey
from tests import embedding_once

ADDRESSES = ("DATABASE_URL", "REDIS_URL", "EMBEDDING_BASE_URL", "SAMPLE_ORDERS_URL")
ALLOCATED = "CAUSERIE_TEST_SERVICES"
DATABASE = "causerie"
_held = ExitStack()


def allocate() -> None:
    """Name the addresses of this run in the environment; a worker only chooses its own Redis database."""
    if ALLOCATED not in os.environ:
        _allocate_in(_take_slot())
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = with_path(os.environ["REDIS_URL"], worker)


def _allocate_in(home: Path) -> None:
    cluster = postgres.prepare(home / "postgres", settings=postgres.THROWAWAY)
    addresses = {
        "DATABASE_URL": cluster.url(DATABASE),
        "REDIS_URL": valkey.prepare(home / "valkey", durable=False).url,
        "EMBEDDING_BASE_URL": embedding.url(places.free_port()),
        "SAMPLE_ORDERS_URL": orders.url(places.free_port()),
    }
    os.environ[ALLOCATED] = " ".join(name for name in ADDRESSES if name not in os.environ)
    os.environ["CAUSERIE_TEST_HOME"] = str(home)
    for name, address in addresses.items():
        os.environ.setdefault(name, address)
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "ANSWER_MODEL",
        "RERANK_MODEL",
        "RERANK_BASE_URL",
        "EMAIL_URL",
    ):
        os.environ[name] = ""  # a developer's .env must not reach the tests


def _take_slot() -> Path:
    """A folder that no other run uses now; later runs use it again."""
    shared = places.private_folder(Path(tempfile.gettempdir()) / f"causerie-tests-{os.geteuid()}")
    for number in range(100):
        home = places.private_folder(shared / str(number))
        lock = _held.enter_context((home / "lock").open("w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return home
    raise RuntimeError(f"100 runs are under way: look into {shared}")


def with_path(url: str, path: str) -> str:
    """The same URL with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def database_url(name: str) -> str:
    """The URL of a database of the suite's server, for a child process (Daphne, the responder, Celery)."""
    return with_path(os.environ["DATABASE_URL"], name)


def child_environment(database: str) -> dict[str, str]:
    """The environment for a child that shall work on the test database called `database`."""
    return {
        **os.environ,
        "DATABASE_URL": database_url(database),
        "DJANGO_SETTINGS_MODULE": "chatbot.settings",
    }


def start() -> None:
    home = Path(os.environ["CAUSERIE_TEST_HOME"])
    wanted = os.environ[ALLOCATED].split()
    if "DATABASE_URL" in wanted:
        _held.enter_context(postgres.private(home / "postgres", database=DATABASE))
    if "REDIS_URL" in wanted:
        port = urlsplit(os.environ["REDIS_URL"]).port
        _held.enter_context(valkey.private(home / "valkey", port=port))
    if "EMBEDDING_BASE_URL" in wanted:
        port = urlsplit(os.environ["EMBEDDING_BASE_URL"]).port
        _held.enter_context(embedding_once.server(home / "embedding", port=port))
    if "SAMPLE_ORDERS_URL" in wanted:
        port = urlsplit(os.environ["SAMPLE_ORDERS_URL"]).port
        _held.enter_context(orders.private(home / "orders", port=port))


def stop() -> None:
    _held.close()
