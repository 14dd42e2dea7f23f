"""Django without services, for benchmarks that ask neither a database nor a broker."""

from __future__ import annotations

import os


def set_up() -> None:
    for name, value in {
        "DJANGO_SETTINGS_MODULE": "chatbot.settings",
        "SECRET_KEY": "benchmark",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",  # nothing is asked of either
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }.items():
        os.environ.setdefault(name, value)
    import django

    django.setup()
