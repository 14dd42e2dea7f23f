"""Where settings come from: the environment, then `.env`, then what the supervisor wrote for this run.

Stronger sources win: a variable that is already set is never replaced. What a value must be is asked in
chatbot/variables.py.
"""

from __future__ import annotations

import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from chatbot.variables import text

BASE_DIR = Path(__file__).resolve().parent.parent

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (compared with, not bound)


def read_files(base: Path = BASE_DIR) -> None:
    environ.Env.read_env(str(base / ".env"))
    environ.Env.read_env(str(Path(text("VAR_DIR", default=str(base / "var"))) / "run.env"))


def bracketed(host: str) -> str:
    """The host as an address writes it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def hosts_of(public_url: str, host: str) -> list[str]:
    """The names under which browsers reach this installation: this machine's, HOST and PUBLIC_URL's.

    Raises ImproperlyConfigured when PUBLIC_URL is no address, or when none can be known.
    """
    public = urlsplit(public_url).hostname
    if not public:
        raise ImproperlyConfigured(f"PUBLIC_URL is {public_url!r}: it must begin with http:// or https://.")
    if host in EVERYWHERE and public in EVERYWHERE:
        return ["localhost", "127.0.0.1", "[::1]", *_own_names()]
    named = [bracketed(name) for name in (public, host) if name not in EVERYWHERE]
    return list(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", *named]))


def _own_names() -> list[str]:
    """This machine's names and addresses, for who listens everywhere and has not said under which name."""
    name = socket.gethostname()
    try:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(name, None, socket.AF_INET)}
    except OSError:
        addresses = set()
    return [name.lower(), *sorted(addresses)]


def secret_key(var_dir: Path) -> str:
    """SECRET_KEY from the environment, else a private key made once under `var/`."""
    if value := text("SECRET_KEY"):
        return value
    path = var_dir / "secret_key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
