"""How well search finds and refuses, on the developers' sample: the retrieval part of docs/figures.md.

    python -m benchmarks.retrieval [--folder DIR] [--json FILE] [--only NAME …]

Imports the help centres of CAUSERIE_DATA (default `../shared/data`) through the product into a private
database and asks the questions there. With `--folder` the database is kept, and the next run only brings in
what changed; the first takes about ten minutes of one core, for embedding. Where RERANK_MODEL (and
RERANK_BASE_URL) name a reranker, what it makes of the search's order is one more column.

Two kinds of questions. `benchmarks/questions/choosing.jsonl` was written for choosing weights and bars, about
articles that no reported question is about, and is harder on purpose. All others are reported; they were
looked at while choosing, too (docs/decisions/0006-search.md says what that means).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from chatbot.embedded.services_only import private_services

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, help="keep the database here")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--only", nargs="*", help="names of the sets to measure")
    options = parser.parse_args()
    data = Path(os.environ.get("CAUSERIE_DATA") or ROOT.parent / "shared" / "data")
    if not (data / "kb_dmv_en.jsonl").exists():
        sys.exit(f"skipped: the developers' sample is not in {data} (set CAUSERIE_DATA)")
    given = {name: os.environ[name] for name in ("EMBEDDING_BASE_URL",) if os.environ.get(name)}
    with private_services(options.folder) as addresses:
        os.environ.update({**addresses, **given, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        run(data, options)


def run(data: Path, options: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import retrieval_sets

    call_command("migrate", verbosity=0)
    sources = retrieval_sets.import_all(data)
    rows = retrieval_sets.measure_all(data, sources, only=options.only)
    retrieval_sets.show(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
