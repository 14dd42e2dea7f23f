"""What `make run` was asked to do: the settings that concern the supervisor, from the environment and `.env`.

Django's settings are only looked at (`check_settings`): they need addresses that do not exist yet.
"""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from chatbot.consistency import contradictions
from chatbot.embedded import places
from chatbot.embedded.problems import CannotStart
from chatbot.variables import address, flag, host, text, whole

ROOT = Path(__file__).resolve().parent.parent.parent

# Where this machine reaches a server that listens on all its addresses.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Where the web server listens, where state is kept, and which services are given instead of embedded."""

    var: Path
    host: str
    port: int
    public_url: str
    given: frozenset[str]
    debug: bool
    workers: int
    sample_orders: bool

    @property
    def address(self) -> str:
        return self.public_url or f"http://{self.probe_host}:{self.port}"

    @property
    def probe_host(self) -> str:
        """The host at which this machine itself reaches the web server."""
        return EVERYWHERE.get(self.host, self.host)

    def embeds(self, *variables: str) -> bool:
        return not self.given.intersection(variables)


# Stand for services that are not there yet while Django's settings are looked at; nobody connects to them.
NOWHERE = {"DATABASE_URL": "postgresql:///none", "REDIS_URL": "redis://none"}


def read(*, debug: bool = False) -> Configuration:
    environ.Env.read_env(str(ROOT / ".env"))
    names = ("DATABASE_URL", "REDIS_URL", "EMBEDDING_BASE_URL", "EMBEDDING_API_KEY", "SAMPLE_ORDERS_URL")
    with _told_in_a_sentence():
        return Configuration(
            var=Path(text("VAR_DIR", str(ROOT / "var"))).resolve(),
            host=host("HOST", "127.0.0.1"),
            port=whole("PORT", 8000, least=1, most=65535),
            public_url=address("PUBLIC_URL").rstrip("/"),
            given=frozenset(name for name in names if os.environ.get(name)),
            debug=flag("DEBUG", default=False) or debug,
            workers=whole("WORKER_PROCESSES", 2, least=1),
            sample_orders=flag("SAMPLE_ORDERS", default=True),
        )


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except ImproperlyConfigured as problem:
        raise CannotStart(str(problem)) from None


def check_settings() -> None:
    """Read Django's settings as the processes will, so that what is wrong is told before any is started."""
    missing = {name: value for name, value in NOWHERE.items() if not os.environ.get(name)}
    with _told_in_a_sentence(), _environment(missing):
        settings = runpy.run_path(str(ROOT / "chatbot" / "settings.py"))
    for _fault, sentence in contradictions(settings):
        raise CannotStart(sentence)


@contextmanager
def _environment(added: Mapping[str, str]) -> Iterator[None]:
    """With these variables too; afterwards as before, whatever was read from files meanwhile."""
    before = dict(os.environ)
    os.environ.update(added)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def check_port(configuration: Configuration) -> None:
    """Say in one sentence why the web server could not listen, before anything is started."""
    problem = places.why_not(configuration.host, configuration.port)
    if problem:
        other = configuration.port + 1 if configuration.port > 1023 else 8000
        raise CannotStart(
            f"{configuration.host}:{configuration.port} cannot be used ({problem}): choose another, "
            f"for example `make run PORT={other}`."
        )
