"""A Chromium to test with: the system's, or Playwright's own, fetched if that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright

# The one without windows first: on two busy processors the other takes three times as long.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FETCH_WITHIN = 240  # seconds
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """Without any, the test is skipped; where CI runs, it fails."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        return playwright.chromium.launch(executable_path=path or fetched(playwright), args=FLAGS)
    except Error as error:
        reason = f"NO BROWSER: nothing was tested in Chromium ({str(error)[:300]})"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def fetched(playwright: Playwright) -> str:
    """Playwright's own, which may have to be fetched."""
    path = playwright.chromium.executable_path
    if not Path(path).exists() and (problem := fetch()):
        raise Error(problem)
    return path


@cache
def fetch() -> str:
    """Try it once; what went wrong, or ""."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=FETCH_WITHIN)
    except (subprocess.SubprocessError, OSError) as error:
        return f"none found, and none could be fetched: {error}"
    return ""
