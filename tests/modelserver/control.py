"""How a test speaks to the server: set the script, read what was asked."""

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any


class ModelServer:
    """`url` is what `OPENAI_BASE_URL`, `EMBEDDING_BASE_URL` and `RERANK_BASE_URL` want."""

    def __init__(self, address: str, pid: int | None = None) -> None:
        self.address, self.pid = address, pid
        self.url = f"{address}/v1"

    def script(self, *rules: dict[str, Any]) -> None:
        """Replace the rules (see `rules.Rule`); without any, the server answers from the passages."""
        self._call("/control/script", {"rules": list(rules)})

    def list_models(self, **models: str | None) -> None:
        """What `/models` names, each with the day of its shutdown or None; nothing: it has no list."""
        self._call("/control/models", {"models": models})

    def tune(self, **script: Any) -> None:
        """How fine-tuning goes from now on (see `tuning.TuningScript`); nothing: as usual."""
        self._call("/control/tuning", script)

    def tuned(self) -> dict[str, Any]:
        """{"files": …, "jobs": …, "deleted": …}: what the provider has."""
        return self._call("/control/tuning")

    def reset(self) -> None:
        """Forget script and requests."""
        self._call("/control/reset", {})

    def log(self) -> dict[str, Any]:
        """{"total": n, "running": n, "requests": [{path, model, body, outcome, tokens, seconds, …}]}"""
        return self._call("/control/requests")

    def requests(self, path: str = "/v1/chat/completions") -> list[dict[str, Any]]:
        return [request for request in self.log()["requests"] if request["path"] == path]

    def wait_until_idle(self, seconds: float = 5.0) -> None:
        """Return when no request is running; a test fails when that does not happen in time."""
        self.wait_for(lambda: self.log()["running"] == 0, seconds)

    def wait_for(self, happened: Callable[[], bool], seconds: float = 5.0) -> None:
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, f"not within {seconds} s: {self.log()['requests']}"
            time.sleep(0.01)

    def _call(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.address + path, data=data, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            answer: dict[str, Any] = json.load(response)
        return answer
