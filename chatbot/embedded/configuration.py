"""What `make run` was asked to do: the settings that concern the supervisor, from the environment and `.env`.

Django's settings are not loaded here: they need addresses that do not exist yet.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import environ

from chatbot.embedded import places
from chatbot.embedded.problems import CannotStart

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

    @property
    def address(self) -> str:
        return self.public_url or f"http://{self.probe_host}:{self.port}"

    @property
    def probe_host(self) -> str:
        """The host at which this machine itself reaches the web server."""
        return EVERYWHERE.get(self.host, self.host)

    def embeds(self, *variables: str) -> bool:
        return not self.given.intersection(variables)


def read(*, debug: bool = False) -> Configuration:
    environ.Env.read_env(str(ROOT / ".env"))
    env = environ.Env()
    names = ("DATABASE_URL", "REDIS_URL", "EMBEDDING_BASE_URL", "EMBEDDING_API_KEY")
    return Configuration(
        var=Path(env.str("VAR_DIR", default=str(ROOT / "var"))).resolve(),
        host=env.str("HOST", default="127.0.0.1"),
        port=_number("PORT", 8000),
        public_url=env.str("PUBLIC_URL", default="").rstrip("/"),
        given=frozenset(name for name in names if os.environ.get(name)),
        debug=debug or env.bool("DEBUG", default=False),
        workers=_number("WORKER_PROCESSES", 2),
    )


def _number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdigit():
        raise CannotStart(f"{name} must be a whole number and is {value!r}: correct it in .env.")
    return int(value)


def check_port(configuration: Configuration) -> None:
    """Say in one sentence why the web server could not listen, before anything is started."""
    problem = places.why_not(configuration.host, configuration.port)
    if problem:
        other = configuration.port + 1 if configuration.port > 1023 else 8000
        raise CannotStart(
            f"{configuration.host}:{configuration.port} cannot be used ({problem}): choose another, "
            f"for example `make run PORT={other}`."
        )
