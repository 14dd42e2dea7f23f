"""Starts and stops the suite's services around a run (see services.py)."""

from __future__ import annotations

import pytest

from tests import services


def _controls_the_run(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput") and not config.option.collectonly


def pytest_sessionstart(session: pytest.Session) -> None:
    if _controls_the_run(session.config):
        services.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _controls_the_run(config):
        services.stop()
