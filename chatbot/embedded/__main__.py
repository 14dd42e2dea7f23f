"""`python -m chatbot.embedded run | services | test | check | translations` (see Makefile)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chatbot.embedded.problems import CannotStart


def main() -> int:
    chosen = _parser().parse_args()
    try:
        return int(chosen.run(chosen))
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chatbot.embedded", description=__doc__)
    kinds = parser.add_subparsers(required=True)
    run = kinds.add_parser("run", help="everything, until Ctrl-C")
    run.add_argument("--dev", action="store_true", help="with DEBUG, restarted when code changes")
    run.set_defaults(run=_run)
    services = kinds.add_parser("services", help="PostgreSQL, Valkey and embeddings only")
    services.add_argument("--folder", type=Path, help="where to keep their files (default: thrown away)")
    services.add_argument("command", nargs="*", help="after --, run with their addresses in its environment")
    services.set_defaults(run=_services)
    test = kinds.add_parser("test", help="the whole suite, and the checks beside it")
    test.add_argument("arguments", nargs="*", help="after --, pytest's")
    test.set_defaults(run=_test)
    kinds.add_parser("check", help="lint, types, migrations").set_defaults(run=_check)
    texts = kinds.add_parser("translations", help="collect and compile the texts of both languages")
    texts.add_argument("--check", action="store_true", help="only say what is missing")
    texts.set_defaults(run=_translations)
    return parser


def _run(chosen: argparse.Namespace) -> int:
    from chatbot.embedded import up

    return up.run(dev=chosen.dev)


def _services(chosen: argparse.Namespace) -> int:
    from chatbot.embedded import services_only

    return services_only.run(folder=chosen.folder, command=chosen.command)


def _test(chosen: argparse.Namespace) -> int:
    from chatbot.embedded import testing

    return testing.run(chosen.arguments)


def _check(chosen: argparse.Namespace) -> int:
    from chatbot.embedded import checking

    return checking.run()


def _translations(chosen: argparse.Namespace) -> int:
    from chatbot.embedded import translating

    return translating.check() if chosen.check else translating.update()


if __name__ == "__main__":
    sys.exit(main())
