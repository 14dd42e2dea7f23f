"""Names, languages and addresses of another system in the form that ours have. Pure."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST = 60
LANGUAGE = re.compile(r"^([a-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?")
TAKEN = frozenset({"digression"})  # what the runner itself calls a flow
# A part of an address's path that only a machine writes: a key, not a name.
SECRET = re.compile(r"(?=.*\d)[A-Za-z0-9_\-.~=%]{20,}")


def key_of(name: str, otherwise: str = "x") -> str:
    """ "Iron-Heart" as "iron_heart": lower case, without accents, beginning with a letter."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain).lower()
    key = re.sub(r"[^a-z0-9]+", "_", apart).strip("_")
    if key and not key[0].isalpha():
        key = f"{otherwise}_{key}"
    return (key or otherwise)[:LONGEST].rstrip("_")


class Keys:
    """Keys that stay apart, the same for the same names in the same order."""

    def __init__(self, otherwise: str = "x", taken: frozenset[str] = frozenset()) -> None:
        self._otherwise, self._used = otherwise, set(taken)
        self._of: dict[str, str] = {}
        self._last: dict[str, int] = {}  # the number that the last of several had

    def of(self, name: str) -> str:
        """The key of a name, given to it the first time."""
        if name not in self._of:
            self._of[name] = self.new(name)
        return self._of[name]

    def known(self, name: str) -> str:
        """The key that a name was given, "" where it has none."""
        return self._of.get(name, "")

    def names(self) -> dict[str, str]:
        """What each key was called."""
        return {key: name for name, key in self._of.items()}

    def new(self, name: str) -> str:
        """A key that nothing has yet."""
        wanted = key = key_of(name, self._otherwise)
        number = self._last.get(wanted, 1)
        while key in self._used:
            number += 1
            key = f"{wanted[: LONGEST - len(str(number)) - 1].rstrip('_')}_{number}"
        self._last[wanted] = number
        self._used.add(key)
        return key


def language(code: str, otherwise: str = "en") -> str:
    """ "fr_FR" as "fr-FR", "zh-Hant-TW" as "zh-Hant"; what is no language as the other one."""
    found = LANGUAGE.match(code.strip())
    if not found:
        return otherwise
    return found[1] + (f"-{found[2]}" if found[2] else "")


def in_words(name: str) -> str:
    """ "open_incident" as "Open incident": what a flow is called that has no better name."""
    words = re.sub(r"[_\-./\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).strip()
    return words[:1].upper() + words[1:] if words else name


def program_in_words(name: str) -> str:
    """ "action_open_incident" as "Open incident": what a tool is called that was a program."""
    return in_words(name.removeprefix("action_") or name)


def without_secrets(address: str) -> str:
    """Where a tool lies, without user, password, query and fragment; parts that look like keys are cut."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    path = "/".join("…" if SECRET.fullmatch(one) else one for one in parts.path.split("/"))
    return f"{parts.scheme.lower()}://{host}{f':{port}' if port else ''}{path}"[:500]
