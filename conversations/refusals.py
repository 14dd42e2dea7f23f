"""What is not done, and why."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was done. `code` is one of protocol.Problem; `permanent`: repeating it cannot help."""

    def __init__(self, code: str, *, permanent: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent


class Quicker(Refused):
    """Somebody else has done it meanwhile. `who`: their name, as staff read it."""

    def __init__(self, who: str) -> None:
        super().__init__("quicker")
        self.who = who


def spoken(text: str) -> str:
    """The words of a message, as they are stored. Raises Refused "invalid" when there are none."""
    words = written(text)
    if not words:
        raise Refused("invalid")
    return words


def written(text: str) -> str:
    """The same where there need be none."""
    return text.replace("\x00", "").strip()
