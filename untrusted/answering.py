"""What a process that looks at one file says of it: one line of JSON on standard output."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Any

import orjson

from untrusted import confinement
from untrusted.base import Refusal


def answer(look: Callable[[], dict[str, Any]]) -> None:
    """What `look` returns, or `{"refused": …}`. From here on this process may do nothing but look."""
    confinement.confine()
    confinement.allow_more_time(confinement.SECONDS)
    try:
        said = look()
    except Refusal as refusal:
        said = {"refused": refusal.code}
    except MemoryError:
        said = {"refused": "too_many_pixels"}
    except Exception:  # noqa: BLE001  boundary: a picture is broken in more ways than anybody could list
        traceback.print_exc()
        said = {"refused": "damaged"}
    sys.stdout.buffer.write(orjson.dumps(said) + b"\n")
    sys.stdout.buffer.flush()
