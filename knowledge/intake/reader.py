"""The reading process: `python -m knowledge.intake.reader ROOT FIRST PAGES [SKIPPED…]`.

Says what the files under ROOT hold, from unit FIRST on; PAGES is a file with the addresses of those which are
pages of the web ("-": none), SKIPPED are importers not to be asked.

Files come from anywhere, so they are read apart: without the product's settings, secrets, database or
network, and within limits of time and memory that the kernel keeps. A file that breaks a limit ends this
process; the one that asked (knowledge/intake/reading.py) then starts another after that file. Each line on
standard output is a JSON object: `{"claiming": importer}`, `{"units": n}`, `{"unit": n, "name": …,
"seconds": …}`, what was found (knowledge/intake/wire.py), `{"end": true}`.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import orjson

from knowledge.intake import wire
from knowledge.intake.units import Unit, read_unit, units_of
from knowledge.loaders.base import Found, Place, Refused
from untrusted import confinement
from untrusted.files import FileSet

NONE = "-"


def main(root: str, first: int, pages: str, skipped: frozenset[str]) -> None:
    confinement.confine()
    files = FileSet(Path(root), orjson.loads(Path(pages).read_bytes()) if pages != NONE else None)
    units = units_of(files, skipped=skipped, before_claim=_tell_claim)
    _say({"units": len(units), "assets": files.assets})
    if first == 0:
        for refused in files.refused:
            _send(wire.pack(refused))
    for number, unit in enumerate(units):
        if number >= first:
            _tell(number, unit)
    _say({"end": True})


def _tell_claim(importer: str) -> None:
    confinement.allow_more_time(confinement.SECONDS)
    _say({"claiming": importer})


def _tell(number: int, unit: Unit) -> None:
    seconds = confinement.seconds_for(unit.size)
    _say({"unit": number, "name": unit.name, "seconds": seconds})
    confinement.allow_more_time(seconds)
    try:
        for found in read_unit(unit):
            _send(_packed(found))
            confinement.allow_more_time(seconds)
    except MemoryError:
        _send(wire.pack(Refused(Place(unit.name), "took_too_much")))
    except Exception:  # noqa: BLE001  boundary: one file that no loader has foreseen must not hide the others
        traceback.print_exc()
        _send(wire.pack(Refused(Place(unit.name), "damaged")))


def _packed(found: Found) -> bytes:
    try:
        return wire.pack(found)
    except (TypeError, ValueError):  # half a character, or something that is not data
        return wire.pack(Refused(found.place, "damaged"))


def _say(message: dict[str, object]) -> None:
    _send(orjson.dumps(message))


def _send(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], frozenset(sys.argv[4:]))
