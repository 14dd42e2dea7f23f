"""The limits that the reading process puts on itself before it opens a file. Pure.

The kernel keeps them: memory, processor seconds, written files, open files; and, where it lets us, a network
namespace with nothing in it. What a system does not know is left out.
"""

from __future__ import annotations

import ctypes
import resource
import sys
from contextlib import suppress

MEMORY = 512 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of processor time for each document
SECONDS_FOR_MB = 10  # more for each megabyte of its file: a manual of five hundred pages is no attack
WRITTEN = 200_000_000  # bytes
OPEN = 128
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
NO_NEW_PRIVILEGES = 38


def confine() -> None:
    for name, most in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_FSIZE", WRITTEN),
        ("RLIMIT_NOFILE", OPEN),
        ("RLIMIT_CORE", 0),
    ):
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))
    if sys.platform == "linux":
        _leave_the_network()


def _leave_the_network() -> None:
    """An own, empty network. Where that needs rights that we have not, the limits above have to do."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def seconds_for(size: int) -> int:
    """The processor seconds that a file of so many bytes may take before its next document is there."""
    return SECONDS + SECONDS_FOR_MB * size // 1_000_000


def allow_more_time(seconds: int) -> None:
    """From now on so much processor time: what the files before have used is not counted against the next."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))
