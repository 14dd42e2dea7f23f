"""What becomes of other systems' bots: how many parts are taken over, need a hand, are left out.

    python -m benchmarks.imports [PATH …]

Without paths: the real exports of CAUSERIE_DATA (default `../shared/data`), and the small ones that the tests
of each importer read. Nothing is stored. A part is what the report has a line for: a flow, an intent, a text.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.offline_django import set_up

ROOT = Path(__file__).resolve().parent.parent
HEAD = "| export | found as | flows | steps | taken over | to be finished | left out | tests | web hooks |"


def main() -> None:
    set_up()
    print(HEAD, "|" + "---|" * (HEAD.count("|") - 1), sep="\n")
    if given := [Path(one) for one in sys.argv[1:]]:
        for path in given:
            print(row(path.name, path), flush=True)
        return
    for path in real():
        print(row(path.name, path), flush=True)
    with TemporaryDirectory() as folder:
        for path in built(Path(folder)):
            print(row(f"built: {path.name}", path), flush=True)


def real() -> Iterator[Path]:
    data = Path(os.environ.get("CAUSERIE_DATA") or ROOT.parent / "shared" / "data") / "imports"
    if not data.exists():
        print(f"skipped: the developers' sample is not in {data} (set CAUSERIE_DATA)", file=sys.stderr)
        return
    yield from sorted(data.iterdir())


def built(folder: Path) -> Iterator[Path]:
    """What `tests/flows/importers/bots` holds, each as its system would have exported it."""
    from tests.flows.importers.exports import RASA_CALM, bot

    rules = {f"{part}.yml": bot(f"classic_{part}.yml") for part in ("domain", "nlu", "rules")}
    exports = {
        "Rasa, rules": rules, "Rasa CALM": RASA_CALM, "Dialogflow ES": bot("dialogflow_es.json"),
        "Dialogflow CX": bot("dialogflow_cx.json"), "Botpress 12": bot("botpress.json"),
        "Botpress Cloud": {"bot.json": bot("botpress_cloud.json")},
        "Typebot": {"bot.json": bot("typebot.json")},
    }  # fmt: skip
    for name, files in exports.items():
        for inner, content in files.items():
            path = folder / name / inner
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        yield folder / name


def row(name: str, path: Path) -> str:
    from flows.importing import read_bots

    reading = read_bots(path)
    steps = sum(len(flow.nodes) for flow in reading.flows)
    levels = " | ".join(str(reading.count(level)) for level in ("mapped", "draft", "left_out"))
    found = ", ".join(reading.bots) or "nothing"
    along = f"{len(reading.scenarios)} | {len(reading.webhooks)}"
    return f"| {name} | {found} | {len(reading.flows)} | {steps} | {levels} | {along} |"


if __name__ == "__main__":
    main()
