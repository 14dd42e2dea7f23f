"""Who we say that we are: our name, our version, and where to complain."""

from __future__ import annotations

import tomllib
from functools import cache

from django.conf import settings

NAME = "Causerie"  # what robots.txt calls us


@cache
def version() -> str:
    project = settings.BASE_DIR / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def user_agent() -> str:
    return f"{NAME}/{version()} (+{settings.PUBLIC_URL})"
