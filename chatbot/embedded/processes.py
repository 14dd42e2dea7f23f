"""The product's own processes: web, responder, worker and beat."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Mapping
from pathlib import Path

from chatbot.embedded.configuration import ROOT, Configuration
from chatbot.embedded.service import Service

# The web process alone runs Django's checks: they cost every process half a second.
OWN = {"PYTHONUNBUFFERED": "1", "CELERY_SKIP_CHECKS": "1"}


def web(configuration: Configuration, environment: Mapping[str, str]) -> Service:
    host, port = configuration.host, configuration.port
    words = ["manage.py", "web", "--host", host, "--port", str(port)]
    return _python("web", words, environment, is_ready=lambda: answers(configuration.probe_host, port))


def responder(environment: Mapping[str, str]) -> Service:
    return _python(
        "responder", ["manage.py", "responder", "--skip-checks"], environment, ready_line="answers up to"
    )


def worker(configuration: Configuration, environment: Mapping[str, str]) -> Service:
    command = ["manage.py", "worker", "--skip-checks", "--concurrency", str(configuration.workers)]
    return _python("worker", command, environment, ready_line=" ready.")


def beat(configuration: Configuration, environment: Mapping[str, str]) -> Service:
    """A process of its own: a beat inside a killed worker would live on (docs/decisions/)."""
    schedule = str(configuration.var / "run" / "beat-schedule")
    command = ["manage.py", "beat", "--skip-checks", "--schedule", schedule]
    return _python("beat", command, environment, ready_line="beat: Starting...")


def command(name: str, words: list[str], environment: Mapping[str, str]) -> Service:
    """A `manage.py` command that ends by itself."""
    return _python(name, ["manage.py", *words], environment)


def _python(name: str, command: list[str], environment: Mapping[str, str], **more: object) -> Service:
    return Service(
        name=name,
        command=[sys.executable, *command],
        environment={**OWN, **environment},
        folder=Path(ROOT),
        **more,  # type: ignore[arg-type]
    )


def answers(host: str, port: int) -> bool:
    """Whether the web server answers at all: a page, a redirect or "no such page", but no failure."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
