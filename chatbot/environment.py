"""Where settings come from: the environment, then `.env`, then what the supervisor wrote for this run.

Stronger sources win: a variable that is already set is never replaced.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()


def read_files(base: Path = BASE_DIR) -> None:
    environ.Env.read_env(str(base / ".env"))
    environ.Env.read_env(str(Path(env.str("VAR_DIR", default=str(base / "var"))) / "run.env"))


def require(name: str, what: str) -> str:
    """Return the variable's value, or say in one sentence what to set."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set: {what}. Run `make run`, which starts everything itself, or set it in .env."
        )
    return value


def secret_key(var_dir: Path) -> str:
    """SECRET_KEY from the environment, else a private key made once under `var/`."""
    if value := env.str("SECRET_KEY", default=""):
        return value
    path = var_dir / "secret_key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
