"""The map is true: every file and folder that docs/architecture.md names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.source import ROOT

# `knowledge/loaders/`, `llm/pricing.py`, `.env.example`: a path; `assistant.reply.reply(…)` is none.
PATH = re.compile(r"`([\w./{},]+(?:\.py|\.example|/))`")


def named_paths(text: str) -> Iterator[str]:
    """A name without a folder stands in the folder of the first one of its line."""
    for line in text.splitlines():
        paths = [one for path in PATH.findall(line) for one in expanded(path)]
        for path in paths:
            beside = f"{paths[0].split('/')[0]}/{path}"
            yield path if (ROOT / path.split("/")[0]).exists() else beside


def expanded(path: str) -> list[str]:
    """`a/{b,c}/` as `a/b/` and `a/c/`."""
    found = re.fullmatch(r"(.*)\{(.*)\}(.*)", path)
    return [f"{found[1]}{part}{found[3]}" for part in found[2].split(",")] if found else [path]


def test_every_path_that_the_map_names_is_there() -> None:
    paths = list(named_paths((ROOT / "docs" / "architecture.md").read_text()))
    assert len(paths) > 40  # else the pattern above has fallen behind
    assert [path for path in paths if not (ROOT / path).exists()] == []
