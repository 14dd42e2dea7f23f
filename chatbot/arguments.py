"""Numbers on the command line: refused with what is expected, for `parser.add_argument(type=…)`."""

from __future__ import annotations

from argparse import ArgumentTypeError


def count(given: str) -> int:
    """A whole number of at least 1."""
    return _between(given, 1, 1_000_000, "a whole number of at least 1")


def port(given: str) -> int:
    return _between(given, 1, 65535, "a port from 1 to 65535")


def _between(given: str, least: int, most: int, expected: str) -> int:
    try:
        number = int(given)
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise ArgumentTypeError(f"{given!r} is not {expected}")
    return number
