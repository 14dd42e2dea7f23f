"""The reading process of flows: `python -m flows.importers.reader ROOT LANGUAGE`.

Says what the bots under ROOT are, read as flows; see untrusted/process.py for what it knows and may use. Each
line on standard output is a JSON object: `{"reading": importer, "seconds": …}`, `{"bot": importer, "flows":
[…], "report": […], "scenarios": […], "webhooks": […], "written": […]}`, `{"refused": {…}}` for a file that is
not taken, `{"end": true}`.
"""

from __future__ import annotations

import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from flows.importers.base import Imported, Importer, Line
from flows.importers.kinds import IMPORTERS
from untrusted import confinement
from untrusted.base import Refused
from untrusted.files import FileSet
from untrusted.together import Files


def main(root: str, language: str) -> None:
    confinement.confine()
    files = FileSet(Path(root), tars=True)
    for refused in files.refused:
        _say({"refused": _as_line(refused)})
    together, size = Files(files.names, files.read), sum(files.size(name) for name in files.names)
    claimed = set[str]()
    for importer in IMPORTERS:
        seconds = confinement.seconds_for(size)
        confinement.allow_more_time(seconds)
        _say({"reading": importer.name, "seconds": seconds})
        claimed |= _read(importer, together, claimed, language)
    for name in files.names if not claimed else ():
        _say({"refused": asdict(Line("left_out", "file", name, "unknown_format"))})
    _say({"end": True})


def _read(importer: Importer, files: Files, claimed: set[str], language: str) -> set[str]:
    """The files that were this importer's."""
    mine = set[str]()
    try:
        mine = importer.claim(files) - claimed
        if mine:
            _say({"bot": importer.name, **_packed(importer.load(files, mine, language))})
    except MemoryError:
        _failed(importer, "took_too_much")
    except Exception:  # noqa: BLE001  boundary: a bot that no importer has foreseen must not hide the others
        traceback.print_exc()
        _failed(importer, "damaged")
    return mine


def _failed(importer: Importer, code: str) -> None:
    _say({"refused": asdict(Line("left_out", "bot", importer.name, code))})


def _packed(imported: Imported) -> dict[str, Any]:
    packed = asdict(imported)
    packed["flows"] = [flow.model_dump(mode="json", by_alias=True) for flow in imported.flows]
    return packed


def _as_line(refused: Refused) -> dict[str, Any]:
    details = {name: one for name, one in refused.details.items() if isinstance(one, str | int)}
    return asdict(Line("left_out", "file", refused.place.file, refused.code, details))


def _say(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(message, option=orjson.OPT_NON_STR_KEYS) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
