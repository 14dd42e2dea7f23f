"""Where the log of the product goes: to the console. Others that have much to say are asked for less."""

from __future__ import annotations

from typing import Any


def console_log(level: str) -> dict[str, Any]:
    """As `settings.LOGGING` has it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "daphne.http_protocol": {"level": "WARNING"},
            "httpx2": {"level": "WARNING"},
            "mcp": {"level": "CRITICAL"},
        },
    }
